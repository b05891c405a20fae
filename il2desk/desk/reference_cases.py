"""The reference cases that came with the program: read exactly, one value a case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from il2desk import paths
from il2desk.dosing import tell

DOSES, VERDICTS, SCHEDULES = "dose_cases.json", "assess_cases.json", "schedule_cases.json"
FILES = (DOSES, VERDICTS, SCHEDULES)

_KINDS = {DOSES: "protocol", VERDICTS: "rule set", SCHEDULES: "policy"}
_NAMED_BY = {DOSES: "protocol", VERDICTS: "ruleset", SCHEDULES: "policy"}
_ASKED = {
    DOSES: ("args",),
    VERDICTS: ("dosing_weight_kg", "findings"),
    SCHEDULES: ("protocol", "arm", "start", "zone"),
}


class UnusableCasesError(Exception):
    """A file of cases is missing, damaged or empty."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its file and number (from 1), what it is about, and its data as written.

    `kind` is "protocol", "rule set" or "policy", `name` the id of that; the table has a row for each.
    """

    file: str
    number: int
    kind: str
    name: str
    data: dict[str, Any]

    @property
    def args(self) -> dict[str, Any]:
        """What the case asks."""
        asked = {key: self.data[key] for key in _ASKED[self.file] if key in self.data}
        return dict(asked["args"]) if self.file == DOSES else asked

    @property
    def in_words(self) -> str:
        """The case as a person would ask it on the command line."""
        options = " ".join(
            f"--{key.replace('_', '-')} {_typed(value)}" for key, value in self.args.items()
        )
        return tell(
            "{file}, case {number}: {name} {options}",
            file=self.file,
            number=self.number,
            name=self.name,
            options=options,
        ).strip()


def read_cases(file: str) -> tuple[Case, ...]:
    """The cases of a file; a number keeps the digits it was written with.

    Raises UnusableCasesError where the file is missing, no JSON, empty, or not a list of cases.
    """
    try:
        text = paths.resource("reference", file).read_text(encoding="utf-8")
        found = json.loads(text, parse_float=str, parse_constant=_no_constant)
        kind, named_by = _KINDS[file], _NAMED_BY[file]
        cases = tuple(
            Case(file, number, kind, data[named_by], data)
            for number, data in enumerate(found, start=1)
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableCasesError(unusable(file, error)) from error
    if not cases:
        raise UnusableCasesError(unusable(file, "no cases"))
    return cases


def unusable(file: str, why: Exception | str) -> str:
    """That a file of cases cannot be used, and what to do."""
    reason = why if isinstance(why, str) else type(why).__name__
    return tell(
        "{file} cannot be used ({reason}). Install the program again.", file=file, reason=reason
    )


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _typed(value: Any) -> str:  # noqa: ANN401 - a value of JSON
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
