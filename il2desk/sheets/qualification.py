"""The qualification record: what a verification looked at, its result in words, and who answers for it."""

from __future__ import annotations

from il2desk.sheets.entries import Cell, cell, flowing, heading, labelled, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import Role
from il2desk.sheets.lettering import clean
from il2desk.sheets.model import Amount, Block, Pair, Section, SheetModel, write
from il2desk.sheets.qualification_facts import (
    CaseCount,
    CheckedPart,
    QualificationFacts,
    WrongAnswer,
)
from il2desk.sheets.shared_facts import SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, mark_words, pair
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

_PEN_LINE = "_" * 24


def compose_qualification(facts: QualificationFacts) -> SheetModel:
    """Return the record as finished strings.

    Raises SheetRefused, naming the fact, where nothing was looked at, where the result and what was
    found contradict each other, and where PASSED rests on no reference case or on no file.
    """
    _check_result(facts)
    title = say("Qualification record")
    return SheetModel(
        frame=make_site_frame(title, facts.issue, facts.marks, _lines(facts)),
        sections=(
            Section(parts=((_result(facts), *_to_do(facts)),)),
            *(flowing(part) for part in (_wrong(facts),) if part),
            flowing((*_checks(facts), *_pairs(say("Journal"), facts.journal))),
            Section(parts=(_pairs(say("Versions"), facts.versions),), together=True),
            flowing(_cases(facts)),
            flowing(_files(facts)),
            Section(parts=(signatures(_signers(facts)),), together=True, brings_end=True),
        ),
        watermark=mark_words(facts.marks),
        title=f"{title} \u2013 {clean(facts.checked_at, say('moment of the check'))}",
        author=clean(facts.issue.issued_by, say("issuer")),
        subject=say("Sheet {sheet}", sheet=facts.issue.sheet_id),
        language=facts.issue.language,
        written=facts.issue.issued_utc,
        upright=True,
    )


def _check_result(facts: QualificationFacts) -> None:
    """Raise SheetRefused where the result is not what was found."""
    again = say("Nothing was printed. Check the installation again, then print.")
    if not facts.checks:
        raise SheetRefused(say("Nothing was looked at."), again)
    if facts.passed != all(one.ok for one in facts.checks):
        raise SheetRefused(say("The result and the checks contradict each other."), again)
    if not facts.passed:
        return
    if not facts.cases:
        raise SheetRefused(say("PASSED would rest on no reference case."), again)
    if not facts.files:
        raise SheetRefused(say("PASSED would rest on no file of the program."), again)
    if facts.wrong or not all(one.ok for one in facts.cases):
        raise SheetRefused(say("PASSED and the reference cases contradict each other."), again)


def _lines(facts: QualificationFacts) -> tuple[tuple[Pair, ...], ...]:
    return (
        (
            pair(say("Computer"), facts.computer or _PEN_LINE),
            pair(say("Institution"), facts.institution or _PEN_LINE),
        ),
        (
            pair(say("Installation checked"), facts.checked_at),
            pair(say("By"), facts.checked_by),
        ),
    )


def _result(facts: QualificationFacts) -> Amount:
    """The result in words, 14 pt: nobody reads it off a colour or a tick."""
    words = _passed(facts)
    counted = _counted(facts.checks)
    limits = say(
        "The result speaks of the computer named above at that moment, and of nothing that was not "
        "looked at."
    )
    field = say("result")
    return Amount(
        write(say("Result"), Role.HEADING, field),
        write(words, Role.DOSE, field),
        (write(counted, Role.STRONG, field), write(limits, Role.BODY, field)),
    )


def _passed(facts: QualificationFacts) -> str:
    return say("PASSED") if facts.passed else say("NOT PASSED")


def _counted(checks: tuple[CheckedPart, ...]) -> str:
    """How many checks are right; what had nothing to be held against is not among them."""
    right = sum(one.ok and one.checked for one in checks)
    if left := sum(one.ok and not one.checked for one in checks):
        return say(
            "{right} of {all} checks are as they should be, {left} not checked.",
            right=right,
            all=len(checks),
            left=left,
        )
    return say("{right} of {all} checks are as they should be.", right=right, all=len(checks))


def _to_do(facts: QualificationFacts) -> tuple[Block, ...]:
    """What follows where something is wrong, and a line for whom was told of it."""
    if facts.passed:
        return ()
    told = labelled(say("Who was told, when"), "")
    if not facts.to_do:
        return (heading(say("What to do")), told)
    said = prose(*facts.to_do, role=Role.STRONG, field=say("what to do"))
    return (heading(say("What to do")), said, told)


def _wrong(facts: QualificationFacts) -> tuple[Block, ...]:
    if not facts.wrong:
        return ()
    titles = (
        (say("Case"), 46.0),
        (say("Who"), 18.0),
        (say("What"), 26.0),
        (say("Expected"), 48.0),
        (say("Found"), 48.0),
    )
    count = len({one.case for one in facts.wrong})
    return (
        heading(say("Wrong cases: {count}", count=count)),
        table(titles, tuple(_wrong_row(one) for one in facts.wrong)),
    )


def _wrong_row(one: WrongAnswer) -> tuple[Cell, ...]:
    field = say("wrong case, {case}", case=one.case)
    return (
        (*cell(one.case, field, Role.STRONG), *cell(one.asked, field)),
        cell(one.who, field),
        cell(one.what, field),
        cell(one.expected, field, Role.STRONG),
        cell(one.found, field, Role.STRONG),
    )


def _checks(facts: QualificationFacts) -> tuple[Block, ...]:
    titles = ((say("Check"), 34.0), (say("Result"), 26.0), (say("What was found"), 126.0))
    return (heading(say("Checks")), table(titles, tuple(_check(one) for one in facts.checks)))


def _check(one: CheckedPart) -> tuple[Cell, ...]:
    field = say("check, {name}", name=one.name)
    result = say("right") if one.checked else say("not checked")
    return (
        cell(one.name, field, Role.STRONG),
        cell(result if one.ok else say("WRONG"), field, Role.STRONG),
        cell(one.detail or say("nothing is told"), field),
    )


def _pairs(name: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    if not pairs:
        return ()
    return (heading(name), *(labelled(label, value) for label, value in pairs))


def _cases(facts: QualificationFacts) -> tuple[Block, ...]:
    name = say("Reference cases: how many are answered to the letter")
    if not facts.cases:
        return (heading(name), prose(say("No reference case was asked.")))
    titles = (
        (say("Protocol, rule set or policy"), 62.0),
        (say("Cases"), 16.0),
        (say("First engine"), 27.0),
        (say("Second engine"), 27.0),
        (say("Engines agree"), 27.0),
        (say("Refused as they must be"), 27.0),
    )
    more: tuple[Block, ...] = ()
    if facts.without_case:
        listed = say(
            "No reference case, so only the file was read: {names}.",
            names=", ".join(facts.without_case),
        )
        more = (prose(listed, field=say("without a case")),)
    return (heading(name), table(titles, tuple(_case(one) for one in facts.cases)), *more)


def _case(one: CaseCount) -> tuple[Cell, ...]:
    field = say("reference cases, {name}", name=one.name)
    mark = "" if one.ok else say("WRONG")
    return (
        (*cell(one.name, field, Role.STRONG), *cell(mark, field, Role.STRONG)),
        *(
            cell(count, field)
            for count in (one.cases, one.first, one.second, one.agree, one.refused)
        ),
    )


def _files(facts: QualificationFacts) -> tuple[Block, ...]:
    """Every file that came with the program, whole hash, and whether it is as delivered."""
    name = say("Files that came with the program")
    if not facts.files:
        return (heading(name), prose(say("No file was found.")))
    titles = ((say("File"), 52.0), (say("SHA-256"), 114.0), (say("As delivered"), 20.0))
    rows = tuple(
        (
            cell(one.name, say("file"), Role.FINE),
            cell(one.sha256, say("hash of {name}", name=one.name), Role.FINE),
            cell(one.delivered, say("file"), Role.STRONG),
        )
        for one in facts.files
    )
    note = say(
        "No list of the delivered files is part of this installation: compare these hashes with those "
        "of another installation of the same version."
    )
    is_listed = all(one.delivered != say("no list") for one in facts.files)
    return (heading(name), *(() if is_listed else (prose(note),)), table(titles, rows))


def _signers(facts: QualificationFacts) -> tuple[SignatureRow, ...]:
    reviewed = say("I reviewed this record; its result is {result}", result=_passed(facts))
    return (
        SignatureRow(say("I ran this verification on this computer"), say("who ran it"), facts.signer),
        SignatureRow(say("I look after this computer and this installation"), say("hospital IT")),
        SignatureRow(reviewed, say("pharmacist")),
        SignatureRow(reviewed, say("quality assurance")),
    )  # fmt: skip
