"""Printing a cycle sheet: made from the journal, journalled before it leaves, never from a screen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from il2desk.desk.chart import chart_of
from il2desk.desk.clock import moment_of, utc_text
from il2desk.desk.companion_sheet_rows import unsigned_companions
from il2desk.desk.cycle_sheet_facts import SheetCall, cycle_facts
from il2desk.desk.desk import Desk
from il2desk.desk.sheet_rows import unsigned_doses
from il2desk.desk.soundness import not_sound
from il2desk.desk.staff import names_of
from il2desk.dosing import Refusal, refuse, write_moment
from il2desk.records import Entry
from il2desk.sheets import (
    PageImage,
    SheetModel,
    SheetRefused,
    Stamp,
    compose_cycle_sheet,
    page_count,
    page_images,
    render,
)


@dataclass(frozen=True, slots=True)
class PreparedSheet:
    """A sheet as previewed: the bytes, their hash, and what must be known about it."""

    sheet_id: str
    subject: str
    cycle: str
    paper: str
    pdf: bytes
    sha256: str
    pages: int
    model: SheetModel
    issued_at: datetime
    data_as_of: datetime
    unsigned: tuple[int, ...]
    supersedes: str
    unsigned_companions: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """False while a record waits for a second person: the sheet says NOT VERIFIED."""
        return not self.unsigned and not self.unsigned_companions

    @property
    def unsigned_words(self) -> str:
        """What waits for a second person, such as "dose 1, 2; interferon alfa-2b, day 3"."""
        doses = ", ".join(str(number) for number in self.unsigned)
        return "; ".join((*([f"dose {doses}"] if doses else []), *self.unsigned_companions))


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


def prints_of(desk: Desk, cycle: str) -> tuple[PrintRecord, ...]:
    """All prints of a cycle's sheet, oldest first."""
    return tuple(
        PrintRecord(
            entry.body["sheet_id"], moment_of(entry.body["at"]), entry.body["saved_as"],
            entry.body["copy"], entry.body["paper"], entry.body["sha256"], entry.body["by"],
            entry.body["verified"],
        )
        for entry in desk.journal.entries(kind="sheet-printed", cycle=cycle)
    )  # fmt: skip


def prepare_cycle_sheet(
    desk: Desk, subject: str, cycle_id: str, paper: str | None = None
) -> PreparedSheet | Refusal:
    """The sheet of a cycle as the journal stands. Equal facts give equal bytes.

    The issue time is that of the newest entry of the patient, so a preview, a print and a reprint
    of the same facts are the same sheet.
    """
    unsound = not_sound(desk)
    if unsound is not None:
        return unsound
    chart = chart_of(desk, subject)
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(cycle_id)
    if cycle is None:
        return refuse("cycle", "No cycle is planned. Plan a cycle first.")
    site = desk.site
    chosen = paper or ("A4" if site is None else site.paper)
    newest = _newest(desk, subject)
    sheet_id = f"CYC-{cycle_id[:6]}-{newest.hash[:8]}".upper()
    prints = prints_of(desk, cycle_id)
    earlier = [one.sheet_id for one in prints if one.sheet_id != sheet_id]
    supersedes = earlier[-1] if earlier else ""
    # Who made the newest entry; whoever prints stands in the stamp of the copy.
    names = names_of(desk)
    call = SheetCall(
        sheet_id, str(newest.sequence), newest.hash[:12], newest.at,
        names.get(newest.actor, newest.actor), supersedes,
    )  # fmt: skip
    facts = cycle_facts(desk, chart, cycle, call)
    if isinstance(facts, Refusal):
        return facts
    try:
        model = compose_cycle_sheet(facts)
        pdf = render(model, chosen)
    except SheetRefused as refused:
        return Refusal("sheet", (refused.what, refused.do))
    return PreparedSheet(
        sheet_id, subject, cycle_id, chosen, pdf, hashlib.sha256(pdf).hexdigest(), page_count(pdf),
        model, newest.at, desk.clock.now(), unsigned_doses(cycle), supersedes,
        unsigned_companions(cycle),
    )  # fmt: skip


def _newest(desk: Desk, subject: str) -> Entry:
    """The newest entry of the patient that is not itself a print."""
    entries = [
        entry for entry in desk.journal.entries(subject=subject) if entry.kind != "sheet-printed"
    ]
    return entries[-1]


def record_print(
    desk: Desk, sheet: PreparedSheet, how: str, token: str
) -> tuple[Entry, bytes] | Refusal:
    """Journal a print ("print" or "file") and return its entry and the stamped bytes.

    Refused where the journal holds newer facts than the preview: it must be looked at again.
    """
    if desk.person is None:
        return refuse("not-signed-in", "Nobody is signed in. Sign in, then print.")
    newest = _newest(desk, sheet.subject)
    if f"CYC-{sheet.cycle[:6]}-{newest.hash[:8]}".upper() != sheet.sheet_id:
        return refuse(
            "stale",
            "Something was recorded after this preview was made. Look at the new preview, then print.",
        )
    stored = desk.stored_before(token, "sheet-printed", cycle=sheet.cycle)
    copies = [one for one in prints_of(desk, sheet.cycle) if one.sheet_id == sheet.sheet_id]
    copy = stored.body["copy"] if stored is not None else len(copies) + 1
    now = moment_of(stored.body["at"]) if stored is not None else desk.clock.now()
    stamp = Stamp(copy, write_moment(desk.local(now)), desk.person.name)
    stamped = render(sheet.model, sheet.paper, stamp)
    body = {
        "sheet": "cycle", "sheet_id": sheet.sheet_id, "paper": sheet.paper, "sha256": sheet.sha256,
        "copy": copy, "stamped_sha256": hashlib.sha256(stamped).hexdigest(),
        "supersedes": sheet.supersedes or None, "at": utc_text(now), "saved_as": how,
        "by": desk.person.name, "verified": sheet.verified,
    }  # fmt: skip
    entry = desk.append(
        "sheet-printed", body, subject=sheet.subject, cycle=sheet.cycle, form_token=token
    )
    return entry, stamped


def sheet_images(pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
    """The pages of a sheet as pictures (BGRX, rows from the top) for preview and printer."""
    return page_images(pdf, dpi)
