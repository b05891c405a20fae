"""Many sheets at once: all in the folder and in the journal, or none in either."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from il2desk.desk import new_token
from il2desk.desk.papers import (
    SheetBatch,
    SheetRequest,
    prepare_cycle_sheet,
    prints_of,
    record_print,
)


def run(batch: SheetBatch, stop_after: int | None = None):
    """Draw as the window does, one after the other; give up after so many."""
    assert batch.begin() is None
    while (task := batch.next_task()) is not None:
        if stop_after is not None and batch.done >= stop_after:
            batch.abandon()
            return None
        batch.drawn(task, batch.draw(task))
    return batch.finish()


def asked(ward, count=3):
    """The same cycle several times over is enough: each is a request of its own kind of scope."""
    return [SheetRequest("cycle", ward.subject, ward.cycle)] * count


def test_every_sheet_lies_in_the_folder_and_in_the_journal_with_its_hash(ward, tmp_path):
    folder = tmp_path / "trial"
    answer = run(SheetBatch(ward.desk, asked(ward, 1), folder))
    assert (answer.saved, answer.refused) == (1, ())
    (kept,) = prints_of(ward.desk, asked(ward)[0])
    (file,) = folder.iterdir()
    assert file.name == f"Cycle-sheet-course-1-cycle-1-NPC-017-{kept.sheet_id}.pdf"
    entry = ward.desk.journal.entries(kind="sheet-printed")[-1]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry.body["stamped_sha256"]
    assert [one.name for one in tmp_path.iterdir() if "unfinished" in one.name] == []


def test_stopped_half_way_nothing_is_left(ward, tmp_path):
    before, there = ward.count, {one.name for one in tmp_path.iterdir()}
    assert run(SheetBatch(ward.desk, asked(ward, 2), tmp_path / "trial"), stop_after=1) is None
    assert ward.count == before
    assert {one.name for one in tmp_path.iterdir()} == there


def test_a_sheet_that_cannot_be_made_is_named_and_the_others_are_saved(ward, tmp_path):
    other = replace(asked(ward)[0], cycle="0" * 32)
    answer = run(SheetBatch(ward.desk, [other, asked(ward)[0]], tmp_path / "trial"))
    assert answer.saved == 1
    ((request, refusal),) = answer.refused
    assert (request, refusal.code) == (other, "cycle")


def test_a_fact_recorded_meanwhile_saves_nothing(ward, tmp_path):
    batch = SheetBatch(ward.desk, asked(ward, 1), tmp_path / "trial")
    assert batch.begin() is None
    task = batch.next_task()
    batch.drawn(task, batch.draw(task))
    ward.premedicate()
    before = ward.count
    assert batch.finish().code == "stale"
    assert ward.count == before
    assert not (tmp_path / "trial").exists()
    assert not (tmp_path / "trial.unfinished").exists()


def test_who_began_must_still_be_signed_in(ward, tmp_path):
    batch = SheetBatch(ward.desk, asked(ward, 1), tmp_path / "trial")
    assert batch.begin() is None
    task = batch.next_task()
    batch.drawn(task, batch.draw(task))
    ward.desk.person, before = None, ward.count
    assert batch.finish().code == "not-signed-in"
    assert (ward.count, list(tmp_path.glob("trial*"))) == (before, [])


def test_a_folder_that_is_there_is_not_replaced(ward, tmp_path):
    (tmp_path / "trial").mkdir()
    assert SheetBatch(ward.desk, asked(ward, 1), tmp_path / "trial").begin().code == "folder"
    assert SheetBatch(ward.desk, [], tmp_path / "other").begin().code == "nothing-to-print"
    assert SheetBatch(ward.desk, asked(ward, 1), tmp_path / "no" / "way").begin().code == "folder"


def test_a_copy_printed_meanwhile_saves_nothing(ward, tmp_path):
    batch = SheetBatch(ward.desk, asked(ward, 1), tmp_path / "trial")
    assert batch.begin() is None
    task = batch.next_task()
    batch.drawn(task, batch.draw(task))
    sheet = ward.made(prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle))
    ward.made(record_print(ward.desk, sheet, "print", new_token()))
    before = ward.count
    assert batch.finish().code == "stale"
    assert (ward.count, list(tmp_path.glob("trial*"))) == (before, [])


def test_a_name_that_is_taken_meanwhile_leaves_no_copy_in_the_journal(ward, tmp_path):
    batch = SheetBatch(ward.desk, asked(ward, 1), tmp_path / "trial")
    assert batch.begin() is None
    task = batch.next_task()
    batch.drawn(task, batch.draw(task))
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "mine.txt").write_text("mine")
    before = ward.count
    assert batch.finish().code == "folder"
    assert ward.count == before
    assert [one.name for one in (tmp_path / "trial").iterdir()] == ["mine.txt"]
    assert not (tmp_path / "trial.unfinished").exists()


def test_what_a_stopped_run_left_is_named_and_not_touched(ward, tmp_path):
    (tmp_path / "trial.unfinished").mkdir()
    refused = SheetBatch(ward.desk, asked(ward, 1), tmp_path / "trial").begin()
    assert refused.code == "folder"
    assert refused.text.startswith("trial.unfinished is there already")
    assert (tmp_path / "trial.unfinished").is_dir()


def test_a_change_of_the_site_meanwhile_saves_nothing(ward, tmp_path):
    batch = SheetBatch(ward.desk, asked(ward, 1), tmp_path / "trial")
    assert batch.begin() is None
    task = batch.next_task()
    batch.drawn(task, batch.draw(task))
    ward.change_site(name="Another ward")
    assert batch.finish().code == "stale"
