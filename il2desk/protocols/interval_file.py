"""The times between cycles, to the evaluation and to the next course, into `Interval`s."""

from __future__ import annotations

from il2desk.dosing import EVENTS, LEADS_TO, Evidence, Interval, tell
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.table import Table


def read_intervals(root: Table, gaps: GapList) -> tuple[Interval, ...]:
    """The intervals of a protocol, in the order of the file; what each counts from may be a gap."""
    return tuple(_interval(name, row, gaps) for name, row in root.rows("intervals"))


def _interval(name: str, row: Table, gaps: GapList) -> Interval:
    counted = row.word("counted_from", EVENTS) if "counted_from" in row else None
    field = f"{row.field}.counted_from"
    gaps.require(field, row, "counted_from", filled=counted is not None, blocks=("activation",))
    least = row.whole("least_days") or 1
    most = row.whole("most_days", required=False)
    if most is not None and most < least:
        row.problem(
            "most_days",
            tell("the time ends at {most} days, before its start {least}.", most=most, least=least),
        )
    interval = Interval(
        id=name,
        label=row.text("label"),
        leads_to=row.word("leads_to", LEADS_TO),
        counted_from=counted,
        least_days=least,
        most_days=most,
        source=row.source(),
        after_cycles=_after_cycles(row),
    )
    row.close()
    if interval.source.evidence is Evidence.UNCONFIRMED and interval.source.document:
        text = tell("a time marked unconfirmed gives no date. Confirm it, or write it under facts.")
        row.problem("source", text)
    return interval


def _after_cycles(row: Table) -> tuple[int, int] | None:
    """The first and the last cycle that the interval follows; left out, it follows every cycle."""
    if "after_cycles" not in row:
        return None
    written = row.wholes("after_cycles")
    ends = written * 2 if len(written) == 1 else written
    if len(ends) != 2 or not 1 <= ends[0] <= ends[1]:  # noqa: PLR2004 - from and to
        row.problem(
            "after_cycles", tell("write the first and the last cycle, as [1, 3], or one of them.")
        )
        return None
    return ends[0], ends[1]
