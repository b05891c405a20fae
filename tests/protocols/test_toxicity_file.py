"""Files of toxicity definitions: gaps that a site fills, limits that must say their unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from il2desk.dosing import Grade, Measured, Refusal, grade
from il2desk.protocols import check_file
from il2desk.protocols.file_kinds import parse_definitions

NPC = "definitions/npc-2001.toml"
WHO = "definitions/who-1981.toml"
CTCAE = "definitions/ctcae-5.toml"
THREE = '{ grade = 1, above = "3" }'


def without_gap(path):
    """The file without its first gap."""
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("[[gaps]]")
    path.write_text(head + rest[rest.index("[sources") :], encoding="utf-8")
    return path


@pytest.mark.parametrize("of", ["upper limit of normal", "baseline"])
def test_a_site_chooses_what_the_threefold_is_a_multiple_of(catalogue, site_copy, of):
    filled = THREE.replace(" }", f', of = "{of}" }}')
    path = without_gap(site_copy(NPC, (THREE, filled)))
    check = check_file(path, catalogue)
    assert (check.kind, check.problems) == ("toxicity definitions", ())
    definitions = parse_definitions(path.name, path.read_text(encoding="utf-8")).value
    references = {"upper": Decimal(40), "baseline": Decimal(20)}
    limit = 3 * (references["upper"] if of.startswith("upper") else references["baseline"])
    for value, expected in ((limit, 0), (limit + 1, 1)):
        answer = grade(definitions, "transaminases", Measured(value, "", **references))
        assert isinstance(answer, Grade)
        assert answer.grade == expected


def test_a_multiple_is_never_taken_for_a_plain_number(catalogue, site_copy):
    """The gap struck off and nothing chosen: an AST of 4 would count as above 3."""
    (problem,) = check_file(without_gap(site_copy(NPC)), catalogue).problems
    assert problem.key == "terms.transaminases.grades"
    assert "these limits have no unit" in problem.text


def test_a_choice_beside_its_gap_is_a_problem(catalogue, site_copy):
    filled = THREE.replace(" }", ', of = "baseline" }')
    (problem,) = check_file(site_copy(NPC, (THREE, filled)), catalogue).problems
    assert "filled in and still listed as a gap" in problem.text


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CTCAE, 'of = "baseline"', 'of = "normal"', "not known here"),
        (CTCAE, 'grade = 4, above = "20"', 'grade = 6, above = "20"', "is no grade"),
        (CTCAE, '{ grade = 1, from = "38", to = "39" }', "{ grade = 1 }", "a grade has limits"),
        (CTCAE, 'scale = "grades"', 'scale = "words"', "not known here"),
        (CTCAE, 'unit = "percent"\n', "", "these limits have no unit"),
        (CTCAE, 'version = "5.0"\n', "", "missing"),
        (WHO, 'step = "0.1"', "step = 0.1", "binary fraction"),
        (WHO, 'source = "recall"', 'source = "heard"', "not among"),
    ],
)
def test_what_is_wrong_is_named(catalogue, site_copy, file, old, new, said):
    problems = check_file(site_copy(file, (old, new)), catalogue).problems
    assert any(said in problem.text for problem in problems), problems


def test_rows_that_nobody_confirmed_are_gaps_and_grade_nothing(catalogue, site_copy):
    who = catalogue.definitions("who-1981")
    unconfirmed = {"proteinuria", "fever-drug", "skin", "consciousness"}
    not_found = {"allergic", "infection", "pulmonary"}
    assert {gap.field for gap in who.gaps} == {f"terms.{name}" for name in unconfirmed | not_found}
    assert not unconfirmed & {term.id for term in who.terms}
    path = site_copy(WHO, ('evidence = "unconfirmed"', 'evidence = "site"'))
    confirmed = parse_definitions(path.name, path.read_text(encoding="utf-8"))
    assert confirmed.problems == ()
    assert unconfirmed <= {term.id for term in confirmed.value.terms}


def test_the_door_names_what_there_is(catalogue):
    assert catalogue.ids("definitions") == ("ctcae-5", "npc-2001", "who-1981")
    answer = catalogue.definitions("ctcae-6")
    assert isinstance(answer, Refusal)
    assert "ctcae-5, npc-2001, who-1981" in answer.text
    assert catalogue.definitions("ctcae-5").version == "5.0"


def test_terms_in_words_are_shown_with_their_grades(catalogue):
    term = catalogue.definitions("ctcae-5").term("somnolence")
    assert term.rows == ()
    assert term.words == (
        (1, "mild"), (2, "moderate, sedation"), (3, "stupor"), (4, "life-threatening"),
    )  # fmt: skip
