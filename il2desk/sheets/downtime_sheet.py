"""The downtime sheet: blank lines to write on while the program cannot store.

It holds no dose, no limit and no volume: what is written on it is worked out on paper by two
people. It needs no journal and no catalogue, so that it can be had on the worst day.
"""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.entries import heading, prose
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Frame, Pair, Section, SheetModel, Text, write
from il2desk.sheets.pen_tables import (
    checked,
    entered,
    hands,
    happened,
    volumes_rule,
    worked_out,
)
from il2desk.sheets.sheet_frame import SHEET_CODE
from il2desk.words import say

FORM_VERSION = "1"
DOWNTIME_ID = "DOWNTIME"
"""Stands in the code of the blank sheet in the place of an id: it was printed of nothing."""
_LINE = "_"
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
    """Return the blank sheet: who, what was checked, what was worked out, what happened."""
    title = say("Downtime sheet")
    sections = (
        Section(parts=((heading(say("How this sheet is used")), _rules()),)),
        Section(parts=(checked(),), together=True),
        Section(parts=(hands(),), together=True),
        Section(parts=(worked_out(),), together=True, new_page=True),
        Section(parts=(happened(),), together=True),
        Section(parts=(entered(),), together=True),
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
        volumes_rule(),
        say(
            "A wrong entry is struck once, so that it stays readable, with initials and date. Nothing "
            "is copied to a clean sheet."
        ),
        field=say("how this sheet is used"),
    )
