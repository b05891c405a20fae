"""Which sheet is wanted, and what a maker of sheets is told and gives back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from il2desk import __version__
from il2desk.desk.chart import CycleChart
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import sheet_language
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.dosing import Refusal, write_moment
from il2desk.records import Entry
from il2desk.sheets import SheetIssue, SheetModel

_SCOPE = 6  # digits of a cycle's or another thing's id in the id of a sheet
_BATCH = 64  # entries read at once from the end
_OF_EVERYBODY = ("site-set-up", "journal-restored")
"""Kinds that change every patient's sheets: name and zone of the site, entries that may be missing."""
_OF_NO_FACT = (
    "sheet-printed", "audit-exported", "backup-folder-named", "encryption-changed",
    "pin-changed", "pin-paused", "pin-resumed", "pin-set",
)  # fmt: skip
_NEWEST = 8  # digits of the newest entry's hash in the id of a sheet


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """A sheet by its kind and by what it is of; what the kind does not need stays empty.

    `of` names anything that is neither patient, cycle nor dose: an entry, a stock record with its
    place, a protocol. Two equal requests are the same sheet, whose later print replaces the earlier.
    """

    kind: str
    subject: str | None = None
    cycle: str | None = None
    dose: int | None = None
    of: str = ""

    @property
    def scope(self) -> str:
        """What the sheet is of, short, for its id."""
        parts = [self.cycle[:_SCOPE] if self.cycle else ""]
        parts.append(f"{self.dose:02d}" if self.dose is not None else "")
        whole = self.of or (self.subject or "" if not self.cycle else "")
        parts.append(hashlib.sha256(whole.encode()).hexdigest()[:_SCOPE] if whole else "")
        return "-".join(part for part in parts if part) or "SITE"


@dataclass(frozen=True, slots=True)
class SheetCall:
    """Which sheet is made: its id, the entry it leads back to, when, by whom, what it replaces.

    `program_version` is given when a printed sheet is made again to be compared; else it is this one.
    """

    sheet_id: str
    entry: str
    entry_hash: str
    issued_at: datetime
    issued_by: str
    supersedes: str
    program_version: str = ""

    def issue(self, desk: Desk, form_code: str, form_version: str) -> SheetIssue:
        """The call as every sheet prints it in its foot."""
        site = desk.site
        return SheetIssue(
            sheet_id=self.sheet_id, form_code=form_code, form_version=form_version,
            program_version=self.program_version or __version__, entry=self.entry, entry_hash=self.entry_hash,
            issued_at=write_moment(desk.local(self.issued_at)),
            issued_utc=self.issued_at.strftime("%Y%m%d%H%M%S"), issued_by=self.issued_by,
            supersedes=self.supersedes, site_name="" if site is None else site.name,
            language=sheet_language(desk),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Composed:
    """A sheet of finished strings, and what on it waits for a second person, in words."""

    model: SheetModel
    unsigned: tuple[str, ...] = ()


Maker = Callable[[Desk, SheetRequest, SheetCall], Composed | Refusal]
Newest = Callable[[Desk, SheetRequest], Entry | None]


def always(*_: object) -> bool:
    """Every cycle, or every dose, has such a sheet."""
    return True


def nothing(_: Desk) -> tuple[tuple[str, str], ...]:
    """There is none of the site."""
    return ()


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of sheet: the start of its ids, its title, what it needs to know, who makes it.

    `newest` gives the newest entry that its facts rest on; None where there is nothing to print.
    `fits` says whether a cycle has such a sheet, `of_dose` whether a dose has; `of_site` lists
    what else there is one of: the request's `of`, and the same in words. `when_unsound`: it is
    printed also where the installation or the journal is not as it should be, for it says so.
    `by_moment`: `of` names a moment, and the sheet of a later one replaces that of an earlier.
    """

    kind: str
    code: str
    title: str
    make: Maker
    newest: Newest
    needs_cycle: bool = False
    needs_dose: bool = False
    fits: Callable[[Desk, CycleChart], bool] = always
    of_dose: Callable[[DoseRecords], bool] = always
    of_site: Callable[[Desk], tuple[tuple[str, str], ...]] = nothing
    on_roll: bool = False
    when_unsound: bool = False
    by_moment: bool = False

    def is_same(self, one: SheetRequest, other: SheetRequest) -> bool:
        """Whether a later print of the one replaces an earlier print of the other."""
        if self.by_moment:
            one, other = replace(one, of=""), replace(other, of="")
        return one == other

    def sheet_id(self, request: SheetRequest, newest: Entry) -> str:
        """The id of the sheet: another one as soon as a fact behind it changed."""
        return f"{self.code}-{request.scope}-{newest.hash[:_NEWEST]}".upper()


def newest_of_patient(desk: Desk, request: SheetRequest) -> Entry | None:
    """The newest entry that the sheet of a patient rests on: of the patient, of the site, a restore.

    None where the patient is not in the journal. A print is no fact.
    """
    entries = [
        entry
        for entry in desk.journal.entries(subject=request.subject)
        if entry.kind != "sheet-printed"
    ]
    if not entries:
        return None
    return or_of_everybody(desk, entries[-1])


def or_of_everybody(desk: Desk, newest: Entry) -> Entry:
    """That entry, or a newer one of those that change the sheets of every patient."""
    beside = (entry for kind in _OF_EVERYBODY for entry in desk.journal.entries(kind=kind)[-1:])
    return max((newest, *beside), key=lambda entry: entry.sequence)


def newest_of_journal(desk: Desk, _: SheetRequest) -> Entry | None:
    """The newest entry of anybody that changed a fact: no print, no PIN, no folder of backups."""
    return next((one for one in newest_first(desk) if one.kind not in _OF_NO_FACT), None)


def newest_first(desk: Desk, through: int | None = None) -> Iterator[Entry]:
    """Every entry, or those up to that sequence, read from the end of the journal, a few at a time."""
    end = desk.journal.head().sequence if through is None else through
    many = _BATCH
    while end > 0:
        begin = max(end - many, 0)
        yield from reversed(desk.journal.entries(after=begin, through=end))
        end, many = begin, many * 2
