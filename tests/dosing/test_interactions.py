"""Other drugs and allergies: matched by listed words, contra-indications found, the rest is said."""

from __future__ import annotations

import pytest

from il2desk.dosing import (
    InteractionList,
    allergies_named,
    classes_against,
    drugs_named,
    unmatched,
)
from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue

ALONE = ("aldesleukin",)
CEPLENE = ("aldesleukin", "histamine dihydrochloride")


@pytest.fixture(scope="module")
def shipped() -> InteractionList:
    return load_catalogue(resource_dir()).interactions()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dexamethasone 4 mg", ["systemic-steroid"]),
        ("beta-blockers", ["antihypertensive"]),
        ("iodinated contrast on Monday", ["contrast"]),
        ("interferon alfa-2b", ["interferon-alfa"]),
        ("famotidine", []),
        ("paracetamol", []),
        ("", []),
    ],
)
def test_drugs_beside_aldesleukin(shipped, text: str, expected: list[str]):
    assert [one.id for one in drugs_named(shipped, text, ALONE)] == expected


def test_the_same_drugs_are_contra_indicated_beside_histamine(shipped):
    found = drugs_named(shipped, "famotidine, prednisolone; clonidine", CEPLENE)
    grave = [one.id for one in found if one.severity == "contra-indicated"]
    assert grave == ["ceplene-h2-blocker", "ceplene-steroid", "ceplene-clonidine"]
    assert "Summary of product characteristics of Ceplene" in found[-1].sentence()


def test_both_sides_of_a_conflict_between_sources_are_cited(shipped):
    (contrast,) = drugs_named(shipped, "contrast", ALONE)
    assert len(contrast.sources) == 2
    assert "2 weeks" in contrast.sentence()
    assert "several months" in contrast.sentence()


def test_classes_forbid_only_where_they_are_contra_indicated(shipped):
    assert [one.id for one in classes_against(shipped, ("h2-blocker",), CEPLENE)] == [
        "ceplene-h2-blocker"
    ]
    assert classes_against(shipped, ("h2-blocker",), ALONE) == ()
    assert classes_against(shipped, ("nsaid",), CEPLENE) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Penicillin: rash in 1998", ["penicillin"]),
        ("cefazolin", ["penicillin"]),
        ("ciprofloxacin, NSAIDs", ["quinolone", "nsaid"]),
        ("E. coli protein", ["bacterial-protein"]),
        ("albumin", ["albumin"]),
        ("latex", []),
    ],
)
def test_allergies(shipped, text: str, expected: list[str]):
    assert [one.id for one in allergies_named(shipped, text)] == expected


def test_a_sentence_cites_every_document_once(shipped):
    (contrast,) = drugs_named(shipped, "contrast", ALONE)
    first, second = (source.cite() for source in contrast.sources)
    assert contrast.sentence() == f"Caution: {contrast.text} ({first}; {second})."


@pytest.mark.parametrize(
    "sign", [",", ";", "\n", "+", "/", "&", " and ", " with ", " AND ", " With "]
)
def test_a_drug_beside_a_known_one_is_left_for_a_person_whatever_stands_between(sign: str):
    """In capitals too: an unknown drug must not pass for known by its neighbour."""
    assert unmatched(f"penicillin{sign}latex", ("penicillin",)) == ("latex",)
    assert unmatched(f"LATEX{sign}PENICILLIN", ("penicillin",)) == ("LATEX",)


def test_a_name_inside_a_word_is_no_name():
    assert unmatched("sandalwood, withania", ("andal",)) == ("sandalwood", "withania")


def test_what_no_word_matches_is_left_for_a_person():
    assert unmatched("latex, penicillin; nuts", ("penicillin",)) == ("latex", "nuts")
    assert unmatched("", ("penicillin",)) == ()


ALLERGIES = ("penicillin", "e. coli", "nsaid", "albumin")


@pytest.mark.parametrize(("text", "left"), [
    # Without a separator: the words beside a known name are named all the same.
    ("penicillin latex", ("latex",)),
    ("latex penicillin", ("latex",)),
    ("Latex gloves PENICILLINS nuts", ("Latex gloves", "nuts")),
    ("penicillin penicillin", ()),
    # A name of two words is taken whole, and only whole.
    ("E. coli protein", ("protein",)),
    ("coli penicillin", ("coli",)),
    ("e. penicillin", ("e.",)),
    ("x e. coli, e. coli", ("x",)),
    # An ending belongs to its name; a second word behind a hyphen or a point does not.
    ("NSAIDs.", ()),
    ("penicillin: rash", ("rash",)),
    ("penicillin-latex", ("penicillin-latex",)),
    ("penicillin.latex", ("penicillin.latex",)),
    ("penicillin2", ("penicillin2",)),
    ("penicillin(latex)", ("latex",)),
    ("latex(gloves)", ("latex", "gloves")),
    # Amounts beside a name are nothing to judge; a part without a name is shown as typed.
    ("albumin 5 g 2.5mg", ()),
    ("albumin 20 ML 5MCG mcg mg", ()),
    ("albumin 20 %", ("%",)),
    ("albumin 5x", ("5x",)),
    ("warfarin 5 mg, albumin", ("warfarin 5 mg",)),
    ("no penicillin allergy", ("no", "allergy")),
])  # fmt: skip
def test_every_word_that_no_name_accounts_for_is_named(text, left):
    assert unmatched(text, ALLERGIES) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("alfa", ("alfa",)),
        ("alfa interferon", ("alfa interferon",)),
        ("Interferon Alfas.", ()),
        ("interferon alfa-2b", ("interferon alfa-2b",)),
        ("peg interferon alfa", ("peg",)),
        ("interferon interferon alfa", ("interferon",)),
    ],
)
def test_a_name_of_two_words_is_named_by_both_in_their_order(text: str, left: tuple[str, ...]):
    assert unmatched(text, ("interferon alfa",)) == left
