"""The qualification record: what a verification looked at, its result in words, and who answers for it."""

from __future__ import annotations

from il2desk.sheets.entries import Cell, cell, heading, labelled, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import Role
from il2desk.sheets.lettering import clean
from il2desk.sheets.model import Amount, Block, Pair, Section, SheetModel, write
from il2desk.sheets.qualification_facts import CaseCount, CheckedPart, QualificationFacts
from il2desk.sheets.shared_facts import SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, mark_words, pair
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say


def compose_qualification(facts: QualificationFacts) -> SheetModel:
    """Return the record as finished strings.

    Raises SheetRefused, naming the fact, where nothing was looked at, or where the result and the
    checks contradict each other.
    """
    if not facts.checks:
        raise SheetRefused(
            say("Nothing was looked at."),
            say("Nothing was printed. Check the installation, then print."),
        )
    if facts.passed != all(one.ok for one in facts.checks):
        raise SheetRefused(
            say("The result and the checks contradict each other."),
            say("Nothing was printed. Check the installation again, then print."),
        )
    title = say("Qualification record")
    return SheetModel(
        frame=make_site_frame(title, facts.issue, facts.marks, _lines(facts)),
        sections=(
            Section(parts=((_result(facts), *_wrong(facts)),)),
            Section(parts=((*_checks(facts), *_pairs(say("Journal"), facts.journal)),)),
            Section(parts=(_pairs(say("Versions"), facts.versions),), together=True),
            Section(parts=(_cases(facts),)),
            Section(parts=(_hashes(facts),)),
            Section(parts=(signatures(_signers(facts)),), together=True),
        ),
        watermark=mark_words(facts.marks),
        title=f"{title} \u2013 {clean(facts.checked_at, say('moment of the check'))}",
        author=clean(facts.issue.issued_by, say("issuer")),
        subject=say("Sheet {sheet}", sheet=facts.issue.sheet_id),
        language=facts.issue.language,
        written=facts.issue.issued_utc,
        upright=True,
    )


def _lines(facts: QualificationFacts) -> tuple[tuple[Pair, ...], ...]:
    return (
        (
            pair(say("Installation checked"), facts.checked_at),
            pair(say("By"), facts.checked_by),
        ),
    )


def _result(facts: QualificationFacts) -> Amount:
    """The result in words, 14 pt: nobody reads it off a colour or a tick."""
    words = say("PASSED") if facts.passed else say("NOT PASSED")
    wrong = sum(not one.ok for one in facts.checks)
    counted = say(
        "{right} of {all} checks are as they should be.",
        right=len(facts.checks) - wrong, all=len(facts.checks),
    )  # fmt: skip
    limits = say(
        "The result speaks of this computer at that moment, and of nothing that was not looked at."
    )
    field = say("result")
    return Amount(
        write(say("Result"), Role.HEADING, field),
        write(words, Role.DOSE, field),
        (write(counted, Role.STRONG, field), write(limits, Role.BODY, field)),
    )


def _wrong(facts: QualificationFacts) -> tuple[Block, ...]:
    found: list[Block] = []
    if facts.to_do:
        found.append(heading(say("What to do")))
        found.append(prose(*facts.to_do, role=Role.STRONG, field=say("what to do")))
    if facts.wrong:
        found.append(heading(say("Wrong cases: {count}", count=len(facts.wrong))))
        found.append(prose(*facts.wrong, field=say("wrong case")))
    return tuple(found)


def _checks(facts: QualificationFacts) -> tuple[Block, ...]:
    titles = ((say("Check"), 34.0), (say("Result"), 26.0), (say("What was found"), 126.0))
    return (heading(say("Checks")), table(titles, tuple(_check(one) for one in facts.checks)))


def _check(one: CheckedPart) -> tuple[Cell, ...]:
    field = say("check, {name}", name=one.name)
    return (
        cell(one.name, field, Role.STRONG),
        cell(say("right") if one.ok else say("WRONG"), field, Role.STRONG),
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


def _hashes(facts: QualificationFacts) -> tuple[Block, ...]:
    """Every file that came with the program, whole hash: two installations compare by this list."""
    titles = ((say("File"), 66.0), (say("SHA-256"), 120.0))
    rows = tuple(
        (
            cell(name, say("file"), Role.FINE),
            cell(value, say("hash of {name}", name=name), Role.FINE),
        )
        for name, value in facts.hashes
    )
    if not rows:
        return (heading(say("Files")), prose(say("No file was found.")))
    return (heading(say("Files that came with the program")), table(titles, rows))


def _signers(facts: QualificationFacts) -> tuple[SignatureRow, ...]:
    return (
        SignatureRow(say("I ran this verification on this computer"), say("who ran it"), facts.checked_by),
        SignatureRow(say("I reviewed this record and its result"), say("quality assurance")),
    )  # fmt: skip
