"""A wrong reference case in words: what was asked, what was expected, what was found."""

from __future__ import annotations

import ast
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from il2desk.desk.replay import NO_ANSWER, NOT_REFUSED
from il2desk.desk.verify_table import BOTH, FIRST, SECOND, WrongCase
from il2desk.dosing import joined, tell, write_number, write_quantity
from il2desk.sheets import WrongAnswer

_DIFFERS = re.compile(r"(\S+) is (.+), expected (.+)")
_ENGINES = re.compile(
    r"The two engines differ in the ([^:]+): the first has (.+?), the second (.+?)\. Nothing"
)
_UNITS = (
    ("_mcg_per_ml", tell("mcg per mL")), ("_ml_per_h", tell("mL per hour")), ("_percent", "percent"),
    ("_iu", tell("international units")), ("_ml", "mL"), ("_m2", "m2"), ("_kg", "kg"), ("_h", "hours"),
)  # fmt: skip
_ASKED_IN = {"weight": "kg", "dosing_weight_kg": "kg", "height": "cm", "measure_step": "mL"}


def wrong_answer(one: WrongCase) -> WrongAnswer:
    """The case as the record names it; a text that cannot be taken apart stands whole as found."""
    place = one.case.partition(":")[0].replace(".json", "").replace("_", " ")
    asked = ", ".join((one.name, *_asked(one.args)))
    what, expected, found = _compared(one)
    return WrongAnswer(place, asked, one.who, what, expected, found)


def _asked(args: Any) -> list[str]:  # noqa: ANN401 - a case as it was written
    words: list[str] = []
    for key, value in args.items():
        if isinstance(value, dict):
            words += _asked(value)
            continue
        name = key.removesuffix("_kg").replace("_", " ").replace("-", " ")
        words.append(f"{name} {_value(value, _ASKED_IN.get(key, ''))}")
    return words


def _compared(one: WrongCase) -> tuple[str, str, str]:
    answer = tell("the answer")
    if one.difference == NOT_REFUSED:
        return answer, tell("a refusal"), tell("an answer")
    if one.difference == NO_ANSWER:
        return answer, tell("an answer"), tell("no answer")
    match = _DIFFERS.fullmatch(one.difference)
    if match is not None:
        try:
            got, wanted = (ast.literal_eval(match[at]) for at in (2, 3))
        except (ValueError, SyntaxError):
            pass
        else:
            name, unit = _named(match[1])
            return name, *_apart(wanted, got, unit)
    if one.who == BOTH:
        return _of_both(one.difference)
    return answer, tell("as in the case"), one.difference


def _of_both(difference: str) -> tuple[str, str, str]:
    """Where the engines differ: each value of the first with that of the second, a line each."""
    same = tell("the same of both engines")
    differing = _ENGINES.findall(difference)
    if not differing:
        return tell("the answer"), same, difference
    named = len(differing) > 1
    lines = [
        tell(
            "{name}{engine} {value}", name=f"{name}, " if named else "", engine=engine, value=value
        )
        for name, first, second in differing
        for engine, value in ((FIRST, first), (SECOND, second))
    ]
    return ", ".join(name for name, _, _ in differing), same, joined("\n", lines)


def _named(field: str) -> tuple[str, str]:
    """The name of a field of an answer in words, and its unit in words."""
    unit = next(((end, words) for end, words in _UNITS if field.endswith(end)), ("", ""))
    name = field.removesuffix(unit[0]).replace(".", ", ").replace("_", " ")
    return name, unit[1]


def _apart(wanted: Any, got: Any, unit: str) -> tuple[str, str]:  # noqa: ANN401 - values of JSON
    """Both in words; to the letter, in quotation marks, where the words would be the same."""
    words = _value(wanted, unit), _value(got, unit)
    if words[0] != words[1]:
        return words
    return f"\u201c{wanted}\u201d ({_kind(wanted)})", f"\u201c{got}\u201d ({_kind(got)})"


def _kind(value: Any) -> str:  # noqa: ANN401 - a value of JSON
    return tell("text") if isinstance(value, str) else tell("number")


def _value(value: Any, unit: str) -> str:  # noqa: ANN401 - a value of JSON
    if value is None:
        return tell("nothing")
    if isinstance(value, bool):
        return tell("yes") if value else tell("no")
    if isinstance(value, list | tuple):
        return joined(", ", (_value(one, unit) for one in value)) or tell("nothing")
    try:
        number = Decimal(value)
    except (InvalidOperation, ValueError):
        return str(value).replace("_", " ")
    if not number.is_finite():
        return str(value)
    return write_quantity(number, unit) if unit else write_number(number)
