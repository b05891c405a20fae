"""Every reference case replayed, and the whole catalogue read: what a verification computes.

It opens no journal, so it may run beside the window; it can be told to stop.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from il2desk.desk.reference_cases import (
    DOSES,
    FILES,
    SCHEDULES,
    VERDICTS,
    Case,
    UnusableCasesError,
    read_cases,
    unusable,
)
from il2desk.desk.replay import Outcome, replay_case
from il2desk.desk.specimens import open_catalogue
from il2desk.desk.verify_table import TableRow, WrongCase, rows_of, wrong_of
from il2desk.dosing import tell
from il2desk.protocols import Catalogue, CatalogueFault

POLICIES = ("elapsed", "clock")
_MALFORMED = (KeyError, TypeError, AttributeError, ValueError)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, whether it is as it should be, and what was found."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: so many of so many, and what is looked at now."""

    done: int
    total: int
    what: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was found: checks, the table, every wrong case, and the seconds it took."""

    checks: tuple[Check, ...]
    rows: tuple[TableRow, ...]
    wrong: tuple[WrongCase, ...]
    seconds: Decimal

    @property
    def ok(self) -> bool:
        """True where every check is."""
        return all(check.ok for check in self.checks)


Tell = Callable[[Progress], object]


def replay_all(
    report: Tell = lambda _: None, stopped: Callable[[], bool] = lambda: False
) -> Replayed | None:
    """Read the whole catalogue anew and replay every reference case; None where it was stopped."""
    begin = time.perf_counter_ns()
    try:
        catalogue = open_catalogue()
        read, files = 0, catalogue.file_count()
        for name in catalogue.load():
            read += 1
            report(Progress(read, files, name))
            if stopped():
                return None
    except CatalogueFault as fault:
        return Replayed((Check("catalogue", ok=False, detail=str(fault)),), (), (), _since(begin))
    whole = _whole(len(catalogue.ids()), read)
    run = _Run(catalogue)
    for progress in run.all():
        report(progress)
        if stopped():
            return None
    known = {
        "protocol": catalogue.ids(),
        "rule set": catalogue.ids("rulesets"),
        "policy": POLICIES,
    }
    rows = rows_of(run.outcomes, known)
    checks = (Check("catalogue", ok=True, detail=whole), *run.checks())
    return Replayed(checks, rows, wrong_of(run.outcomes), _since(begin))


def _whole(protocols: int, files: int) -> str:
    return tell(
        "{protocols} protocols load whole, {files} files in all", protocols=protocols, files=files
    )


def _since(begin: int) -> Decimal:
    """Seconds since then, to hundredths."""
    hundredths = (time.perf_counter_ns() - begin + 5_000_000) // 10_000_000
    return Decimal(hundredths).scaleb(-2)


class _Run:
    """The cases of all files, one after the other, and what came of them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.outcomes: list[Outcome] = []
        self._unusable: dict[str, str] = {}
        self._cases: list[Case] = []
        for file in FILES:
            try:
                self._cases.extend(read_cases(file))
            except UnusableCasesError as error:
                self._unusable[file] = str(error)

    def all(self) -> Iterator[Progress]:
        """Replay every case; a file with a malformed case is unusable as a whole."""
        total = len(self._cases)
        for done, case in enumerate(self._cases, start=1):
            if case.file not in self._unusable:
                try:
                    self.outcomes.append(replay_case(self._catalogue, case))
                except _MALFORMED as error:
                    self._unusable[case.file] = unusable(case.file, error)
            yield Progress(done, total, f"{case.kind} {case.name}")

    def checks(self) -> tuple[Check, ...]:
        """A check for the engines and for each file of cases."""
        return (
            self._check(tell("engines agree"), DOSES, lambda one: not one.agree, digits=True),
            self._check(tell("dose cases"), DOSES, lambda one: not one.first and not one.second),
            self._check(tell("assessment cases"), VERDICTS, lambda one: not one.first),
            self._check(tell("schedule cases"), SCHEDULES, lambda one: not one.first),
        )

    def _check(
        self, name: str, file: str, right: Callable[[Outcome], bool], *, digits: bool = False
    ) -> Check:
        if file in self._unusable:
            return Check(name, ok=False, detail=self._unusable[file])
        mine = [one for one in self.outcomes if one.case.file == file]
        good = sum(right(one) for one in mine)
        told = (
            tell("{good} of {cases} cases agree to the last digit", good=good, cases=len(mine))
            if digits
            else tell("{good} of {cases} cases match to the letter", good=good, cases=len(mine))
        )
        return Check(name, good == len(mine) > 0, told)
