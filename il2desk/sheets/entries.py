"""Small pieces that every composed sheet is made of: cells, gaps in their place, sources."""

from __future__ import annotations

import re

from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Column, Field, Heading, Prose, Section, Table, Text, write
from il2desk.sheets.shared_facts import SheetGap, Shown
from il2desk.sheets.wrapping import NO_BREAK
from il2desk.words import say

Cell = tuple[Text, ...]
_SHORT_LOT = 14  # characters; a longer lot may be parted at its spaces
_SHORT_NAME = 14
_INITIAL = re.compile(r"(?<=\b\w\.) (?=\w)")


def heading(words: str) -> Heading:
    """Return the bar that opens a part."""
    return Heading(write(words, Role.HEADING, words))


def cell(value: Shown, field: str, role: Role = Role.BODY) -> Cell:
    """Return a value as a cell; a gap by its name, nothing as an empty cell."""
    if isinstance(value, SheetGap):
        return (write(say("GAP: {name}", name=value.name), Role.GAP, field),)
    return (write(value, role, field, lines=True),) if value else ()


def words_of(value: Shown) -> str:
    """Return the value as words inside a sentence; a gap by its name."""
    return say("GAP: {name}", name=value.name) if isinstance(value, SheetGap) else value


def labelled(label: str, value: Shown, *, absent: str | None = None) -> Field:
    """Return a labelled value. Where it is empty, `absent` prints; without it, a line to write on."""
    shown = cell(value, label, Role.STRONG)
    if not shown and absent is not None:
        shown = cell(absent, label, Role.BODY)
    return Field(write(label, Role.LABEL, label), shown)


def lot_words(lot: str) -> str:
    """Return a lot number that stays on one line where it is short; a long one parts at its spaces.

    A lot is what the vial says and cannot be shortened, so it must never keep a sheet from printing.
    """
    return lot.replace(" ", NO_BREAK) if len(lot) <= _SHORT_LOT else lot


def name_words(name: str) -> str:
    """Return a name whose initials stay with what follows them; a long name parts at its spaces."""
    return _INITIAL.sub(NO_BREAK, name) if len(name) <= _SHORT_NAME else name


def prose(*sentences: str, role: Role = Role.BODY, field: str = "") -> Prose:
    """Return sentences; empty ones are left out."""
    return Prose(tuple(write(one, role, field or one[:40], lines=True) for one in sentences if one))


def table(
    titles: tuple[tuple[str, float], ...],
    rows: tuple[tuple[Cell, ...], ...],
    *,
    least_row: float = 0.0,
    grid: bool = False,
    whole: bool = False,
) -> Table:
    """Return a table of (title, wished share of the width) columns; see Table for the rest."""
    columns = tuple(Column(write(title, Role.LABEL, title), share) for title, share in titles)
    return Table(columns, rows, least_row=least_row, grid=grid, whole=whole)


def flowing(blocks: tuple[Block, ...], *again: Block) -> Section:
    """Return a section of one column; the pages it goes on to open with its heading, (continued).

    `again` follows that heading. Without a heading in front nothing is said again.
    """
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading):
        return Section(parts=(blocks,))
    title = say("{heading} (continued)", heading=first.title.words)
    return Section(parts=(blocks,), continued=(heading(title), *again))


class SourceList:
    """The sources of a sheet, numbered S1, S2 ... as they are met, listed once at its end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, source: str) -> str:
        """Return the mark of a source; nothing for no source."""
        if not source:
            return ""
        return f"S{self._numbers.setdefault(source, len(self._numbers) + 1)}"

    def blocks(self) -> tuple[Block, ...]:
        """Return the list of all sources met: document, section or page, mark."""
        if not self._numbers:
            return ()
        lines = (f"S{number}\u00a0 {source}" for source, number in self._numbers.items())
        more = say(
            "The program's help, topic Sources, shows each whole citation and what rests on it."
        )
        return (heading(say("Sources")), prose(more, *lines, role=Role.FINE, field=say("sources")))
