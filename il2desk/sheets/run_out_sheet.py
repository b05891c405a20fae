"""The sheet "Stock run-out": vials over days, and under the picture every dose and lot behind it."""

from __future__ import annotations

from il2desk.sheets.entries import cell, flowing, heading, lot_words, prose, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Section, SheetModel, Text, write
from il2desk.sheets.plot import Moment, Panel, Plot, Stairs
from il2desk.sheets.run_out_facts import RunOut, RunOutFacts
from il2desk.sheets.sheet_frame import make_site_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

_HIGH = 130.0  # points
_NONE = "\u2013"  # a cell with nothing in it would ask for a pen


def compose_run_out(facts: RunOutFacts) -> SheetModel:
    """Return the sheet as finished strings; SheetRefused as write."""
    one = facts.run_out
    lines = (
        (pair(say("Protocol"), one.protocol), pair(say("Product"), one.product)),
        (pair(say("Institution"), facts.issue.site_name), pair(say("As of"), facts.as_of)),
    )
    frame = make_site_frame(
        say("Stock run-out"), facts.issue, facts.marks, lines, facts.fingerprint
    )
    parts = (
        (prose(one.verdict, role=Role.STRONG, field=say("run-out")), run_out_plot(one)),
        (prose(*one.notes, field=say("what is not known")),) if one.notes else (),
        _lots(one),
        _needs(one),
    )
    return sheet_of(
        frame,
        facts.issue,
        facts.marks,
        (
            *(flowing(part) for part in parts if part),
            Section(parts=(signatures(facts.signatures),), together=True, brings_end=True),
        ),
        about=one.protocol,
    )


def run_out_plots(records: tuple[RunOut, ...]) -> tuple[Plot, ...]:
    """Return a picture for each record, for a window that shows the numbers in its own table."""
    return tuple(run_out_plot(one) for one in records)


def run_out_plot(one: RunOut) -> Plot:
    """Return the vials over days, each expiry and the day of the run-out marked by words."""
    words = write(
        say("Vials that may be taken: {protocol}, {product}", protocol=one.protocol,
            product=one.product),
        Role.STRONG, say("run-out"),
    )  # fmt: skip
    if len(one.level) < 2 and not one.needs:  # noqa: PLR2004 - a level alone is no picture
        empty = _fine(say("No dose is planned that needs this product."))
        return Plot(
            one.axis.long,
            _moments(one.axis.days),
            (Panel(words, say("vials"), _HIGH, empty=empty),),
        )
    left = one.level[-1][1]
    count = say("1 vial") if left == 1 else say("{count} vials", count=left)
    stairs = (Stairs((*one.level, (one.axis.long, left)), _fine(say("left {vials}", vials=count))),)
    panel = Panel(words, say("vials"), _HIGH, stairs=stairs, from_zero=True)
    return Plot(one.axis.long, _moments(one.axis.days), (panel,), _turns(one))


def _moments(told: tuple[tuple[int, str], ...]) -> tuple[Moment, ...]:
    return tuple(Moment(at, _fine(words)) for at, words in told)


def _fine(words: str) -> Text:
    return write(words, Role.FINE, say("run-out"))


def _turns(one: RunOut) -> tuple[Moment, ...]:
    """The run-out first, then the end of every lot, by time."""
    lots = [
        (lot.ends, say("lot {lot} expires {day}", lot=lot.lot, day=lot.expiry))
        for lot in one.lots
        if lot.ends is not None and lot.vials
    ]
    out = [] if one.runs_out is None else [(one.runs_out, say("runs out"))]
    return _moments(tuple(out + sorted(lots)))


def _lots(one: RunOut) -> tuple[Block, ...]:
    titles = (
        (say("Lot"), 40.0), (say("Place"), 40.0), (say("Vials that may be taken"), 40.0),
        (say("Expiry"), 36.0), (say("State"), 70.0), (say("Unused at expiry"), 40.0),
    )  # fmt: skip
    rows = tuple(
        tuple(
            cell(words or _NONE, say("lot {lot}", lot=lot.lot))
            for words in (
                lot_words(lot.lot), lot.place, _vials(lot.vials), lot.expiry, lot.state,
                _vials(lot.left_over) if lot.left_over else "",
            )
        )
        for lot in one.lots
    )  # fmt: skip
    if not rows:
        return (heading(say("Lots")), prose(say("No lot of this product was received.")))
    return (heading(say("Lots")), table(titles, rows, grid=True))


def _needs(one: RunOut) -> tuple[Block, ...]:
    titles = (
        (say("Due"), 40.0), (say("Trial No."), 34.0), (say("Dose"), 60.0), (say("Needs"), 34.0),
        (say("Left after it"), 34.0), (say("Why not known"), 74.0),
    )  # fmt: skip
    rows = tuple(
        tuple(
            cell(words or _NONE, say("planned dose"), Role.STRONG if need.short else Role.BODY)
            for words in (
                need.when, need.patient, need.dose,
                _vials(need.vials) if need.vials else say("not known"), need.left, need.why,
            )
        )
        for need in one.needs
    )  # fmt: skip
    if not rows:
        return (
            heading(say("Planned doses")),
            prose(say("No dose is planned that needs this product.")),
        )
    return (heading(say("Planned doses")), table(titles, rows, grid=True))


def _vials(count: int) -> str:
    return say("1 vial") if count == 1 else say("{count} vials", count=count)
