"""The facts of a qualification record: what a verification found, as finished strings."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.shared_facts import Marks, SheetIssue


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One thing that was looked at: its name, whether it is as it should be, what was found."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class CaseCount:
    """The reference cases of one protocol, rule set or policy; counts as "n of N".

    All but the name are "none" where there is no case, or what there is none of is said in words.
    """

    name: str
    cases: str
    first: str
    second: str
    agree: str
    refused: str
    ok: bool = True


@dataclass(frozen=True, slots=True)
class QualificationFacts:
    """Everything of a qualification record. `versions` and `hashes` are pairs of name and value.

    `checked_at`, `checked_by`: when and by whom the verification was run, in words. `wrong` names
    every wrong case in a sentence, `to_do` what follows; both empty where all is as it should be.
    """

    issue: SheetIssue
    marks: Marks
    passed: bool
    checked_at: str
    checked_by: str
    versions: tuple[tuple[str, str], ...]
    checks: tuple[CheckedPart, ...]
    cases: tuple[CaseCount, ...]
    wrong: tuple[str, ...]
    to_do: tuple[str, ...]
    without_case: tuple[str, ...]
    journal: tuple[tuple[str, str], ...]
    hashes: tuple[tuple[str, str], ...]
