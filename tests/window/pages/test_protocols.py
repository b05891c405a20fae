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
