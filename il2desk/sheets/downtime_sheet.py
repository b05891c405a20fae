"""The downtime sheet: blank lines to write on while the program cannot store.

It holds no dose, no limit and no volume: what is written on it is worked out on paper by two
people. It needs no journal and no catalogue, so that it can be had on the worst day.
"""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.entries import heading, prose
from il2desk.sheets.geometry import PEN_ROW, Role
from il2desk.sheets.model import Block, Column, Frame, Pair, Section, SheetModel, Table, Text, write
from il2desk.sheets.sheet_frame import SHEET_CODE
from il2desk.words import say

FORM_VERSION = "1"
_ROWS = 4  # doses on one sheet: more than a day of them
_LINE = "_"
_PEN_CELL = 1.45 * PEN_ROW
# A set of values with units and times, and premedication, take several lines.
_TALL_CELL = 2.4 * PEN_ROW
_EMPTY = Text("", Role.BODY, "")
_ROOM = (Pair(_EMPTY, _EMPTY),)  # an empty line: a pen needs the height of two


@dataclass(frozen=True, slots=True)
class DowntimeIssue:
    """Which print this is. `printed_at` is finished text, `printed_utc` YYYYMMDDhhmmss."""

    program_version: str
    printed_at: str
    printed_utc: str
    language: str = "en"


def compose_downtime_sheet(issue: DowntimeIssue) -> SheetModel:
    """Return the blank sheet: who, what was worked out, what was checked, what happened."""
    title = say("Downtime sheet")
    sections = (
        Section(parts=((heading(say("How this sheet is used")), _rules()),)),
        Section(parts=(_worked_out(),), together=True),
        Section(parts=(_happened(),), together=True),
        Section(parts=(_checked(),), together=True, new_page=True),
        Section(parts=(_hands(),), together=True),
        Section(parts=(_entered(),), together=True),
    )
    return SheetModel(
        frame=_frame(title, issue),
        sections=sections,
        watermark=(),
        title=title,
        author="IL2Desk",
        subject=say("Blank form for work while the computer cannot store"),
        language=issue.language,
        written=issue.printed_utc,
    )


def _frame(title: str, issue: DowntimeIssue) -> Frame:
    parts = (
        say("Form {code} version {version}", code="DOWNTIME", version=FORM_VERSION),
        say("IL2Desk {version}", version=issue.program_version),
        say("Printed {at}", at=issue.printed_at),
    )
    foot = " \u00b7 ".join(parts)
    return Frame(
        title=write(title, Role.TITLE, title),
        marks=(write(say("BLANK FORM"), Role.STRONG, say("mark")),),
        identity=(
            _ROOM,
            (
                _blank(say("Family name"), 26),
                _blank(say("Given name"), 20),
                _blank(say("Born"), 13),
                _blank(say("Trial No."), 14),
            ),
            _ROOM,
            (
                _blank(say("Hospital No."), 15),
                _blank(say("Allergies"), 36),
                _blank(say("Ward"), 9),
                _blank(say("Bed"), 6),
                _blank(say("Initials"), 6),
            ),
            _ROOM,
            (
                _blank(say("Protocol, version"), 28),
                _blank(say("Arm"), 12),
                _blank(say("Course"), 5),
                _blank(say("Cycle"), 5),
                _blank(say("Site"), 18),
                _blank(say("Sheet"), 4),
                _blank(say("of"), 4),
            ),
        ),
        foot=(write(foot, Role.FINE, say("foot of the sheet")),),
        code=f"{SHEET_CODE}|DOWNTIME|{FORM_VERSION}",
        numbered=False,
    )


def _blank(label: str, letters: int) -> Pair:
    """A label with a line of so many letters to write on."""
    return Pair(write(label, Role.LABEL, label), write(_LINE * letters, Role.BODY, label))


def _rules() -> Block:
    return prose(
        say(
            "This sheet gives no dose, no limit and no volume. Take them from the signed protocol and "
            "the printed cycle sheet. What cannot be found there is not given."
        ),
        say(
            "Two people work out each dose on their own, then compare. Where they differ, nothing is "
            "prepared. Weigh first where the protocol asks for it."
        ),
        say(
            "One row for each dose, whatever became of it. Write dates with the month in letters, times "
            "on the 24-hour clock, and units written out: international units."
        ),
        say(
            "A wrong entry is struck once, so that it stays readable, with initials and date. Nothing "
            "is copied to a clean sheet."
        ),
        field=say("how this sheet is used"),
    )


def _worked_out() -> tuple[Block, ...]:
    return (
        heading(say("Worked out and prepared")),
        _pen_table(
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


def _checked() -> tuple[Block, ...]:
    return (
        heading(say("Before the dose")),
        _pen_table(
            (
                (say("Dose No."), 13),
                (say("Premedication: item, amount, time"), 66),
                (say("Values read: name, value, unit, time"), 92),
                (say("GO, HOLD, STOP or CANNOT ASSESS; criterion"), 58),
                (say("Decided by"), 22),
                (say("Date, time"), 23),
            ),
            height=_TALL_CELL,
        ),
    )


def _happened() -> tuple[Block, ...]:
    return (
        heading(say("What happened")),
        _pen_table(
            (
                (say("Dose No."), 13),
                (say("Given, part given, held, omitted, not known"), 46),
                (say("Date; from, to"), 32),
                (say("mL given"), 18),
                (say("Route, site"), 26),
                (say("Reason; what was seen"), 62),
                (say("Given by"), 25),
                (say("Second person"), 25),
                (say("Vials wasted"), 27),
            )
        ),
    )


def _hands() -> tuple[Block, ...]:
    """Whose initials stand in the rows."""
    return (
        heading(say("Everybody who wrote on this sheet")),
        _pen_table(
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


def _entered() -> tuple[Block, ...]:
    return (
        heading(say("When the program stores again")),
        prose(
            say(
                "Record each row in the program with the time at which it happened; it is marked as "
                "recorded late. Then sign here and keep this sheet in the trial file."
            ),
            field=say("when the program stores again"),
        ),
        _pen_table(
            (
                (say("All rows entered by: name, signature"), 90),
                (say("Date, time"), 46),
                (say("Compared with this sheet by: name, signature"), 90),
                (say("Date, time"), 47),
            ),
            rows=1,
        ),
    )


def _pen_table(
    titles: tuple[tuple[str, int], ...], *, rows: int = _ROWS, height: float = _PEN_CELL
) -> Table:
    """An empty table, every row high enough for a pen and two lines of writing."""
    columns = tuple(Column(write(title, Role.LABEL, title), share) for title, share in titles)
    empty = tuple(() for _ in titles)
    return Table(columns, (empty,) * rows, least_row=height, grid=True, whole=True)
