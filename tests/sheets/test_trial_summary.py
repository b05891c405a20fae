"""The trial summary as composed: counts with what they are of, no names, rows to write where nothing is known."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from decimal import Decimal
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
    text = " ".join(pages(trials.examples()["two arms"]))
    for words in (
        "Doses given of doses planned 20 of 30 (66.7 percent) 10 of 30 (33.3 percent) 30 of 60 (50 percent)",
        "Checks, of all checks recorded", "Patients, of all with a check",
        "HOLD 5 of 38 (13.2 percent) 2 of 3 (66.7 percent)",
        "Companion drugs: doses, each count of the doses planned",
        "Protocol version 2, fingerprint 7c1e90ab12cd",
    ):  # fmt: skip
        assert words in text, words


def test_the_rows_of_the_exposure_are_added_up_by_arm_and_in_all(trials: ModuleType) -> None:
    (exposed,) = [
        one
        for one in tables(trials.examples()["two arms"])
        if one.columns[2].title.words == "Course, cycle"
    ]
    sums = [[cell[0].words if cell else "" for cell in row] for row in exposed.rows[-3:]]
    assert [row[4:11] for row in sums] == [
        ["30", "20", "1", "3", "1", "0", "5"],
        ["30", "10", "1", "1", "0", "1", "17"],
        ["60", "30", "2", "4", "1", "1", "22"],
    ]
    assert [row[0] for row in sums] == ["Total, A", "Total, B", "Total, all"]
    assert sums[0][11].startswith("103.5")
    assert sums[2][11].startswith(
        "at least 156.6"
    )  # of one dose it is not known whether it went in


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            {"given": "13"},
            "Doses given, A: the rows of the exposure add up to 21, the totals say 20",
        ),
        ({"without_record": "1"}, "Doses without a record, A: .* add up to 6, the totals say 5"),
        ({"given_iu": Decimal(1)}, "Cumulative dose given, A: .* add up to .*40.320001"),
        ({"trial_code": "NPC-099"}, "Patients with a cycle, A: .* add up to 2, the totals say 1"),
        ({"arm": "B"}, "Cycles planned, A: .* add up to 1, the totals say 2"),
    ],
)
def test_an_exposure_that_does_not_add_up_to_the_totals_is_refused(
    trials: ModuleType, change: dict[str, object], named: str
) -> None:
    facts = trials.facts()
    first, *rest = facts.exposure
    broken = replace(facts, exposure=(replace(first, **change), *rest))
    with pytest.raises(SheetRefused, match=named):
        compose_trial_summary(broken)


def test_cycles_in_the_totals_without_rows_are_refused(trials: ModuleType) -> None:
    with pytest.raises(SheetRefused, match=r"Patients with a cycle, A: .* add up to 0"):
        compose_trial_summary(trials.facts(exposure=()))


def test_the_sums_are_held_against_numbers_and_not_against_words(trials: ModuleType) -> None:
    """In another language the count may stand behind what it is of."""
    facts = trials.facts()
    turned = tuple(
        replace(one, values=tuple(f"of all, {words}" for words in one.values))
        for one in facts.totals
    )
    compose_trial_summary(replace(facts, totals=turned))


def test_a_total_without_its_line_is_refused(trials: ModuleType) -> None:
    facts = trials.facts()
    less = tuple(one for one in facts.totals if one.key != "held")
    with pytest.raises(SheetRefused, match=r"held, A: .* the totals say nothing"):
        compose_trial_summary(replace(facts, totals=less))


def test_what_the_journal_does_not_hold_is_said_once_and_left_to_a_pen(trials: ModuleType) -> None:
    model = trials.examples()["two arms"]
    text = " ".join(pages(model))
    for said in (
        "Graded toxicities and responses are not recorded in the program.",
        "The rows below are filled in by hand, from source documents.",
        "Count each patient once, under the worst grade.",
        "Write the number of patients under each grade, of those with a dose: A: 1, B: 2.",
        "Write the number of patients who met it at least once, of those with a dose: A: 1, B: 2.",
        "Write the number of cycles in which it was met, of those with a dose: A: 2, B: 2.",
    ):
        assert text.count(said) == 1, said
    (outcome,) = [one for one in tables(model) if one.columns[1].title.words == "Best response"]
    assert outcome.least_row >= PEN_ROW
    assert [row[0][0].words for row in outcome.rows] == ["NPC-014", "NPC-015", "NPC-018"]


def test_there_is_a_cell_for_every_grade_in_every_arm(trials: ModuleType) -> None:
    met, graded = [
        one for one in tables(trials.examples()["two arms"]) if one.columns[0].title.words == "Term"
    ]
    titles = [column.title.words.replace("\u00a0", " ") for column in graded.columns[2:-2]]
    assert titles == [f"{arm}, grade {grade}" for arm in "AB" for grade in (1, 2, 3, 4)]
    titles = [column.title.words for column in met.columns[2:-2]]
    assert titles == ["A, patients", "A, cycles", "B, patients", "B, cycles"]
    assert all(row[2:-1] == ((),) * 5 for row in met.rows)
    assert min(met.least_row, graded.least_row) >= PEN_ROW


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_every_page_that_a_pen_fills_says_once_a_table_by_whom(
    trials: ModuleType, paper: str
) -> None:
    for name in ("one dose", "two arms", "40 lines"):
        for page in pages(trials.examples()[name], paper):
            opened = page.count("Toxicity: ") + page.count("Outcome (continued)")
            opened += page.count("Outcome This page")
            assert page.count("This page was filled in by") == opened


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_list_that_goes_on_repeats_its_heading(trials: ModuleType, paper: str) -> None:
    found = pages(trials.examples()["40 lines"], paper)
    for heading, row in (
        ("Overrides of HOLD or CANNOT ASSESS: 40", "Override of HOLD"),
        ("Deviations and what waits: 40", "Amended: given at"),
        ("Exposure: doses of each patient and cycle", "million international units open"),
    ):
        mine = [page for page in found if row in page]
        assert len(mine) > 1
        assert f"{heading} (continued)" not in mine[0]
        assert all(page.count(f"{heading} (continued)") == 1 for page in mine[1:])
        assert all(f"{heading} Trial" not in page for page in mine[1:])


def test_a_protocol_without_definitions_says_so(trials: ModuleType) -> None:
    text = " ".join(pages(compose_trial_summary(trials.facts(toxicity=(), sayings=()))))
    assert "The protocol names no definitions of toxicity." in text
    assert "I filled in the outcome from source documents" in text


def test_patients_alone_say_what_is_not_there_and_nobody_signs_for_it(trials: ModuleType) -> None:
    text = " ".join(pages(trials.examples()["patients only"]))
    for words in (
        "Protocol version none, for no cycle is planned", "No cycle is planned.",
        "No check is recorded.", "No override is recorded.", "No deviation is recorded.",
        "No cycle is planned, so no definitions of toxicity are named.",
        "No preparation was discarded.", "No patient has a cycle.",
    ):  # fmt: skip
        assert words in text, words
    for words in ("The rows below", "I filled in", "filled in by", "The protocol names no"):
        assert words not in text, words


def test_records_that_wait_are_counted_and_their_list_is_named(trials: ModuleType) -> None:
    text = " ".join(pages(trials.examples()["marked"]))
    said = "Not verified: 2 records without a second person, listed under Deviations and what waits"
    assert said in text
    assert len([one for one in trials.marked().deviations if one.what == "No second person"]) == 2
    assert all(
        "," not in one.who for one in trials.marked().deviations if one.what == "No second person"
    )


def test_a_trial_without_arms_has_no_column_of_arms(trials: ModuleType) -> None:
    text = " ".join(pages(trials.examples()["no arms"]))
    assert "Arms none" in text
    assert "no arms" not in text
    alone = compose_trial_summary(trials.facts(trials.ONE_DOSE[:1]))
    assert "Arms A " in " ".join(pages(alone))  # one arm is named, though all is its column


def test_nobody_registered_makes_no_summary(trials: ModuleType) -> None:
    with pytest.raises(SheetRefused, match="Nobody is registered"):
        compose_trial_summary(trials.facts(totals=()))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_200_patients_print_with_the_header_on_every_page(trials: ModuleType, paper: str) -> None:
    first = trials.forty()[0]
    many = tuple(replace(first, code=f"NPC-{number:03d}") for number in range(1, 201))
    found = pages(compose_trial_summary(trials.facts(many)), paper)
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
    cycle = trials.ONE_DOSE[0].cycles[0]
    people = tuple(
        replace(trials.ONE_DOSE[0], code=f"NPC-{arm}", arm=arm, cycles=(cycle,)) for arm in "ABCDEF"
    )
    model = compose_trial_summary(trials.facts(people))
    titles = [
        column.title.words
        for one in tables(model)
        if one.columns[0].title.words == "Term"
        for column in one.columns[2:-2]
    ]
    assert len(titles) == 6 * (2 + 4)  # patients and cycles that met it, four grades
    text = " ".join(pages(model, paper))
    assert text.count("5.04 million international units") == 6 + 6 + 6  # totals, rows, sums by arm
    assert text.count("30.24 million international units") == 2
