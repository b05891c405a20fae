"""The sheet of the run-out of one product, as of the newest entry of the journal."""

from __future__ import annotations

import json

from il2desk.desk.desk import Desk
from il2desk.desk.desk_at import desk_at
from il2desk.desk.for_paper import for_paper
from il2desk.desk.run_out import run_out_of
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.desk.stock_books import stock_books, stock_records
from il2desk.desk.stock_lines import StockRecord
from il2desk.desk.stock_sheet_scope import trial_of
from il2desk.dosing import Refusal, refuse, tell, write_moment
from il2desk.sheets import RUN_OUT_FORM, Marks, RunOutFacts, SignatureRow, compose_run_out


def run_outs_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """One for each protocol and product that stock is kept of: its `of`, and the same in words."""
    return tuple((_of(record), f"{record.protocol}: {record.product}") for record in _kept(desk))


def make_run_out(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The run-out of the request's record, counted from the moment of the newest entry."""
    record = next((one for one in _kept(desk) if _of(one) == request.of), None)
    if record is None:
        return refuse("record", "No stock of this product is kept here. Choose one of the list.")
    trial = trial_of(desk, record)
    facts = RunOutFacts(
        issue=call.issue(desk, *RUN_OUT_FORM),
        marks=Marks(practice=desk.practice),
        as_of=write_moment(desk.local(call.issued_at)),
        run_out=run_out_of(desk_at(desk, call.issued_at), record),
        signatures=(
            SignatureRow(tell("I compared the vials here with the shelf"), tell("pharmacist")),
        ),
        fingerprint=trial.fingerprint,
    )
    return Composed(compose_run_out(for_paper(facts)))


def _kept(desk: Desk) -> tuple[StockRecord, ...]:
    books = stock_books(desk)
    return tuple(record for record in stock_records(desk) if books.keeps(record))


def _of(record: StockRecord) -> str:
    return json.dumps([record.protocol, record.product], ensure_ascii=False)
