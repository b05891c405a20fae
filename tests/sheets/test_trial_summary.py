"""The trial summary as composed: counts with what they are of, no names, rows to write where nothing is known."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

from il2desk.sheets import SheetModel, SheetRefused, compose_trial_summary, render
from il2desk.sheets.geometry import PEN_ROW
from il2desk.sheets.model import Table


@pytest.fixture(scope="module")
def trials() -> ModuleType:
    path = Path(__file__).with_name("examples_trial_summary.py")
    spec = importlib.util.spec_from_file_location("examples_trial_summary", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pages(model: SheetModel, paper: str = "A4") -> list[str]:
    found = pypdf.PdfReader(BytesIO(render(model, paper))).pages
    return [" ".join(page.extract_text().split()) for page in found]


def tables(model: SheetModel) -> list[Table]:
    blocks = [block for section in model.sections for part in section.parts for block in part]
    return [block for block in blocks if isinstance(block, Table)]


def test_counts_stand_with_what_they_are_of(trials: ModuleType) -> None:
    text = " ".join(pages(trials.examples()["one dose"]))
    for words in (
        "Doses given of doses planned 9 of 45 (20 percent)",
        "Checks, of all checks recorded", "Patients, of all with a check",
        "HOLD 2 of 14 (14.3 percent) 1 of 3 (33.3 percent)",
        "Companion drugs: doses, each count of the doses planned",
        "Write the number of patients under each grade, of 3 with a dose.",
    ):  # fmt: skip
        assert words in text, words


def test_what_the_journal_does_not_hold_is_said_and_left_to_a_pen(trials: ModuleType) -> None:
    model = trials.examples()["one dose"]
    text = " ".join(pages(model))
    assert "Graded toxicities and responses are not recorded in the program." in text
    (met,) = [one for one in tables(model) if any(c.title.words == "Met" for c in one.columns)]
    assert met.least_row >= PEN_ROW
    assert [cell == () for cell in met.rows[0]] == [False, False, True, True, False]
    (outcome,) = [one for one in tables(model) if one.columns[1].title.words == "Best response"]
    assert outcome.least_row >= PEN_ROW
    assert [row[0][0].words for row in outcome.rows] == ["NPC-014", "NPC-015"]


def test_a_protocol_without_definitions_says_so(trials: ModuleType) -> None:
    text = " ".join(pages(trials.examples()["patients only"]))
    for words in (
        "The protocol names no definitions of toxicity.", "No cycle is planned.",
        "No check is recorded.", "No override is recorded.", "No deviation is recorded.",
        "No preparation was discarded.", "No patient has a cycle.",
    ):  # fmt: skip
        assert words in text, words
    assert "The rows below" not in text


def test_nobody_registered_makes_no_summary(trials: ModuleType) -> None:
    with pytest.raises(SheetRefused, match="Nobody is registered"):
        compose_trial_summary(trials.facts(totals=()))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_200_patients_print_with_the_header_on_every_page(trials: ModuleType, paper: str) -> None:
    codes = tuple(f"NPC-{number:03d}" for number in range(1, 201))
    rows = tuple(replace(trials.EXPOSURE, trial_code=code) for code in codes)
    found = pages(compose_trial_summary(trials.facts(exposure=rows, patients=codes)), paper)
    for number in (1, 100, 200):
        assert sum(f"NPC-{number:03d}" in page for page in found) >= 2  # exposure and outcome
    listed = [page for page in found if "NPC-120" in page and "million" in page]
    assert all("Cumulative dose given" in page for page in listed)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_all_examples_render_and_the_same_again(trials: ModuleType, paper: str) -> None:
    for model in trials.examples().values():
        assert render(model, paper) == render(model, paper)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_many_arms_with_large_doses_all_find_their_columns(trials: ModuleType, paper: str) -> None:
    arms = (*"ABCDEF", "All")
    large = "12,345.6789\u00a0million\u00a0international\u00a0units"
    measure = replace(trials.facts().totals[2], values=(large,) * len(arms))
    text = " ".join(pages(compose_trial_summary(trials.facts(arms=arms, totals=(measure,))), paper))
    assert text.count("12,345.6789 million international units") == len(arms)
