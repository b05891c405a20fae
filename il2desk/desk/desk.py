"""The desk: one open journal, the catalogue, the clock, and the person who is signed in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from il2desk import paths
from il2desk.desk.clock import Clock, SystemClock, machine_zone
from il2desk.desk.pin_tries import Tries
from il2desk.desk.roles import Act
from il2desk.desk.stock_fold import KeptBooks
from il2desk.dosing import Refusal, refuse, tell, write_offset
from il2desk.protocols import Bundle, Catalogue, load_catalogue
from il2desk.records import (
    Draft,
    Entry,
    Journal,
    JournalFault,
    JournalReader,
    Passphrase,
    open_journal,
    open_read_only,
)

if TYPE_CHECKING:
    from il2desk.desk.verified import KeptVerification

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign: staff id, printed name, role."""

    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Site:
    """The site of this journal: name, IANA time zone, paper ("A4" or "Letter"), language.

    `caution` is what the law of the site wants beside an investigational drug; empty where none is stored.
    """

    name: str
    zone: str
    paper: str
    language: str
    caution: str = ""


class Desk:
    """What every act works with. It holds no patient and no answer: those come from the journal."""

    def __init__(
        self, journal: Journal | JournalReader, catalogue: Catalogue, clock: Clock
    ) -> None:
        self.journal = journal
        self.catalogue = catalogue
        self.clock = clock
        self.person: Person | None = None
        self.bundles: dict[str, Bundle] = {}
        self.own_pin_due = ""  # who set the PIN of the person signed in, until they chose their own
        self.failed_tries: dict[str, Tries] = {}
        self.unsound: tuple[str, ...] = ()
        self.machine_zone = machine_zone()
        # What is not as it was written, in a journal that is opened to be read.
        self.altered: tuple[str, ...] = ()
        self.broken_at: int | None = None  # the entry at which a check found the chain broken
        self.backup_taken: datetime | None = None  # when, where a backup is open to be read
        self.verified: KeptVerification | None = None  # what was verified last, for its record
        self.stock: KeptBooks | None = None  # the stock up to an entry, folded once
        self._site: Site | None = None

    @property
    def practice(self) -> bool:
        """True on a practice journal: fictional patients, every page marked."""
        return self.journal.practice

    @property
    def read_only(self) -> bool:
        """True where the journal was opened for reading only."""
        return not isinstance(self.journal, Journal)

    @property
    def site(self) -> Site | None:
        """The site as last set up, or None before the first run is finished."""
        # It is asked for every time that is shown. Where another program may write, it is read anew.
        if self._site is None or self.read_only:
            self._site = self._read_site()
        return self._site

    def _read_site(self) -> Site | None:
        entries = self.journal.entries(kind="site-set-up")
        if not entries:
            return None
        body = entries[-1].body
        return Site(
            body["site"],
            body["zone"],
            body["paper"],
            body["language"],
            body.get("label_caution", ""),
        )

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone; UTC before the site is set up."""
        site = self.site
        return ZoneInfo(site.zone if site is not None else "UTC")

    def now(self) -> datetime:
        """The present moment in the site's zone."""
        return self.clock.now().astimezone(self.zone)

    def local(self, moment: datetime) -> datetime:
        """A moment in the site's zone."""
        return moment.astimezone(self.zone)

    def not_allowed(self, act: Act) -> Refusal | None:
        """Why the signed-in person may not do this, or None where they may."""
        if self.person is None:
            return refuse("not-signed-in", "Nobody is signed in. Sign in, then try again.")
        if self.own_pin_due:
            return refuse(
                "choose-pin",
                tell(
                    "{own_pin_due} set your PIN. Choose your own first, under People.",
                    own_pin_due=self.own_pin_due,
                ),
            )
        return act.refusal(self.person.role)

    def draft(self, kind: str, body: Mapping[str, Any], **where: str | int | None) -> Draft:
        """An entry to append, stamped with person, time, zone and offset."""
        draft = Draft(
            kind=kind,
            body=body,
            actor=self.person.id if self.person is not None else SYSTEM,
            at=self.clock.now(),
            zone=str(self.zone.key),
            local_offset=write_offset(self.now()),
        )
        return replace(draft, **where)  # type: ignore[arg-type]  # names and types of Draft's fields

    def stored_before(self, token: str, kind: str, **where: str | int | None) -> Entry | None:
        """The entry that this very form stored before, or None.

        A token of another form answers None: the act then goes on, and the journal refuses it.
        """
        entry = self.journal.by_form_token(token)
        if entry is None or entry.kind != kind:
            return None
        same = all(getattr(entry, name) == value for name, value in where.items())
        return entry if same else None

    def append(self, kind: str, body: Mapping[str, Any], **where: str | int | None) -> Entry:
        """Append one entry and return it once it is durable.

        Raises a JournalFault where the environment fails; nothing is half there then.
        """
        try:
            return self._writer().append(self.draft(kind, body, **where))
        finally:
            self._site = None  # afterwards: the draft itself asks for the zone

    def append_all(self, drafts: list[Draft]) -> tuple[Entry, ...]:
        """Append several entries in one transaction: all or none."""
        try:
            return self._writer().append_all(drafts)
        finally:
            self._site = None

    def _writer(self) -> Journal:
        if not isinstance(self.journal, Journal):
            msg = "This journal was opened for reading only."
            raise JournalFault(
                msg,
                "Nothing was recorded, and everything stored before is safe.",
                "Close it where it is open for writing, then start this program again.",
            )
        return self.journal

    def close(self) -> None:
        """Close the journal and let go of its lock."""
        self.journal.close()


def new_token() -> str:
    """A token born with a form, so that a second press stores nothing twice."""
    return uuid.uuid4().hex


def new_id() -> str:
    """An id for a subject, an order, a cycle or a staff member."""
    return uuid.uuid4().hex


def open_desk(
    path: Path | None = None,
    *,
    clock: Clock | None = None,
    create: bool = True,
    practice: bool = False,
    owner: str = "",
    passphrase: str | None = None,
) -> Desk:
    """Open the journal for work: the one at `path`, or this workstation's.

    `passphrase` opens an encrypted journal, and makes a new one encrypted.

    Raises the JournalFault that says what happened, what is safe and what to do.
    """
    chosen = path if path is not None else paths.journal_file()
    chosen.parent.mkdir(parents=True, exist_ok=True)
    journal = open_journal(
        chosen, create=create, practice=practice, owner=owner, passphrase=key_of(passphrase)
    )
    return Desk(journal, load_catalogue(paths.resource_dir()), clock or SystemClock())


def key_of(passphrase: str | None) -> Passphrase | None:
    """What was typed as the passphrase of a journal, in the form that no message shows."""
    return None if passphrase is None else Passphrase(passphrase)


def open_desk_to_read(
    path: Path, *, clock: Clock | None = None, passphrase: str | None = None
) -> Desk:
    """Open a journal for reading only; it works while another program holds it."""
    journal = open_read_only(path, key_of(passphrase))
    desk = Desk(journal, load_catalogue(paths.resource_dir()), clock or SystemClock())
    desk.altered = journal.check().problems
    return desk
