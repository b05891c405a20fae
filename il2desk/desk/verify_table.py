"""The table of a verification: one row a protocol, rule set or policy, and every wrong case by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from il2desk.desk.replay import Outcome
from il2desk.dosing import tell

FIRST, SECOND, BOTH = tell("first engine"), tell("second engine"), tell("engines")


@dataclass(frozen=True, slots=True)
class TableRow:
    """Counts of the cases of one protocol, rule set or policy.

    `first` and `second` are the cases that an engine answers to the letter; `agree` those in which
    the engines say the same, unrounded. `second` and `agree` are None where there is one engine.
    `refusals` must be refused, `refused` of them were.
    """

    kind: str
    name: str
    cases: int
    first: int
    second: int | None
    agree: int | None
    refusals: int
    refused: int

    @property
    def ok(self) -> bool:
        """True where every count is full; a row without a case claims nothing and is no fault."""
        full = all(count in (None, self.cases) for count in (self.first, self.second, self.agree))
        return full and self.refused == self.refusals


@dataclass(frozen=True, slots=True)
class WrongCase:
    """A case that is not as expected: who is wrong, and which field differs how."""

    case: str
    kind: str
    name: str
    args: Mapping[str, Any]
    who: str
    difference: str

    @property
    def sentence(self) -> str:
        """The case, who, and the difference."""
        return tell(
            "{case}: {who}: {difference}", case=self.case, who=self.who, difference=self.difference
        )


def rows_of(
    outcomes: Iterable[Outcome], known: Mapping[str, tuple[str, ...]]
) -> tuple[TableRow, ...]:
    """A row for everything `known` by kind, also without a case, and for whatever else was asked."""
    groups: dict[tuple[str, str], list[Outcome]] = {
        (kind, name): [] for kind, names in known.items() for name in names
    }
    for outcome in outcomes:
        groups.setdefault((outcome.case.kind, outcome.case.name), []).append(outcome)
    return tuple(_row(kind, name, group) for (kind, name), group in groups.items())


def _row(kind: str, name: str, group: list[Outcome]) -> TableRow:
    two_engines = kind == "protocol"
    return TableRow(
        kind=kind,
        name=name,
        cases=len(group),
        first=sum(not one.first for one in group),
        second=sum(one.second == "" for one in group) if two_engines else None,
        agree=sum(one.agree == "" for one in group) if two_engines else None,
        refusals=sum(one.refusal for one in group),
        refused=sum(one.refusal and one.refused for one in group),
    )


def wrong_of(outcomes: Iterable[Outcome]) -> tuple[WrongCase, ...]:
    """Everything that is not as expected, in the order of the cases."""
    return tuple(
        WrongCase(one.case.in_words, one.case.kind, one.case.name, one.case.args, who, text)
        for one in outcomes
        for who, text in ((FIRST, one.first), (SECOND, one.second), (BOTH, one.agree))
        if text
    )


def table_text(rows: Iterable[TableRow]) -> str:
    """The table for a terminal; a dash where there is no second engine, or nothing to refuse."""
    heads = ("", "cases", "first engine", "second engine", "agree", "refused")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(row: TableRow) -> tuple[str, ...]:
    name = f"{row.kind} {row.name}"
    if row.cases == 0:
        return (name, "none", "", "", "", "")
    engines = ("-" if count is None else str(count) for count in (row.first, row.second, row.agree))
    refused = (
        tell("{refused} of {refusals}", refused=row.refused, refusals=row.refusals)
        if row.refusals
        else "-"
    )
    return (name, str(row.cases), *engines, refused)
