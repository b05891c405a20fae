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
        "Result NOT PASSED", "2 of 3 checks are as they should be.", "What to do",
        "use the paper procedure.", "Wrong cases: 1", "case 1: npc-bolus --weight 70: second engine",
        "engines agree WRONG 69 of 70", "protocol npc-bolus WRONG 23", "22 of 23",
    ]  # fmt: skip
    places = [said.index(words) for words in order]
    assert places == sorted(places)


def test_everything_that_was_looked_at_is_there(records: ModuleType) -> None:
    said = text(records.examples()["passed"])
    for words in (
        "Installation checked 12-Mar-2026 14:02 (+01:00) By K. Brandt",
        "catalogue right 18 protocols load whole", "SQLite 3.40.1", "Entries then 214",
        "rule set jitc-2014 39 39 of 39 one engine one engine none asked",
        "No reference case, so only the file was read: protocol atzpodien.",
        f"protocols/npc-bolus.toml {records.HASH}", "I ran this verification on this computer",
        "I reviewed this record and its result",
    ):  # fmt: skip
        assert words in said, words
    assert "What to do" not in said


def test_a_result_that_its_checks_contradict_is_refused(records: ModuleType) -> None:
    for broken in (records.facts(passed=False), replace(records.not_passed(), passed=True)):
        with pytest.raises(SheetRefused, match="contradict each other"):
            compose_qualification(broken)
    with pytest.raises(SheetRefused, match="Nothing was looked at"):
        compose_qualification(records.facts(checks=()))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_all_examples_render_upright_and_the_same_again(records: ModuleType, paper: str) -> None:
    for model in records.examples().values():
        pdf = render(model, paper)
        assert render(model, paper) == pdf
        size = pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox
        assert size.height > size.width


def test_forty_wrong_cases_are_all_named(records: ModuleType) -> None:
    said = text(records.examples()["40 lines"], "Letter")
    assert all(f"case {number}: npc-bolus" in said for number in range(1, 41))
    assert said.count(records.HASH) == 80
