"""Tables that a pen fills while the computer is away: checked, prepared, what happened, whose hands.

They stand in the order in which a dose is worked. Two volumes stand in them and are never called
by one name: the drug that is drawn up from the vial, and the total once it is diluted.
"""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.entries import Cell, cell, heading, prose
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Column, Table, write
from il2desk.words import say

ROWS = 4  # doses on one blank sheet: more than a day of them
_PEN_CELL = 1.4 * PEN_ROW
# A set of values with units and times, and premedication, take several lines.
_TALL_CELL = 2.4 * PEN_ROW
_DAY_CELL = 2 * PEN_ROW  # in a kit: a day of doses stays below the list of premedication
_BLANK, _NAMED = 13, 25  # shares of the first column: a number by hand, or a dose with its time
_WHOLE = ROWS * _TALL_CELL  # a table up to this high is not broken: it fits under any heading


@dataclass(frozen=True, slots=True)
class PenDose:
    """A dose that begins a row. `name` with its time; the volumes as printed, empty where not known.

    Without `drug_volume` there is nothing to prepare: `total_volume` is what was made of it.
    """

    name: str
    drug_volume: str = ""
    total_volume: str = ""


def worked_out() -> tuple[Block, ...]:
    """Return the blank rows in which two people work a dose out and prepare it."""
    return (
        heading(say("Worked out and prepared")),
        pen_table(
            (
                (say("Dose No."), _BLANK),
                (say("Planned: date, time"), 24),
                (say("Dosing weight, kg; when"), 26),
                (say("Dose by protocol; page"), 26),
                (say("Dose in full, with its unit"), 30),
                (say("Vials, lot, expiry"), 30),
                (say("Reconstituted"), 23),
                (say("DRUG drawn from vial, mL"), 28),
                (say("Diluent; made up to TOTAL mL"), 27),
                (say("Use before"), 17),
                (say("Worked out by"), 17),
                (say("On their own, by"), 17),
            )
        ),
    )


def prepared(doses: tuple[PenDose, ...]) -> tuple[Block, ...]:
    """Return the rows in which the printed doses are prepared; nothing for none."""
    if not doses:
        return ()
    return (
        heading(say("Prepared")),
        pen_table(
            (
                (say("Dose"), _NAMED),
                (say("Vials: number, lot, expiry"), 44),
                (say("Reconstituted: date, time"), 27),
                (say("DRUG to draw up"), 18),
                (say("DRUG drawn, mL"), 20),
                (say("TOTAL to make up"), 18),
                (say("TOTAL made up, mL; diluent"), 27),
                (say("How it looks"), 20),
                (say("Use before: date, time"), 26),
                (say("Prepared by"), 22),
                (say("Checked by"), 22),
            ),
            begun=tuple(
                (one.name, "", "", one.drug_volume, "", one.total_volume if one.drug_volume else "")
                for one in doses
            ),
            rows=0,
        ),
    )


def checked(doses: tuple[str, ...] = (), *, more: int = ROWS) -> tuple[Block, ...]:
    """Return the rows of the check before each dose; those of `doses`, then `more` blank."""
    return (
        heading(say("Before the dose")),
        pen_table(
            (
                (say("Dose") if doses else say("Dose No."), _NAMED if doses else _BLANK),
                (say("Premedication: item, amount, time"), 64),
                (say("Values read: name, value, unit, time"), 90),
                (say("GO, HOLD, STOP or CANNOT ASSESS; criterion"), 56),
                (say("Decided by"), 22),
                (say("Date, time"), 23),
            ),
            named=doses,
            rows=more,
            height=_DAY_CELL if doses else _TALL_CELL,
        ),
    )


def happened(doses: tuple[PenDose, ...] = (), *, more: int = ROWS) -> tuple[Block, ...]:
    """Return the rows of what became of each dose: those of `doses`, then `more` blank ones."""
    return (
        heading(say("What happened")),
        pen_table(
            (
                (say("Dose") if doses else say("Dose No."), _NAMED if doses else _BLANK),
                (say("Given, part given, held, omitted, not known"), 42),
                (say("Date; from, to"), 30),
                (say("mL given"), 20),
                (say("of mL TOTAL"), 22),
                (say("Route, site"), 24),
                (say("Reason; what was seen"), 52),
                (say("Given by"), 24),
                (say("Second person"), 24),
                (say("Vials wasted"), 22),
            ),
            begun=tuple((one.name, "", "", "", _of_total(one.total_volume)) for one in doses),
            rows=more,
        ),
    )


def _of_total(volume: str) -> str:
    return say("of {volume} total", volume=volume) if volume else ""


def volumes_rule() -> str:
    """Return the sentence that keeps the two volumes apart."""
    return say(
        "Two volumes: the DRUG drawn up from the vial, and the TOTAL once it is diluted. mL given is "
        "always of the TOTAL."
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


def entering() -> tuple[str, ...]:
    """Return how the paper comes into the program: the times, and which volume is asked for."""
    return (
        say(
            "Record each row in the program with the time at which it happened; it is marked as "
            "recorded late. Then sign here and keep this sheet in the trial file."
        ),
        say(
            "Given whole or in part, the program asks for mL of DRUG, not of the TOTAL. Of a part two "
            "people work out DRUG drawn up, times mL given, divided by the TOTAL."
        ),
    )


def entered() -> tuple[Block, ...]:
    """Return what is signed once everything stands in the program."""
    return (
        heading(say("When the program stores again")),
        prose(*entering(), field=say("when the program stores again")),
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
    begun: tuple[tuple[str, ...], ...] = (),
    rows: int = ROWS,
    height: float = _PEN_CELL,
) -> Table:
    """Return a table for a pen: a row for each of `named` in its first cell, then `rows` empty ones.

    `begun` are rows with words in more than the first cell.
    Every row is high enough for a pen and two lines of writing.
    """
    columns = tuple(Column(write(title, Role.LABEL, title), share) for title, share in titles)
    all_begun = (*((name,) for name in named), *begun)
    first = tuple(_begun(words, titles) for words in all_begun)
    empty: tuple[Cell, ...] = tuple(() for _ in titles)
    whole = (len(all_begun) + rows) * height <= _WHOLE
    return Table(columns, first + (empty,) * rows, least_row=height, grid=True, whole=whole)


def _begun(words: tuple[str, ...], titles: tuple[tuple[str, int], ...]) -> tuple[Cell, ...]:
    """The words of the first cells, the name strong; the cells after them stay empty."""
    given = (*words, *("" for _ in titles[len(words) :]))
    return tuple(
        cell(one, title, Role.BODY if at else Role.STRONG)
        for at, (one, (title, _)) in enumerate(zip(given, titles, strict=True))
    )
