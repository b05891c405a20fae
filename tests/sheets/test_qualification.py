"""The qualification record as composed: the result in words and large, every check, whole hashes."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

from il2desk.desk.versions import versions
from il2desk.sheets import SheetModel, SheetRefused, compose_qualification, render
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount


@pytest.fixture(scope="module")
def records() -> ModuleType:
    path = Path(__file__).with_name("examples_qualification.py")
    spec = importlib.util.spec_from_file_location("examples_qualification", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def text(model: SheetModel, paper: str = "A4") -> str:
    pages = pypdf.PdfReader(BytesIO(render(model, paper))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(("name", "words"), [("passed", "PASSED"), ("not passed", "NOT PASSED")])
def test_the_result_is_a_word_and_large(records: ModuleType, name: str, words: str) -> None:
    model = records.examples()[name]
    (result,) = [
        block
        for section in model.sections
        for part in section.parts
        for block in part
        if isinstance(block, Amount)
    ]
    assert (result.amount.words, result.amount.role) == (words, Role.DOSE)


def test_what_is_wrong_stands_before_the_checks_with_what_to_do(records: ModuleType) -> None:
    said = text(records.examples()["not passed"])
    order = [
        "Result NOT PASSED", "7 of 10 checks are as they should be.", "What to do",
        "use the paper procedure.", "Who was told, when", "Wrong cases: 1",
        "engines agree WRONG 69 of 70", "files WRONG 1 of 3 files", "protocol npc-bolus WRONG 23",
        "22 of 23 22 of 23", "I ran this",
    ]  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    for words in (
        "dose cases, case 1", "npc-bolus, weight 51 kg", "second engine", "exact dose",
        "3,672,000 international units", "3,672,001 international units",
        "the same of both engines", "first engine",
    ):  # fmt: skip
        assert words in said, words
    assert "exact_dose_iu" not in said
    assert "--weight" not in said


def test_everything_that_was_looked_at_is_there(records: ModuleType) -> None:
    said = text(records.examples()["passed"])
    first = records.files(3)[0]
    for words in (
        "Computer PHARMACY-07 Institution Ward pharmacy, City Hospital",
        "Installation checked 12-Mar-2026 14:02 (+01:00) By K. Brandt",
        "The result speaks of the computer named above at that moment",
        "catalogue right 18 protocols load whole", "SQLite 3.40.1", "Entries then 214",
        "rule set jitc-2014 39 39 of 39 one engine one engine none asked",
        "No reference case, so only the file was read: protocol atzpodien, ",
        f"{first.name} {first.sha256} yes", "3 of 3 files are as delivered",
        "I ran this verification on this computer who ran it K. Brandt",
        "I look after this computer and this installation hospital IT",
        "I reviewed this record; its result is PASSED pharmacist",
        "I reviewed this record; its result is PASSED quality assurance",
    ):  # fmt: skip
        assert words in said, words
    assert "What to do" not in said
    assert "Who was told" not in said


def test_without_a_journal_a_pen_names_the_institution_and_who_ran_it(records: ModuleType) -> None:
    said = text(records.examples()["no journal"])
    assert "Computer PHARMACY-07 Institution ________" in said
    assert "who ran it command line" not in said
    assert "No list of the delivered files is part of this installation" in said
    assert said.count(" no list protocols/") + said.count(" no list Signatures") == 3
    blank = text(compose_qualification(records.facts(computer="")))
    assert "Computer ________" in blank


def test_a_file_that_is_not_as_delivered_says_so_in_its_row(records: ModuleType) -> None:
    changed = next(one for one in records.files(3) if "npc-bolus" in one.name)
    assert f"{changed.name} {changed.sha256} no" in text(records.examples()["not passed"])


def test_a_result_that_its_checks_contradict_is_refused(records: ModuleType) -> None:
    passed, not_passed = records.facts(), records.not_passed()
    for broken in (replace(passed, passed=False), replace(not_passed, passed=True)):
        with pytest.raises(SheetRefused, match="contradict each other"):
            compose_qualification(broken)
    with pytest.raises(SheetRefused, match="Nothing was looked at"):
        compose_qualification(replace(passed, checks=()))


def test_passed_rests_on_cases_and_files_or_is_refused(records: ModuleType) -> None:
    passed, not_passed = records.facts(), records.not_passed()
    with pytest.raises(SheetRefused, match="PASSED would rest on no reference case"):
        compose_qualification(replace(passed, cases=()))
    with pytest.raises(SheetRefused, match="PASSED would rest on no file"):
        compose_qualification(replace(passed, files=()))
    for broken in (
        replace(passed, wrong=not_passed.wrong),
        replace(passed, cases=not_passed.cases),
    ):
        with pytest.raises(SheetRefused, match="PASSED and the reference cases contradict"):
            compose_qualification(broken)
    # A record of failure is printed whatever is missing.
    assert "NOT PASSED" in text(compose_qualification(replace(not_passed, cases=(), files=())))


def test_the_examples_name_all_that_a_real_record_names(records: ModuleType) -> None:
    assert [name for name, _ in records.VERSIONS] == [name for name, _ in versions()]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_all_examples_render_upright_and_the_same_again(records: ModuleType, paper: str) -> None:
    for model in records.examples().values():
        pdf = render(model, paper)
        assert render(model, paper) == pdf
        size = pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox
        assert size.height > size.width


def test_forty_wrong_cases_are_all_named_under_a_heading_on_every_page(
    records: ModuleType,
) -> None:
    model = records.examples()["40 lines"]
    said = text(model, "Letter")
    assert "Wrong cases: 40" in said
    assert "30 of 70 cases agree" in said
    assert all(f"weight {50 + number} kg" in said for number in range(1, 41))
    assert all(one.sha256 in said for one in records.files(80))
    assert "Wrong cases: 40 (continued)" in said
    assert "Files that came with the program (continued)" in said
