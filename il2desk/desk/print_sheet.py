"""Printing a sheet: made from the journal, journalled before it leaves, never from a screen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from il2desk.desk.clock import moment_of, utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import sheet_language
from il2desk.desk.sheet_kinds import SHEETS
from il2desk.desk.sheet_request import SheetCall, SheetKind, SheetRequest, newest_first
from il2desk.desk.soundness import not_sound
from il2desk.desk.staff import names_of
from il2desk.dosing import Refusal, joined, refuse, tell, write_moment
from il2desk.records import Entry
from il2desk.sheets import (
    PageImage,
    SheetModel,
    SheetRefused,
    Stamp,
    page_count,
    page_image,
    page_images,
    render,
)
from il2desk.words import speaking

_HASH = 12  # digits of the newest entry's hash that the foot and the code carry


@dataclass(frozen=True, slots=True)
class ComposedSheet:
    """A sheet whose facts are gathered and whose strings are finished; not drawn yet.

    `unsigned` is what waits for a second person, in words.
    """

    request: SheetRequest
    sheet_id: str
    paper: str
    model: SheetModel
    issued_at: datetime
    data_as_of: datetime
    unsigned: tuple[str, ...]
    supersedes: str


@dataclass(frozen=True, slots=True)
class PreparedSheet:
    """A sheet as previewed: the bytes, their hash, and what must be known about it."""

    composed: ComposedSheet
    pdf: bytes
    sha256: str
    pages: int

    @property
    def request(self) -> SheetRequest:
        """Which sheet it is."""
        return self.composed.request

    @property
    def sheet_id(self) -> str:
        """The id that the sheet prints: another one as soon as a fact behind it changed."""
        return self.composed.sheet_id

    @property
    def paper(self) -> str:
        """A4 or Letter."""
        return self.composed.paper

    @property
    def supersedes(self) -> str:
        """The printed sheet that this one replaces; empty where there is none."""
        return self.composed.supersedes

    @property
    def verified(self) -> bool:
        """False while a record waits for a second person: the sheet says NOT VERIFIED."""
        return not self.composed.unsigned

    @property
    def unsigned_words(self) -> str:
        """What waits for a second person, such as "dose 1, 2; interferon alfa-2b, day 3"."""
        return joined("; ", self.composed.unsigned)


@dataclass(frozen=True, slots=True)
class PrintRecord:
    """A print of the journal: which sheet, how, by whom, when, which copy."""

    sheet_id: str
    at: datetime
    how: str
    copy: int
    paper: str
    sha256: str
    by: str
    verified: bool


def prints_of(desk: Desk, request: SheetRequest) -> tuple[PrintRecord, ...]:
    """All prints of a sheet in whatever state of its facts, oldest first."""
    entries = desk.journal.entries(
        kind="sheet-printed", subject=request.subject, cycle=request.cycle
    )
    kind = SHEETS[request.kind]
    return tuple(_print_record(one) for one in entries if kind.is_same(request_of(one), request))


def request_of(entry: Entry) -> SheetRequest:
    """Which sheet a print was of."""
    body = entry.body
    return SheetRequest(
        body["sheet"], entry.subject, entry.cycle, body.get("dose_number"), body.get("of") or ""
    )


def _print_record(entry: Entry) -> PrintRecord:
    body = entry.body
    return PrintRecord(
        body["sheet_id"], moment_of(body["at"]), body["saved_as"], body["copy"], body["paper"],
        body["sha256"], body["by"], body["verified"],
    )  # fmt: skip


def compose_sheet(
    desk: Desk, request: SheetRequest, paper: str | None = None
) -> ComposedSheet | Refusal:
    """The sheet of finished strings as the journal stands; quick, and nothing is drawn yet.

    The issue time is that of the newest entry behind its facts, so a preview, a print and a
    reprint of the same facts are the same sheet.
    """
    known = SHEETS.get(request.kind)
    if known is None or not known.when_unsound:
        unsound = not_sound(desk)
        if unsound is not None:
            return unsound
    called = _called(desk, request)
    if isinstance(called, Refusal):
        return called
    return _composed(desk, request, called, paper)


def _composed(
    desk: Desk, request: SheetRequest, called: tuple[SheetKind, SheetCall], paper: str | None
) -> ComposedSheet | Refusal:
    kind, call = called
    try:
        with speaking(sheet_language(desk)):
            made = kind.make(desk, request, call)
    except SheetRefused as refused:
        return Refusal("sheet", (refused.what, refused.do))
    if isinstance(made, Refusal):
        return made
    site = desk.site
    chosen = paper or ("A4" if site is None else site.paper)
    return ComposedSheet(
        request, call.sheet_id, chosen, made.model, call.issued_at, desk.clock.now(),
        made.unsigned, call.supersedes,
    )  # fmt: skip


def _called(desk: Desk, request: SheetRequest) -> tuple[SheetKind, SheetCall] | Refusal:
    kind = SHEETS.get(request.kind)
    if kind is None:
        return refuse(
            "sheet", tell("There is no sheet “{kind}”. Choose one of the list.", kind=request.kind)
        )
    newest = kind.newest(desk, request)
    if newest is None:
        if request.subject is not None:
            return refuse("unknown-patient", "This patient is not in the journal. Search again.")
        return refuse("nothing-to-print", "Nothing to print yet: the journal holds none of it.")
    sheet_id = kind.sheet_id(request, newest)
    earlier = [one.sheet_id for one in prints_of(desk, request) if one.sheet_id != sheet_id]
    # Issued by who made the newest entry; whoever prints stands in the stamp of the copy.
    return kind, _call_of(desk, sheet_id, newest, earlier[-1] if earlier else "")


def _call_of(desk: Desk, sheet_id: str, newest: Entry, supersedes: str) -> SheetCall:
    by = names_of(desk).get(newest.actor, newest.actor)
    return SheetCall(sheet_id, str(newest.sequence), newest.hash[:_HASH], newest.at, by, supersedes)


def compose_as_printed(desk: Desk, printed: Entry) -> ComposedSheet | Refusal:
    """The sheet of a print again, under its id, of the facts as they stand now.

    What was recorded since and changes no word of it leaves it as it was printed, to the byte.
    """
    request = request_of(printed)
    kind = SHEETS.get(request.kind)
    newest = _behind(desk, printed)
    if kind is None or newest is None:
        return refuse("sheet", "What the sheet was made of is not in this journal. Print it again.")
    call = replace(
        _call_of(desk, printed.body["sheet_id"], newest, printed.body["supersedes"] or ""),
        program_version=printed.program_version,
    )
    return _composed(desk, request, (kind, call), printed.body["paper"])


def _behind(desk: Desk, printed: Entry) -> Entry | None:
    """The entry a printed sheet leads back to; its id ends in the beginning of that entry's hash."""
    begins = str(printed.body["sheet_id"]).rsplit("-", 1)[-1].lower()
    earlier = newest_first(desk, printed.sequence)
    return next((one for one in earlier if one.hash.startswith(begins)), None)


def draw_sheet(composed: ComposedSheet) -> PreparedSheet | Refusal:
    """The composed sheet as PDF bytes. It asks the journal nothing: any thread may draw."""
    try:
        pdf = render(composed.model, composed.paper)
    except SheetRefused as refused:
        return Refusal("sheet", (refused.what, refused.do))
    return PreparedSheet(composed, pdf, hashlib.sha256(pdf).hexdigest(), page_count(pdf))


def prepare_sheet(
    desk: Desk, request: SheetRequest, paper: str | None = None
) -> PreparedSheet | Refusal:
    """The sheet as the journal stands, drawn. Equal facts give equal bytes."""
    composed = compose_sheet(desk, request, paper)
    return composed if isinstance(composed, Refusal) else draw_sheet(composed)


def prepare_cycle_sheet(
    desk: Desk, subject: str, cycle: str, paper: str | None = None
) -> PreparedSheet | Refusal:
    """The cycle sheet of a patient's cycle."""
    return prepare_sheet(desk, SheetRequest("cycle", subject, cycle), paper)


def record_print(
    desk: Desk, sheet: PreparedSheet, how: str, token: str
) -> tuple[Entry | None, bytes] | Refusal:
    """Journal a print ("print" or "file") and return its entry and the stamped bytes.

    A journal that is open to be read only names no copy: the entry is None and the stamp says so.
    Refused where the journal holds newer facts than the preview: it must be looked at again.
    """
    if desk.person is None:
        return refuse("not-signed-in", "Nobody is signed in. Sign in, then print.")
    request = sheet.request
    if desk.read_only and SHEETS[request.kind].on_roll:
        return refuse(
            "read-only",
            "This journal is open to be read: it cannot name a label, and no label is printed from "
            "it. Write it by hand.",
        )
    stored = desk.stored_before(token, "sheet-printed", cycle=request.cycle)
    if stored is None:
        # Composed again, and compared to the letter: whatever the facts rest on, what lapsed or
        # changed since the preview does not leave the program.
        again = compose_sheet(desk, request, sheet.paper)
        if isinstance(again, Refusal):
            return again
        if again.model != sheet.composed.model:
            return refuse(
                "stale",
                "Something was recorded after this preview was made. Look at the new preview, then "
                "print.",
            )
    copy = stored.body["copy"] if stored is not None else next_copy(desk, sheet.composed)
    now = moment_of(stored.body["at"]) if stored is not None else desk.clock.now()
    stamp = Stamp(copy, write_moment(desk.local(now)), desk.person.name)
    try:
        stamped = render(sheet.composed.model, sheet.paper, stamp)
    except SheetRefused as refused:
        return Refusal("sheet", (refused.what, refused.do))
    body = print_body(sheet, how, stamp, hashlib.sha256(stamped).hexdigest(), now)
    if desk.read_only:
        return None, stamped
    entry = desk.append(
        "sheet-printed", body, subject=request.subject, cycle=request.cycle, form_token=token
    )
    return entry, stamped


def next_copy(desk: Desk, sheet: ComposedSheet) -> int:
    """The number of the copy that would be made now, from 1; 0 where the journal cannot name it."""
    return copy_number(desk, sheet.request, sheet.sheet_id)


def copy_number(desk: Desk, request: SheetRequest, sheet_id: str) -> int:
    """The number of the next copy of a sheet by its id; 0 where the journal cannot name it."""
    if desk.read_only:
        return 0
    return 1 + sum(one.sheet_id == sheet_id for one in prints_of(desk, request))


def print_body(
    sheet: PreparedSheet, how: str, stamp: Stamp, stamped_sha256: str, at: datetime
) -> dict[str, Any]:
    """One print as its entry holds it: which sheet, which bytes, which copy, by whom, how."""
    request = sheet.request
    return {
        "sheet": request.kind, "sheet_id": sheet.sheet_id, "paper": sheet.paper,
        "sha256": sheet.sha256, "copy": stamp.copy, "stamped_sha256": stamped_sha256,
        "supersedes": sheet.supersedes or None, "at": utc_text(at), "saved_as": how,
        "by": stamp.printed_by, "verified": sheet.verified,
        **({} if request.dose is None else {"dose_number": request.dose}),
        **({"of": request.of} if request.of else {}),
    }  # fmt: skip


def sheet_images(pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
    """The pages of a sheet as pictures (BGRX, rows from the top) for preview and printer."""
    return page_images(pdf, dpi)


def sheet_image(pdf: bytes, at: int, dpi: int) -> PageImage:
    """One page of a sheet, the first being 0: a printer's resolution leaves room for one at a time."""
    return page_image(pdf, at, dpi)


def sheet_pages(pdf: bytes) -> int:
    """How many pages a sheet has."""
    return page_count(pdf)
