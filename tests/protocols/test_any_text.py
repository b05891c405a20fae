"""Whatever text stands in a file, it is loaded whole or refused in sentences; nothing is raised.

A file that was cut, shuffled or filled with nonsense is still a file that somebody brings in.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from il2desk.dosing import Dose, DoseRequest, Refusal, derive_dose, differences, second_answer
from il2desk.paths import resource_dir
from il2desk.protocols import Bundle, Problems, check_file, load_protocol_text, problems_of_text

KINDS = ("products", "rulesets", "premedication", "companions", "definitions")
TEXTS = {
    f"{folder}/{path.stem}": path.read_text(encoding="utf-8")
    for folder in (*KINDS, "protocols")
    for path in sorted((resource_dir() / folder).glob("*.toml"))
}
PARTS = sorted(name for name in TEXTS if not name.startswith("protocols/"))
PROTOCOLS = sorted(name for name in TEXTS if name.startswith("protocols/"))
VALUE = re.compile(r'"[^"\n]*"|\b\d+\b|\btrue\b|\bfalse\b')
NONSENSE = st.sampled_from([
    *('"1"', '"8"', '"72000"', "2", "5"), '""', '"0"', '"-0"', '"-1"', '"NaN"', '"sNaN"', '"Infinity"', '"1e999999"', '"600,000"',
    '"600000 IU"', '"' + "9" * 400 + '"', '"0.' + "0" * 60 + '1"', '" "', '"\\u0000"', '"\\n"', "0",
    "-1", "10000000000000000000000", "1.5", "nan", "inf", "true", "[]", "[[]]", "{}", "[1, 1]",
    '["a", 1]', '{ value = "1" }', "2026-02-28", "07:00:00", "x", '"""', "", "#", "]", "\\", "\x00",
]) | st.text(max_size=8)  # fmt: skip


@st.composite
def damaged(draw, names: list[str]) -> tuple[str, str]:
    """The name and the text of a shipped file after one or two accidents."""
    name = draw(st.sampled_from(names))
    text = TEXTS[name]
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(
            st.sampled_from(["value", "value", "line away", "line twice", "swapped", "cut"])
        )
        lines = text.split("\n")
        at = draw(st.integers(0, max(0, len(lines) - 2)))
        if kind == "value":
            places = list(VALUE.finditer(text)) or [re.match("", text)]
            found = places[draw(st.integers(0, len(places) - 1))]
            assert found is not None
            text = text[: found.start()] + draw(NONSENSE) + text[found.end() :]
        elif kind == "cut":
            text = text[: draw(st.integers(0, len(text)))]
        else:
            taken = {
                "line away": [],
                "line twice": [lines[at]] * 2,
                "swapped": lines[at : at + 2][::-1],
            }
            upto = at + 2 if kind == "swapped" else at + 1
            text = "\n".join([*lines[:at], *taken[kind], *lines[upto:]])
    return name, text


def in_sentences(problems) -> bool:
    """Each problem names its file and says what to do, in one or more sentences."""
    return all(one.file and one.line >= 0 and one.text.endswith(".") for one in problems)


@settings(max_examples=300)
@given(damaged(PARTS))
@example(("rulesets/jitc-2014", ""))
@example(("rulesets/jitc-2014", "\x00"))
@example(("products/proleukin-us", "a = " + "[" * 5000))
def test_any_part_is_read_or_refused_in_sentences(drawn):
    assert in_sentences(problems_of_text(*drawn))


@pytest.mark.parametrize("name", [
    "premedication/high-dose-consensus", "products/proleukin-us", "rulesets/til-2024",
    "companions/interferon-alfa-2b", "definitions/npc-2001",
])  # fmt: skip
def test_each_line_that_is_lost_and_each_value_that_is_none(name):
    """Without chance: every line of one file of each kind is taken away, every value replaced."""
    text = TEXTS[name]
    assert problems_of_text(name, text) == ()
    lines = text.split("\n")
    damaged_texts = ["\n".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines))]
    for found in VALUE.finditer(text):
        damaged_texts += [
            text[: found.start()] + new + text[found.end() :] for new in ('"NaN"', "[1.5]")
        ]
    refused = 0
    for one in damaged_texts:
        problems = problems_of_text(name, one)
        assert in_sentences(problems)
        refused += bool(problems)
    assert refused > len(damaged_texts) / 2


@pytest.mark.parametrize(
    "text", ["", "\x00", "[", "a = " + "[" * 5000, "= 1", "format = 1", "\ufeff"]
)
def test_a_text_that_is_no_file_is_refused_as_every_kind(text):
    for name in ("", *(f"{kind}/x" for kind in KINDS)):
        problems = problems_of_text(name, text)
        assert problems
        assert in_sentences(problems)


@settings(max_examples=300)
@given(damaged(PROTOCOLS), st.sampled_from(["70", "45.5", "102.35"]), st.integers(1, 9))
def test_any_protocol_is_refused_or_gives_doses_on_which_both_engines_agree(
    catalogue, drawn, kg, count
):
    """Nothing half read is computed with: from the file to the dose there is no other way out."""
    name, text = drawn
    bundle = load_protocol_text(text, {}, catalogue, name)
    if isinstance(bundle, Problems):
        assert bundle.problems
        assert in_sentences(bundle.problems)
        return
    assert isinstance(bundle, Bundle)
    request = DoseRequest(
        bundle.protocol, bundle.product, (bundle.protocol.arms or (None,))[0], count, count, count,
        Decimal(kg), Decimal(175), measure_step_ml=Decimal("0.01"), vial_rule="withdrawable",
        companion_products=bundle.companion_products,
    )  # fmt: skip
    first, second = derive_dose(request), second_answer(request)
    assert isinstance(first, (Dose, Refusal))
    assert (second is None) is isinstance(first, Refusal)
    if isinstance(first, Dose):
        assert differences(first, second) == ()
        assert first.exact_dose_iu > 0


@settings(max_examples=150)
@given(
    st.binary(max_size=200)
    | damaged([*PARTS, *PROTOCOLS]).map(lambda two: two[1].encode("utf-8", "surrogatepass"))
)
def test_any_bytes_on_the_disk_are_looked_at_without_a_fault(catalogue, tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "brought.toml"
    path.write_bytes(content)
    check = check_file(path, catalogue)
    assert check.file == "brought.toml"
    assert in_sentences(check.problems)
