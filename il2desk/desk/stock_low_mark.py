"""The site's own number of vials below which stock is low; without it nothing is called low."""

from __future__ import annotations

from decimal import Decimal

from il2desk.desk.desk import Desk
from il2desk.desk.people import Signature
from il2desk.desk.place import first_refusal
from il2desk.desk.stock_books import stock_records
from il2desk.desk.stock_lines import StockRecord
from il2desk.desk.stock_signing import stock_refusal
from il2desk.dosing import COUNT, Refusal, refuse
from il2desk.records import Entry


def set_low_mark(
    desk: Desk, record: StockRecord, vials: int, first: Signature, token: str
) -> Entry | Refusal:
    """Store from how many vials on the site orders more (1 to 999); the last one stored counts."""
    if (refusal := stock_refusal(desk)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "stock-low-mark")) is not None:
        return stored
    if (refusal := first_refusal(desk, first)) is not None:
        return refusal
    if record not in stock_records(desk):
        return refuse("record", "Choose the protocol that the vials are kept for.")
    if not COUNT.takes(Decimal(vials)):
        return refuse("count", "Enter a number of vials, 1 to 999.")
    body = {**record.body(), "vials": vials, "signatures": [first.body()]}
    return desk.append("stock-low-mark", body, form_token=token)
