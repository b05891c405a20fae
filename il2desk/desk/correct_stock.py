"""Correcting a line of stock: a new line that names the old one, with a reason and two signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from il2desk.desk.chart import chart_of
from il2desk.desk.desk import Desk
from il2desk.desk.lots_taken import LOT_TAIL
from il2desk.desk.place import TwoSignatures
from il2desk.desk.stock_books import current_effects, stock_books
from il2desk.desk.stock_effects import DIFFERENCE, DISPENSED, RECEIVED, SENT, WITH_VIALS, Effect
from il2desk.desk.stock_lines import lot_key, place_words, vials_words
from il2desk.desk.stock_scan import scanned_refusal
from il2desk.desk.stock_signing import signed_refusal, stock_refusal
from il2desk.dosing import COUNT, Refusal, refuse, tell, write_date
from il2desk.records import Entry

_NO_LINE = ("stock-counted", "stock-corrected", "administration-amended")


@dataclass(frozen=True, slots=True)
class StockCorrection:
    """The corrected values of one line; None leaves a value as it is.

    `entry` is what the line came from and `line` which of its lots, counted from 0. `in_error`
    takes the whole line back.
    """

    entry: str
    reason: str
    line: int = 0
    vials: int | None = None
    lot: str | None = None
    expiry: date | None = None
    in_error: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction would change, as stored and as read, and what it does to the balance."""

    target: Entry
    effect: Effect
    changes: list[dict[str, str | None]]
    lines: list[dict[str, str | int]]
    follows: tuple[str, ...]


def correct_stock(
    desk: Desk, form: StockCorrection, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Store the correction; the line it corrects stays as it was written."""
    if (refusal := stock_refusal(desk)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "stock-corrected")) is not None:
        return stored
    found = review_stock_correction(desk, form)
    if isinstance(found, Refusal):
        return found
    if (refusal := signed_refusal(desk, signed)) is not None:
        return refusal
    target = found.target
    body = {
        **found.effect.record.body(), "line": form.line, "changes": found.changes,
        "lines": found.lines, "on": desk.now().date().isoformat(), "signatures": signed.body(),
    }  # fmt: skip
    if _was_discarded(desk, target):
        body["release_stands"] = False
    return desk.append(
        "stock-corrected", body, amends=target.id, reason=form.reason.strip(), form_token=token,
        subject=target.subject, cycle=target.cycle, dose_number=target.dose_number,
    )  # fmt: skip


def _was_discarded(desk: Desk, target: Entry) -> bool:
    """Whether the line is of a release that is the release of no dose any more."""
    if target.kind != "release-recorded" or target.subject is None or target.cycle is None:
        return False
    chart = chart_of(desk, target.subject)
    if isinstance(chart, Refusal) or target.dose_number is None:
        return False
    release = chart.cycles[target.cycle].doses[target.dose_number].release
    return release is None or release.entry != target.id


def review_stock_correction(desk: Desk, form: StockCorrection) -> Corrected | Refusal:
    """What the correction would change, or why it cannot be made; stores nothing."""
    target = desk.journal.entry(form.entry)
    mine = current_effects(desk).get(form.entry, [])
    if target is None or target.kind in _NO_LINE or not 0 <= form.line < len(mine):
        return refuse("no-line", "Choose a line that moved stock. A count is made anew instead.")
    old = mine[form.line]
    refusal = _refusal(desk, form, old)
    if refusal is not None:
        return refusal
    changes = _changes(form, old)
    if not changes:
        return refuse("unchanged", "Nothing differs from the line. Enter the corrected value.")
    new = old.corrected(changes)
    if (refusal := _books_refusal(desk, old, new)) is not None:
        return refusal
    return Corrected(target, old, changes, _lines(old, new), _follows(desk, old, new))


def _refusal(desk: Desk, form: StockCorrection, old: Effect) -> Refusal | None:
    if not form.reason.strip():
        return refuse("reason", "Enter the reason for the correction.")
    if old.voided:
        return refuse("in-error", "This line was taken back already. Enter what is missing anew.")
    if form.in_error:
        return _void_refusal(desk, old)
    if old.what not in WITH_VIALS or old.what == DIFFERENCE:
        return refuse("void-only", "This line can only be taken back as a whole.")
    if form.vials is not None and not COUNT.minimum <= form.vials <= COUNT.maximum:
        return refuse("vials", "Enter the number of vials, 1 to 999.")
    if form.lot is not None and (refusal := scanned_refusal(form.lot)) is not None:
        return refusal
    if form.lot is not None and len(form.lot.strip()) < LOT_TAIL:
        return refuse("lot", "Enter the whole lot number, at least 4 characters.")
    return None


def _books_refusal(desk: Desk, old: Effect, new: Effect) -> Refusal | None:
    """What the books cannot take: a lot with two expiries, returned vials that are fewer than none."""
    books = stock_books(desk)
    known = books.expiries.get((new.record, lot_key(new.lot)))
    if new.what == RECEIVED and old.of != new.of and known not in (None, new.expiry):
        return refuse(
            "lot-expiry",
            tell(
                "Lot {lot} is in the books with expiry {date}. Read the vial again; correct the expiry of this line together with its lot.",
                lot=new.lot,
                date=write_date(date.fromisoformat(str(known))),
            ),
        )
    stock = books.stocks.get(old.of)
    if stock is not None and old.of == new.of and stock.returned + new.returns - old.returns < 0:
        return refuse(
            "returned",
            "Of these returned vials some were destroyed or sent back. Correct that line first.",
        )
    return None


def _void_refusal(desk: Desk, old: Effect) -> Refusal | None:
    if old.what == DISPENSED and not _was_discarded(desk, old.entry):
        return refuse(
            "dispensed",
            tell(
                "These vials were taken for dose {dose_number}. Correct lot or number here, or the dose in its records.",
                dose_number=old.entry.dose_number,
            ),
        )
    if old.what == SENT and old.entry.id in stock_books(desk).arrived:
        return refuse("arrived", "This transfer arrived. Take the line of its arrival back first.")
    return None


def _changes(form: StockCorrection, old: Effect) -> list[dict[str, str | None]]:
    if form.in_error:
        return [_change("in_error", "false", "true", "recorded", "entered in error")]
    changes: list[dict[str, str | None]] = []
    if form.lot is not None and form.lot.strip() != old.lot:
        changes.append(_change("lot", old.lot, form.lot.strip()))
    if form.expiry is not None and form.expiry.isoformat() != old.expiry:
        new, was = form.expiry.isoformat(), old.expiry
        written = write_date(date.fromisoformat(was)) if was else "none"
        changes.append(_change("expiry", was, new, written, write_date(form.expiry)))
    if form.vials is not None and form.vials != old.vials:
        changes.append(_change("vials", str(old.vials), str(form.vials)))
    return changes


def _change(
    name: str, old: str, new: str, old_text: str = "", new_text: str = ""
) -> dict[str, str | None]:
    return {
        "field": name, "old": old, "new": new, "old_text": old_text or old,
        "new_text": new_text or new,
    }  # fmt: skip


def _lines(old: Effect, new: Effect) -> list[dict[str, str | int]]:
    """What the correction does to each lot, as the ledger will show it."""
    if old.of == new.of:
        moved = [(new, new.change - old.change)]
    else:
        moved = [(old, -old.change), (new, new.change)]
    return [
        {
            "what": old.what, "lot": one.lot, "expiry": one.expiry, "place": one.place,
            "change": change,
        }
        for one, change in moved
    ]  # fmt: skip


def _follows(desk: Desk, old: Effect, new: Effect) -> tuple[str, ...]:
    """What both people must know before they sign: balances that the books cannot have."""
    said: list[str] = []
    for line in _lines(old, new):
        stock = stock_books(desk).stock(old.record, str(line["lot"]), str(line["place"]))
        after = (0 if stock is None else stock.balance) + int(line["change"])
        lot = tell(
            "lot {lot} at {place_words}",
            lot=line["lot"],
            place_words=place_words(str(line["place"])),
        )
        if after < 0:
            said.append(
                tell(
                    "The books then hold {vials_words} of {lot}. Count it.",
                    vials_words=vials_words(after),
                    lot=lot,
                )
            )
        else:
            said.append(tell("The balance of {lot} is then {after}.", lot=lot, after=after))
    return tuple(said)
