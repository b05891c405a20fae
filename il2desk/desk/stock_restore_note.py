"""What a paper of the stock says after a restore, until the lots that lay there were counted."""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.desk.desk import Desk
from il2desk.desk.stock_books import stock_books
from il2desk.desk.stock_lines import LotStock
from il2desk.desk.stock_since_restore import Uncounted, uncounted_since_restore
from il2desk.dosing import joined, tell, write_date
from il2desk.records import Entry

RESTORED = "journal-restored"
_COUNTING = (RESTORED, "stock-counted", "stock-received")


def waits_since_restore(desk: Desk) -> Uncounted | None:
    """The last restore and the lots that nobody counted since; None where nothing waits."""
    if not desk.journal.entries(kind=RESTORED):
        return None
    found = [entry for kind in _COUNTING for entry in desk.journal.entries(kind=kind)]
    in_order = sorted(found, key=lambda entry: entry.sequence)
    return uncounted_since_restore(in_order, stock_books(desk))


def stock_restore_note(desk: Desk, here: Iterable[LotStock]) -> tuple[str, ...]:
    """The sentence of a sheet of these lots; nothing where no lot of the site waits for a count.

    It stands also where none of these lots waits: a receipt that was lost can be of any place.
    """
    waiting = waits_since_restore(desk)
    if waiting is None:
        return ()
    mine = {one.of for one in here}
    lots = joined(
        ", ", (tell("lot {lot}", lot=one.lot) for one in waiting.stocks if one.of in mine)
    )
    told = tell(
        "Receipts, corrections and other movements after that backup may be missing on this sheet."
    )
    parts: list[str] = [_restored(desk, waiting), told]
    if lots:
        parts.append(tell("Not counted since: {lots}.", lots=lots))
    return (joined(" ", parts),)


def form_restore_note(desk: Desk, entry: Entry) -> tuple[str, ...]:
    """The sentence of the form of one movement; nothing where it was entered after the restore."""
    waiting = waits_since_restore(desk)
    if waiting is None or waiting.restore.sequence < entry.sequence:
        return ()
    told = tell(
        "A correction of this entry, or what came of it after that backup, may be missing here."
    )
    return (joined(" ", (_restored(desk, waiting), told)),)


def _restored(desk: Desk, waiting: Uncounted) -> str:
    day = write_date(desk.local(waiting.restore.at).date())
    return tell("\u25b2 The journal was restored from a backup on {day}.", day=day)
