"""The facts of a qualification record: what a verification found, as finished strings."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.shared_facts import Marks, SheetIssue


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One thing that was looked at: its name, whether it is as it should be, what was found.

    `checked` is False where there was nothing to hold it against: then it is neither right nor wrong.
    """

    name: str
    ok: bool
    detail: str
    checked: bool = True


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
class CheckedFile:
    """A file by its path, its whole SHA-256, and whether it is as delivered: yes, no, or no list."""

    name: str
    sha256: str
    delivered: str


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A reference case that is not as expected: the cases it is one of and its number, what it asks, whose answer.

    `what` names the value in words; `expected` and `found` are that value with its unit.
    """

    case: str
    asked: str
    who: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class QualificationFacts:
    """Everything of a qualification record. `versions` and `journal` are pairs of name and value.

    `checked_at`, `checked_by`: when and by whom the verification was run, in words; `signer` is that
    person, empty for nobody. `computer` and `institution` are where; a pen writes what is empty.
    `wrong` are the wrong cases, `to_do` what follows; both empty where all is as it should be.
    """

    issue: SheetIssue
    marks: Marks
    passed: bool
    checked_at: str
    checked_by: str
    signer: str
    computer: str
    institution: str
    versions: tuple[tuple[str, str], ...]
    checks: tuple[CheckedPart, ...]
    cases: tuple[CaseCount, ...]
    wrong: tuple[WrongAnswer, ...]
    to_do: tuple[str, ...]
    without_case: tuple[str, ...]
    journal: tuple[tuple[str, str], ...]
    files: tuple[CheckedFile, ...]
