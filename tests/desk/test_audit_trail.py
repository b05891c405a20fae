"""The audit trail says every entry in words, leaves nothing out, and knows whether its chain is whole."""

from __future__ import annotations

import csv
import hashlib
import io
import threading
from datetime import timedelta

import pytest

from il2desk.desk import new_token
from il2desk.desk.audit import (
    AuditFilter,
    audit_csv,
    audit_filter,
    audit_in_parts,
    chain_work,
    entry_fields,
    export_audit,
    take_chain,
)
from il2desk.desk.entry_words import FAMILIES, KIND_WORDS, kind_words
from il2desk.records import KINDS

EVERYTHING = AuditFilter()


def trail(desk, chosen=EVERYTHING, **more):
    *_, last = audit_in_parts(desk, chosen, **more)
    assert last.whole
    return last


@pytest.fixture
def amended(ward):
    """A dose that was given and amended by two people."""
    ward.given(1)
    ward.clock.moment += timedelta(minutes=20)
    ward.made(ward.amend(1, given_at=ward.dose(1).planned + timedelta(minutes=9)))
    return ward


def test_no_kind_of_entry_is_without_words_or_family():
    assert set(KIND_WORDS) == KINDS
    assert {family for family, _ in KIND_WORDS.values()} == set(FAMILIES)
    words = [words for _, words in KIND_WORDS.values()]
    assert len(set(words)) == len(words)
    assert not [one for one in words if "-" in one or one != one.strip() or not one[0].isupper()]


def test_a_kind_of_a_later_program_is_still_readable():
    assert kind_words("glove-worn") == "Glove worn"


def test_every_entry_stands_there_newest_first(amended):
    found = trail(amended.desk, most=None)
    count = amended.desk.journal.count()
    assert [line.sequence for line in found.lines] == list(range(count, 0, -1))
    assert found.older is None
    assert all(line.what and line.time.endswith(("CET", "CEST")) for line in found.lines)


def test_who_is_who_signed_not_whose_screen_it_was(amended):
    by_what = {line.what: line for line in trail(amended.desk).lines}
    signed = by_what["Signed the record of a dose as second person: dose 1"]
    assert signed.who == (("A. Ruiz", "nurse"),)
    assert signed.entered_by == "K. Brandt"
    assert signed.who_words == "A. Ruiz, nurse\nentered by K. Brandt"
    recorded = by_what["Recorded a dose: dose 1, given"]
    assert (recorded.who, recorded.entered_by) == ((("K. Brandt", "pharmacist"),), "")
    assert by_what["Set up the site: Ward 7"].who_words == "the program"


def test_a_correction_shows_old_and_new_and_why(amended):
    line = trail(amended.desk).lines[0]
    assert line.what == "Amended the record of a dose: dose 1"
    assert line.who == (("K. Brandt", "pharmacist"), ("A. Ruiz", "nurse"))
    ((field, old, new),) = line.changes
    assert (field, old, new) == ("given at", "02-Mar-2026 12:02", "02-Mar-2026 12:09")
    assert line.reason == "typing error"
    assert line.patient == "NPC-017"


def test_an_amended_order_shows_what_it_said_before(ward):
    from il2desk.desk import OrderForm, amend_order, chart_of  # noqa: PLC0415

    order = ward.made(chart_of(ward.desk, ward.subject)).order
    form = OrderForm(
        "B. Other", ward.desk.clock.now(), order.ordered_dose_iu, "M. Sato", "M. Sato",
        reason="typing error",
    )  # fmt: skip
    answer = amend_order(ward.desk, ward.subject, order.id, form, new_token())
    ward.made(answer)
    changes = {field: (old, new) for field, old, new in trail(ward.desk).lines[0].changes}
    assert changes["prescriber"] == ("M. Sato", "B. Other")


def test_a_page_of_lines_goes_on_where_it_ended(amended):
    whole = trail(amended.desk, most=None).lines
    found, before = [], None
    while True:
        part = trail(amended.desk, before=before, most=7)
        found += part.lines
        if part.older is None:
            break
        before = part.older
    assert tuple(found) == whole


def test_reading_comes_in_parts_that_count_up(amended):
    parts = list(audit_in_parts(amended.desk, AuditFilter()))
    assert [part.done for part in parts] == sorted(part.done for part in parts)
    assert not any(part.whole for part in parts[:-1])


def test_it_is_chosen_by_patient_person_kind_and_day(amended):
    desk = amended.desk
    whole = trail(desk, most=None).lines
    mine = audit_filter(desk, "npc-017", "a ruiz", "doses", desk.now().date())
    assert mine.words == "patient NPC-017, by A. Ruiz, Doses and companions, 02-Mar-2026"
    lines = trail(desk, mine).lines
    assert [line.what for line in lines] == [
        "Amended the record of a dose: dose 1",
        "Signed the record of a dose as second person: dose 1",
    ]
    assert len(trail(desk, AuditFilter(family="people")).lines) == 4
    day = AuditFilter(day=desk.now().date() - timedelta(days=1))
    assert 0 < len(trail(desk, day).lines) < len(whole)
    assert AuditFilter().words == ""


def test_nobody_of_that_number_or_name_is_refused(ward):
    assert audit_filter(ward.desk, "XX-1", "", "", None).code == "code"
    assert audit_filter(ward.desk, "", "Nobody", "", None).code == "person"


def test_a_whole_entry_holds_every_field_and_no_pin(amended):
    desk = amended.desk
    entry = desk.journal.entries(kind="release-recorded")[0]
    fields = entry_fields(desk, entry)
    named = dict(fields)
    assert named["Hash"] == entry.hash
    assert named["Stored"] == "02-Mar-2026 11:30 (+01:00)"
    signed = [text for name, text in fields if name == "Signed"]
    assert signed[0].startswith("K. Brandt, pharmacist, 02-Mar-2026 11:30 (+01:00): ")
    assert named["lots 1, lot"] == "PR1234AB"
    shown = {name.split(",")[0].rstrip(" 0123456789") for name, _ in fields}
    stored = {name.replace("_", " ") for name in entry.body if name != "signatures"}
    assert stored <= shown
    for kind in ("staff-added",):
        for one in desk.journal.entries(kind=kind):
            text = str(entry_fields(desk, one))
            assert "argon2" not in text
            assert "stored as a hash, not shown" in text


def test_the_chain_is_verified_in_another_thread_and_says_how_many(amended):
    work, heard, answers = chain_work(amended.desk), [], []
    thread = threading.Thread(target=lambda: answers.append(work(heard.append, lambda: False)))
    thread.start()
    thread.join()
    count = amended.desk.journal.count()
    assert take_chain(amended.desk, answers[0]) == (
        f"Chain verified {amended.desk.now():%H:%M}, {count} entries"
    )
    assert (amended.desk.altered, amended.desk.broken_at) == ((), None)


def test_a_check_that_is_stopped_says_nothing(amended, monkeypatch):
    monkeypatch.setattr("il2desk.records.chain._TOLD", 1)
    heard = []
    assert chain_work(amended.desk)(heard.append, lambda: len(heard) > 3) is None
    assert heard[-1].done == 4
    assert heard[-1].of == amended.desk.journal.count()


def test_a_broken_chain_names_its_entry_and_nothing_is_prepared(amended, tmp_path):
    import sqlite3  # noqa: PLC0415 - to change the file behind the program's back

    work, path = chain_work(amended.desk), amended.desk.journal.path
    with sqlite3.connect(path) as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("UPDATE entry SET reason = 'other' WHERE sequence = 9")
    raw.close()
    report = work(lambda _: None, lambda: False)
    assert report.broken_at == 9
    said = take_chain(amended.desk, report)
    assert said == (
        "Chain broken at entry 9: treat later entries as unverified; call the trial pharmacy."
    )
    assert amended.desk.altered


def test_an_export_is_the_list_and_stands_in_the_journal(amended, tmp_path):
    desk, token = amended.desk, new_token()
    lines = trail(desk, most=None).lines
    made = amended.made(export_audit(desk, AuditFilter(), lines, tmp_path / "trail.csv", token))
    content = made.path.read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [int(row["entry"]) for row in rows] == [line.sequence for line in lines]
    assert rows[0]["old"] == "given at: 02-Mar-2026 12:02"
    assert rows[0]["who"] == "K. Brandt; A. Ruiz"
    assert "argon2" not in content.decode("utf-8-sig")
    body = made.entry.body
    assert (body["entries"], body["of"]) == (len(lines), "every entry")
    assert body["sha256"] == hashlib.sha256(content).hexdigest()
    assert trail(desk).lines[0].what == "Exported the audit trail: every entry"
    before = desk.journal.count()
    refused = export_audit(desk, AuditFilter(), lines, tmp_path / "trail.csv", new_token())
    assert refused.code == "exists"
    assert desk.journal.count() == before


@pytest.mark.parametrize("role", ["nurse", "prescriber", "monitor"])
def test_an_export_without_the_right_is_refused(amended, tmp_path, role):
    lines = trail(amended.desk).lines
    amended.sign_in(role)
    amended.refused(
        "reading-only" if role == "monitor" else "role", export_audit,
        amended.desk, AuditFilter(), lines, tmp_path / "trail.csv", new_token(),
    )  # fmt: skip
    assert not (tmp_path / "trail.csv").exists()


def test_no_formula_leaves_in_a_reason(amended):
    from dataclasses import replace  # noqa: PLC0415

    line = replace(trail(amended.desk).lines[0], reason="=HYPERLINK(1)")
    assert '"\'=HYPERLINK(1)"' in audit_csv((line,)).decode("utf-8-sig")
