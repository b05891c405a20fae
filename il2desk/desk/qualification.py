"""The qualification record: from the verification that was run last, or beside the command line's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from il2desk import __version__
from il2desk.desk.clock import Clock
from il2desk.desk.code_words import shown
from il2desk.desk.delivered_files import FileState
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.replay_all import Check
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.verified import KeptVerification
from il2desk.desk.verify_installation import Verification, verification_answer
from il2desk.desk.verify_table import TableRow
from il2desk.desk.versions import versions
from il2desk.desk.wrong_cases import wrong_answer
from il2desk.dosing import Refusal, refuse, tell, write_moment, write_number, write_offset
from il2desk.sheets import (
    CaseCount,
    CheckedFile,
    CheckedPart,
    Marks,
    QualificationFacts,
    SheetIssue,
    SheetRefused,
    compose_qualification,
    render,
)
from il2desk.words import ENGLISH, speaking

FORM_CODE, FORM_VERSION = "QLF", "1"
_DISK, _FILES = "disk", "files"
_SHORT = 12
_AGAIN = tell("Check the installation on the page Installation, then print its record.")


@dataclass(frozen=True, slots=True)
class Run:
    """When a verification was run, by whom in words, and the person who signs for it, if any."""

    at: str
    by: str
    signer: str = ""


def qualifications_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The record of the verification that was run last; none before one was run."""
    kept = desk.verified
    if kept is None:
        return ()
    return ((kept.moment, tell("checked {moment}", moment=write_moment(desk.local(kept.at)))),)


def make_qualification(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The record of the verification of the request's moment, as it was found then."""
    kept = desk.verified
    if kept is None or request.of != kept.moment:
        return refuse(
            "not-verified", tell("That verification is not at hand any more. {again}", again=_AGAIN)
        )
    local = desk.local(kept.at)
    facts = qualification_facts(
        kept.found, call.issue(desk, FORM_CODE, FORM_VERSION),
        Run(f"{write_moment(local)} ({write_offset(local)})", kept.by, kept.signer),
        _journal(desk, kept), practice=desk.practice,
    )  # fmt: skip
    return Composed(compose_qualification(for_paper(facts)))


def _journal(desk: Desk, kept: KeptVerification) -> tuple[tuple[str, str], ...]:
    newest = kept.newest
    last = tell("none") if newest is None else f"{newest.sequence} {newest.hash}"
    return (
        (tell("Journal"), desk.journal.journal_id),
        (tell("Kind"), tell("practice") if desk.practice else tell("patients")),
        (tell("Entries then"), write_number(kept.entries)),
        (tell("Newest fact then"), last),
    )


def qualification_pdf(found: Verification, paper: str, clock: Clock) -> bytes | Refusal:
    """The record of a verification without an open journal, as PDF on "A4" or "Letter"."""
    now = clock.now()
    here = now.astimezone()
    told = {key: value for key, value in verification_answer(found).items() if key != "seconds"}
    told["computer"] = found.computer
    told["files"] = [(one.name, one.sha256, one.delivered) for one in found.files]
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    when = f"{write_moment(here)} ({write_offset(here)})"
    issue = SheetIssue(
        sheet_id=f"{FORM_CODE}-{digest[:_SHORT].upper()}", form_code=FORM_CODE,
        form_version=FORM_VERSION, program_version=__version__, entry=tell("none"),
        entry_hash=digest[:_SHORT], issued_at=write_moment(here),
        issued_utc=now.astimezone(UTC).strftime("%Y%m%d%H%M%S"), issued_by=tell("command line"),
        supersedes="", site_name=tell("Command line"),
    )  # fmt: skip
    facts = qualification_facts(found, issue, Run(when, "command line"), (), practice=False)
    try:
        with speaking(ENGLISH):  # no journal says which language the site's paper has
            return render(compose_qualification(for_paper(facts)), paper)
    except SheetRefused as refused:
        return Refusal("sheet", (refused.what, refused.do))


def qualification_facts(
    found: Verification,
    issue: SheetIssue,
    run: Run,
    journal: tuple[tuple[str, str], ...],
    *,
    practice: bool,
) -> QualificationFacts:
    """Everything the record shows. No time that something took is in it."""
    rows = found.replayed.rows
    return QualificationFacts(
        issue=issue, marks=Marks(practice=practice), passed=found.ok, checked_at=run.at,
        checked_by=run.by, signer=run.signer, computer=found.computer, institution=_institution(issue, journal),
        versions=versions(),
        checks=tuple(_part(one, found.files) for one in found.checks),
        cases=tuple(_case(row) for row in rows if row.cases),
        wrong=tuple(wrong_answer(case) for case in found.replayed.wrong), to_do=found.what_to_do,
        without_case=tuple(_named(row) for row in rows if not row.cases),
        journal=journal, files=tuple(_file(one) for one in found.files),
    )  # fmt: skip


def _part(check: Check, files: Iterable[FileState]) -> CheckedPart:
    """A check as the record shows it; files are not checked where no list of the delivered ones is."""
    listed = check.name != _FILES or all(one.delivered is not None for one in files)
    detail = _detail(check.name, check.detail, ok=check.ok)
    return CheckedPart(shown(check.name), check.ok, detail, checked=listed)


def _institution(issue: SheetIssue, journal: tuple[tuple[str, str], ...]) -> str:
    """The name of the site whose journal is open; without one a pen writes it."""
    return issue.site_name if journal else ""


def _file(one: FileState) -> CheckedFile:
    words = {True: tell("yes"), False: tell("no"), None: tell("no list")}
    return CheckedFile(one.name, one.sha256, words[one.delivered])


def _detail(name: str, detail: str, *, ok: bool) -> str:
    """What was found; of a disk with room that it has, for the room is another at every look."""
    return tell("room for the journal") if name == _DISK and ok else detail


def _named(row: TableRow) -> str:
    return tell("{kind} {name}", kind=shown(row.kind), name=shown(row.name))


def _case(row: TableRow) -> CaseCount:
    def of(count: int | None) -> str:
        return (
            tell("one engine")
            if count is None
            else tell("{count}\u00a0of\u00a0{cases}", count=count, cases=row.cases)
        )

    refused = (
        tell("{refused}\u00a0of\u00a0{refusals}", refused=row.refused, refusals=row.refusals)
        if row.refusals
        else tell("none asked")
    )
    return CaseCount(
        _named(row), str(row.cases), of(row.first), of(row.second), of(row.agree),
        refused, ok=row.ok,
    )  # fmt: skip
