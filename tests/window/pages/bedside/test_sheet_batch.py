"""All cycle sheets of a trial: into one new folder, and stopped at any time with nothing left."""

from __future__ import annotations

import hashlib

import pytest


@pytest.fixture
def papers(bedside, office, qtbot):
    """The papers of the site are open; one patient has a cycle."""
    office.open("papers")
    return office.page()


def test_every_cycle_sheet_is_saved_and_journalled(bedside, papers, office, qtbot, tmp_path):
    folder = tmp_path / "sheets"
    papers.batch.folder.line.setText(str(folder))
    (protocol,) = papers.batch.buttons
    with qtbot.waitSignal(papers.batch.ended):
        papers.batch.buttons[protocol].click()
    (file,) = folder.iterdir()
    entry = office.desk.journal.entries(kind="sheet-printed")[-1]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry.body["stamped_sha256"]
    assert papers.batch.told.sentences() == (f"1 sheets are saved in {folder}.",)


def test_stopped_it_leaves_neither_file_nor_entry(bedside, papers, tmp_path):
    before = bedside.count
    papers.batch.folder.line.setText(str(tmp_path / "sheets"))
    (button,) = papers.batch.buttons.values()
    button.click()
    assert papers.batch.running
    assert (tmp_path / "sheets.unfinished").is_dir()
    papers.batch.stop_button.click()
    assert not papers.batch.running
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("sheets")] == []
    assert bedside.count == before
    assert papers.batch.told.sentences()[0].startswith("Stopped. Nothing was saved")


def test_a_folder_that_is_there_or_not_typed_is_said_beside_the_field(papers, tmp_path):
    (button,) = papers.batch.buttons.values()
    for typed in ("", "sheets", str(tmp_path), str(tmp_path / "no" / "way")):
        papers.batch.folder.line.setText(typed)
        button.click()
        assert papers.batch.folder.error_text()
        assert not papers.batch.running


def test_leaving_the_page_while_it_draws_leaves_nothing(bedside, papers, office, qtbot, tmp_path):
    before = bedside.count
    papers.batch.folder.line.setText(str(tmp_path / "sheets"))
    (button,) = papers.batch.buttons.values()
    button.click()
    office.open("today")
    qtbot.waitUntil(lambda: not (tmp_path / "sheets.unfinished").exists())
    assert bedside.count == before


def test_an_answer_that_waits_when_the_page_is_left_journals_nothing(
    bedside, papers, office, qtbot, tmp_path
):
    before = bedside.count
    papers.batch.folder.line.setText(str(tmp_path / "sheets"))
    (button,) = papers.batch.buttons.values()
    button.click()
    (job,) = papers.batch._run.jobs
    job.wait()
    office.open("today")
    qtbot.wait(50)
    assert bedside.count == before
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("sheets")] == []


def test_put_aside_for_another_person_it_is_stopped_and_says_so_when_back(
    bedside, papers, office, qtbot, tmp_path
):
    before = bedside.count
    papers.batch.folder.line.setText(str(tmp_path / "sheets"))
    (button,) = papers.batch.buttons.values()
    button.click()
    work = office.put_aside(None)
    assert not papers.batch.running
    assert not (tmp_path / "sheets.unfinished").exists()
    qtbot.wait(50)
    office.bring_back(work)
    assert papers.batch.told.sentences()[0].startswith("Stopped. Nothing was saved")
    assert bedside.count == before
