"""Tables that a pen fills while the computer is away: worked out, checked, what happened, whose hands."""

from __future__ import annotations

from il2desk.sheets.entries import Cell, cell, heading, prose
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Column, Table, write
from il2desk.words import say

ROWS = 4  # doses on one blank sheet: more than a day of them
_PEN_CELL = 1.45 * PEN_ROW
# A set of values with units and times, and premedication, take several lines.
_TALL_CELL = 2.4 * PEN_ROW
_BLANK, _NAMED = 13, 16  # shares of the first column: a number by hand, or a dose with its time
_WHOLE = ROWS * _TALL_CELL  # a table up to this high is not broken: it fits under any heading


def worked_out() -> tuple[Block, ...]:
    """Return the rows in which two people work a dose out and prepare it."""
    return (
        heading(say("Worked out and prepared")),
        pen_table(
            (
                (say("Dose No."), 13),
                (say("Planned: date, time"), 27),
                (say("Dosing weight, kg; when"), 28),
                (say("Dose by protocol; page"), 30),
                (say("Dose in full, with its unit"), 32),
                (say("Drawn up, mL"), 20),
                (say("Vials, lot, expiry"), 36),
                (say("Diluent, total mL"), 28),
                (say("Use before"), 20),
                (say("Worked out by"), 20),
                (say("On their own, by"), 20),
            )
        ),
    )


def checked(doses: tuple[str, ...] = (), *, more: int = ROWS) -> tuple[Block, ...]:
    """Return the rows of the check before each dose; those of `doses`, then `more` blank."""
    return (
        heading(say("Before the dose")),
        pen_table(
            (
                (say("Dose No."), _NAMED if doses else _BLANK),
                (say("Premedication: item, amount, time"), 66),
                (say("Values read: name, value, unit, time"), 92),
                (say("GO, HOLD, STOP or CANNOT ASSESS; criterion"), 58),
                (say("Decided by"), 22),
                (say("Date, time"), 23),
            ),
            named=doses,
            rows=more,
            height=_TALL_CELL,
        ),
    )


def happened(doses: tuple[str, ...] = (), *, more: int = ROWS) -> tuple[Block, ...]:
    """Return the rows of what became of each dose: those of `doses`, then `more` blank ones."""
    return (
        heading(say("What happened")),
        pen_table(
            (
                (say("Dose No."), _NAMED if doses else _BLANK),
                (say("Given, part given, held, omitted, not known"), 46),
                (say("Date; from, to"), 32),
                (say("mL given"), 18),
                (say("Route, site"), 26),
                (say("Reason; what was seen"), 62),
                (say("Given by"), 25),
                (say("Second person"), 25),
                (say("Vials wasted"), 27),
            ),
            named=doses,
            rows=more,
        ),
    )


def hands() -> tuple[Block, ...]:
    """Return the rows that say whose initials stand on the sheet."""
    return (
        heading(say("Everybody who wrote on this sheet")),
        pen_table(
            (
                (say("Name, role"), 46),
                (say("Signature"), 28),
                (say("Initials"), 14),
                (say("Name, role"), 46),
                (say("Signature"), 28),
                (say("Initials"), 14),
            ),
            rows=2,
        ),
    )


def entered() -> tuple[Block, ...]:
    """Return what is signed once everything stands in the program."""
    return (
        heading(say("When the program stores again")),
        prose(
            say(
                "Record each row in the program with the time at which it happened; it is marked as "
                "recorded late. Then sign here and keep this sheet in the trial file."
            ),
            field=say("when the program stores again"),
        ),
        pen_table(
            (
                (say("All rows entered by: name, signature"), 90),
                (say("Date, time"), 46),
                (say("Compared with this sheet by: name, signature"), 90),
                (say("Date, time"), 47),
            ),
            rows=1,
        ),
    )


def pen_table(
    titles: tuple[tuple[str, int], ...],
    *,
    named: tuple[str, ...] = (),
    rows: int = ROWS,
    height: float = _PEN_CELL,
) -> Table:
    """Return a table for a pen: a row for each of `named` in its first cell, then `rows` empty ones.

    Every row is high enough for a pen and two lines of writing.
    """
    columns = tuple(Column(write(title, Role.LABEL, title), share) for title, share in titles)
    field = titles[0][0]
    rest: tuple[Cell, ...] = tuple(() for _ in titles[1:])
    begun = tuple((cell(name, field, Role.STRONG), *rest) for name in named)
    empty: tuple[Cell, ...] = ((), *rest)
    whole = (len(named) + rows) * height <= _WHOLE
    return Table(columns, begun + (empty,) * rows, least_row=height, grid=True, whole=whole)
