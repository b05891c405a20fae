"""Protocols through the window: specimens, files with problems, blockers, two signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.desk import versions


def bring(office, typing, path: Path) -> None:
    office.page().path.line.setText(str(path))
    office.page().path.focus_entry()
    typing("{Ctrl+Enter}")


def test_specimens_say_what_is_missing(bare_office) -> None:
    bare_office.open("protocols")
    page = bare_office.page()
    assert page.table.select("npc-bolus")
    row = next(row for row in page.table.rows() if row.id == "npc-bolus")
    assert row.cells[2] == "specimen"
    assert len(page.points.sentences()) == int(row.cells[3].split(" ")[0])
    assert all("is not filled in" in text for text in page.points.sentences())
    assert page.action().primary is None


def test_a_site_copy_is_brought_in_and_activated_by_two(
    bare_office, typing, site_copy_file: Path
) -> None:
    bare_office.open("protocols")
    bring(bare_office, typing, site_copy_file)
    (version,) = versions(bare_office.desk)
    assert version.status == "draft"
    assert bare_office.page().table.current_id() == version.fingerprint
    assert 'id = "npc-bolus-site"' in bare_office.page().text.toPlainText()
    typing("{Ctrl+Enter}")
    assert versions(bare_office.desk)[0].status == "under review"
    typing("{Ctrl+Enter}")
    typing("1111{Ctrl+Enter}")
    before = bare_office.desk.journal.count()
    typing("K. Brandt{Enter}1111{Ctrl+Enter}")
    assert bare_office.window.panel().refusal_text() == "The second person must be someone else."
    assert bare_office.desk.journal.count() == before
    bare_office.window.panel()._name.line.setText("A. Ruiz")
    bare_office.window.panel().focus_entry()
    typing("{Enter}2222{Ctrl+Enter}")
    assert bare_office.window.panel() is None
    assert versions(bare_office.desk)[0].status == "active"
    row = next(row for row in bare_office.page().table.rows() if row.id == version.fingerprint)
    assert row.cells[3].startswith("nothing; fingerprint ")


@pytest.mark.parametrize("part", [0.3, 0.5, 0.9])
def test_a_file_cut_off_is_refused_by_file_and_line(
    bare_office, typing, site_copy_file: Path, part: float, unchanged
) -> None:
    text = site_copy_file.read_text(encoding="utf-8")
    site_copy_file.write_text(text[: int(len(text) * part)], encoding="utf-8")
    bare_office.open("protocols")
    bring(bare_office, typing, site_copy_file)
    page = bare_office.page()
    assert page.problems.sentences()[0].startswith("npc-bolus-site.toml")
    assert page.path.typed() == str(site_copy_file)
    assert unchanged()


def test_an_unknown_key_is_named(bare_office, typing, site_copy_file: Path, unchanged) -> None:
    text = site_copy_file.read_text(encoding="utf-8")
    text = text.replace('drug = "aldesleukin"', 'drug = "aldesleukin"\ndosage = "9"', 1)
    site_copy_file.write_text(text, encoding="utf-8")
    bare_office.open("protocols")
    bring(bare_office, typing, site_copy_file)
    (sentence,) = bare_office.page().problems.sentences()
    assert sentence.startswith("npc-bolus-site.toml, line 8, dosage:")
    assert unchanged()


def test_a_file_that_is_not_there_is_said(bare_office, typing, tmp_path: Path, unchanged) -> None:
    bare_office.open("protocols")
    bring(bare_office, typing, tmp_path / "nowhere.toml")
    assert bare_office.page().problems.sentences()
    assert unchanged()


def test_practice_values_block_activation_in_a_real_journal(
    bare_office, typing, root: Path
) -> None:
    bare_office.open("protocols")
    bring(bare_office, typing, root / "resources" / "practice" / "npc-bolus-practice.toml")
    before = bare_office.desk.journal.count()
    page = bare_office.page()
    assert any("practice" in text for text in page.points.sentences())
    typing("{Ctrl+Enter}")
    assert bare_office.window.panel() is None
    assert bare_office.desk.journal.count() == before


def test_sent_back_with_a_reason_that_the_next_reader_sees(
    bare_office, typing, site_copy_file
) -> None:
    bare_office.open("protocols")
    bring(bare_office, typing, site_copy_file)
    page = bare_office.page()
    assert page.send_back.isHidden()
    typing("{Ctrl+Enter}")
    page.send_back.setFocus()
    typing("{Space}{Ctrl+Enter}")
    assert bare_office.window.panel().reason.error_text() == "Fill in: Reason."
    typing("Table 2 was misread{Ctrl+Enter}")
    assert bare_office.window.panel() is None
    assert versions(bare_office.desk)[0].status == "draft"
    assert page.points.sentences()[0] == "Sent back: Table 2 was misread."
    assert page.action().primary == "Submit for review"


def test_withdrawn_by_two_with_a_reason(office, typing, planned) -> None:
    (version,) = versions(office.desk)
    office.open("protocols")
    page = office.page()
    assert page.table.select(version.fingerprint)
    page.withdraw.setFocus()
    typing("{Space}the sponsor closed the trial{Ctrl+Enter}")
    review = office.window.panel().request().review
    assert "Reason: the sponsor closed the trial" in review
    assert "This cannot be taken back. No other version becomes active by it." in review
    typing("1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    assert versions(office.desk)[0].status == "withdrawn"
    row = next(row for row in page.table.rows() if row.id == version.fingerprint)
    assert row.cells[2:4] == ("withdrawn", "the sponsor closed the trial.")
    assert page.withdraw.isHidden()
    office.open("board", subject=planned)
    assert office.page().withdrawn() == (
        "▲ npc-bolus-site version 1 was withdrawn on 12-Mar-2026: the sponsor closed the trial. "
        "This cycle stays on it; no new cycle is planned from it."
    )
    office.open("plan", subject=planned)
    assert office.page().action().primary is None or office.page().action().blocked


def test_the_board_of_a_version_in_force_says_nothing_of_it(office, planned) -> None:
    office.open("board", subject=planned)
    assert office.page().withdrawn() == ""


def test_a_new_version_is_shown_beside_the_active_one(office, typing, site_copy_file) -> None:
    text = site_copy_file.read_text(encoding="utf-8")
    text = text.replace('version = "1"', 'version = "2"').replace('"72000"', '"70000"')
    site_copy_file.write_text(text, encoding="utf-8")
    office.open("protocols")
    bring(office, typing, site_copy_file)
    page = office.page()
    shown = {row.cells[0]: row.cells[1].replace("\u00a0", " ") for row in page.differences.rows()}
    assert shown["dose (regimen.dose)"] == (
        "regimen.dose changed from 72,000 to 70,000 international units per kg (source: Chi KH et al., "
        "Oncology 2001;60:110-115, abstract, page 110 (published paper))."
    )
    assert "End of list. Showing 2 of 2" in page.differences.footer()
    typing("{Ctrl+Enter}{Ctrl+Enter}")
    review = office.window.panel().request().review
    assert "Compared with version 1 of npc-bolus-site (active): 2 differences" in review
    assert review[-1].replace("\u00a0", " ") == shown["dose (regimen.dose)"]


def test_a_specimen_is_beside_nothing(bare_office) -> None:
    bare_office.open("protocols")
    page = bare_office.page()
    page.table.select("yang-2003")
    assert page.differences.isHidden()
    assert page.copy.accessibleName() == "Make a site copy"
