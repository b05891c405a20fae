"""One reference case replayed: by both engines where there are two, to the letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from il2desk.desk.answers import dose_answer, schedule_answer
from il2desk.desk.reference_cases import DOSES, SCHEDULES, VERDICTS, Case
from il2desk.desk.second_form import second_form
from il2desk.desk.specimens import DoseQuestion, ask_schedule, ask_verdict, dose_request
from il2desk.dosing import (
    Dose,
    Raw,
    Refusal,
    SecondAnswer,
    derive_dose,
    differences,
    second_answer,
    tell,
)
from il2desk.protocols import Catalogue

NOT_REFUSED = "was not refused"
NO_ANSWER = "gave no answer"

_NOT_ASKED = ("unknown-protocol", "protocol")
"""Refusals that say nothing of a dose: the protocol is not there, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to. Each text says what differs and is empty where nothing does.

    `second` and `agree` are None where there is no second engine (verdicts and schedules).
    `refusal` says that the case must be refused, `refused` that it was.
    """

    case: Case
    first: str
    second: str | None = None
    agree: str | None = None
    refusal: bool = False
    refused: bool = False


def replay_case(catalogue: Catalogue, case: Case) -> Outcome:
    """The case asked anew and held against what it expects; KeyError where it is malformed."""
    return _REPLAYS[case.file](catalogue, case)


def _dose(catalogue: Catalogue, case: Case) -> Outcome:
    expected = dict(case.data["expect"])
    refusal = expected.pop("exit") != 0
    request = dose_request(catalogue, question_of(case))
    if isinstance(request, Refusal):  # before either engine is asked
        words = "" if refusal and request.code not in _NOT_ASKED else request.text
        return Outcome(case, words, words, "", refusal, refused=True)
    first, second = derive_dose(request), second_answer(request)
    if isinstance(first, Refusal):
        said = "" if refusal else first.text
    else:
        said = NOT_REFUSED if refusal else differing(dose_answer(first), expected)
    if second is None:
        own = "" if refusal else NO_ANSWER
    else:
        own = NOT_REFUSED if refusal else _second(second, expected)
    agree = _agreement(first, second)
    return Outcome(case, said, own, agree, refusal, refused=isinstance(first, Refusal))


def question_of(case: Case) -> DoseQuestion:
    """The question that a dose case asks."""
    options = {key.replace("-", "_"): str(value) for key, value in case.args.items()}
    return DoseQuestion(case.name, **options)


def _second(found: SecondAnswer, expected: dict[str, Any]) -> str:
    """The second engine's own answer against the expected fields that it works out."""
    answer = second_form(found)
    return differing(answer, _those(expected, answer))


def _those(expected: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _those(value, answer[key])
        if isinstance(value, dict) and isinstance(answer[key], dict)
        else value
        for key, value in expected.items()
        if key in answer
    }


def _agreement(first: Dose | Refusal, second: SecondAnswer | None) -> str:
    """Where the two engines differ, compared unrounded."""
    if isinstance(first, Refusal):
        return "" if second is None else "only the second engine answers"
    if second is None:
        return "only the first engine answers"
    return " ".join(differences(first, second))


def differing(answer: dict[str, Any], expected: dict[str, Any]) -> str:
    """The first field that is not as expected, to the letter and to the type; empty if none."""
    for key, value in expected.items():
        got = answer[key]
        if isinstance(value, dict) and isinstance(got, dict):
            inner = differing(got, value)
            if inner:
                return f"{key}.{inner}"
        elif got != value or type(got) is not type(value):
            return tell("{key} is {got!r}, expected {value!r}", key=key, got=got, value=value)
    return ""


def _verdict(catalogue: Catalogue, case: Case) -> Outcome:
    raw = {code: _raw(value) for code, value in case.data["findings"].items()}
    found = ask_verdict(catalogue, case.name, raw, case.data.get("dosing_weight_kg"))
    expected = {"verdict": case.data["verdict"], "missing": case.data["missing"]}
    if isinstance(found, Refusal):
        return Outcome(case, found.text)
    answer = {"verdict": found.verdict.value, "missing": list(found.missing)}
    return Outcome(case, differing(answer, expected))


def _raw(value: Any) -> Raw:  # noqa: ANN401 - a value of JSON
    if isinstance(value, list):
        return tuple(value)
    return value if isinstance(value, bool) else str(value)


def _schedule(catalogue: Catalogue, case: Case) -> Outcome:
    data = case.data
    found = ask_schedule(
        catalogue, data["protocol"], data.get("arm"), data["start"], data["zone"], case.name
    )
    if isinstance(found, Refusal):
        return Outcome(case, found.text)
    times = [dose["local"] for dose in schedule_answer(found)["doses"]]
    return Outcome(case, differing({"local": times}, {"local": data["local"]}))


_REPLAYS: dict[str, Callable[[Catalogue, Case], Outcome]] = {
    DOSES: _dose,
    VERDICTS: _verdict,
    SCHEDULES: _schedule,
}
