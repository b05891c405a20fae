"""Rows for tables that only show: frozen texts, aligned numbers, a sentence a row for readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QWidget

from il2desk.dosing import kept_together
from il2desk.window.breaks import in_lines
from il2desk.window.glyphs import glyph_pixmap
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import text_font, tokens_of, whole_dates
from il2desk.window.tokens import Tokens

_Index = QModelIndex | QPersistentModelIndex
_FIGURE_SPACE, _MARK_SPACE = "\u2007", "\u2008"  # as wide as a digit, as wide as a full stop
_BESIDE_NAME = 8  # the margins of the style around a column's name
_NUMBER = re.compile(r"-?[0-9,]+(?:\.([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, whether its numbers stand on their decimal mark, its share of room.

    `tight` is a column of glyphs alone, no wider than they are; give it no share.
    """

    name: str
    numeric: bool = False
    stretch: int = 1
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, with a state glyph before it where there is one; `struck` was corrected.

    `sentence` is what readers hear instead of the whole row, where a cell stands for itself; it may
    be made when it is asked for.
    """

    text: str
    glyph: str | None = None
    amended: bool = False
    struck: bool = False
    bold: bool = False
    sentence: str | Callable[[], str] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the id by which it is chosen, its cells, and its sentence for readers."""

    id: str
    cells: tuple[Cell | str, ...]
    sentence: str = ""


def as_cell(cell: Cell | str) -> Cell:
    """Return a cell; plain text is a cell with nothing else."""
    return cell if isinstance(cell, Cell) else Cell(cell)


def shown_text(cell: Cell) -> str:
    """Return the text as it stands in its cell: no date and no number with its unit is parted."""
    return whole_dates(kept_together(spoken(cell.text)))


def _aligned(texts: list[str]) -> list[str]:
    """Return numbers padded so that their decimal marks stand under each other; no zeros added."""
    tails = {at: len(m[1] or "") for at, t in enumerate(texts) if (m := _NUMBER.fullmatch(t))}
    most = max(tails.values(), default=0)
    padded = list(texts)
    for at, tail in tails.items():
        mark = _MARK_SPACE if most and not tail else ""
        padded[at] = texts[at] + mark + _FIGURE_SPACE * (most - tail)
    return padded


@lru_cache(maxsize=128)
def _icon(state: str, amended: bool, ratio: float, tokens: Tokens) -> QIcon:  # noqa: FBT001
    """A state's glyph, drawn once for every cell that shows it."""
    picture = glyph_pixmap(state, amended=amended, ratio=ratio, tokens=tokens)
    icon = QIcon(picture)
    # The style would tint the glyph of a chosen row; its colours mean something.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


class TableModel(QAbstractTableModel):
    """Rows as they were handed in; the model reads nothing itself."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()
        self._names: dict[int, str] = {}  # of the columns, in lines as they stand
        self._numbers: dict[int, list[str]] = {}  # of the columns of numbers
        self._texts: dict[str, str] = {}  # as they stand in a cell, once they were asked for

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the rows go."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), ()
        self._names.clear()
        self._numbers.clear()
        self.endResetModel()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows. ValueError where a row has not one cell a column."""
        if any(len(row.cells) != len(self.columns) for row in rows):
            msg = "every row needs one cell a column"
            raise ValueError(msg)
        self.beginResetModel()
        self.rows = tuple(rows)
        self._numbers = {
            at: _aligned([spoken(as_cell(row.cells[at]).text) for row in rows])
            for at, column in enumerate(self.columns)
            if column.numeric
        }
        self._texts.clear()
        self.endResetModel()

    def part_names(self, font: QFont, widths: Sequence[int]) -> None:
        """Write each column's name in as many lines as its width in pixels asks for."""
        metrics = QFontMetrics(font)
        names = {
            at: in_lines(spoken(column.name), metrics, width - _BESIDE_NAME)
            for at, (column, width) in enumerate(zip(self.columns, widths, strict=True))
            if not column.tight
        }
        if names != self._names:
            self._names = names
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's name and alignment."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names.get(section) or spoken(self.columns[section].name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.columns[section].name).replace("\n", " ")
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, and the whole row's sentence to readers."""
        if not index.isValid():
            return None
        row, at = self.rows[index.row()], index.column()
        cell = as_cell(row.cells[at])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(cell, index.row(), at)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(at)
        if role == Qt.ItemDataRole.FontRole:
            return self._font(cell)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._glyph(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            own = cell.sentence if isinstance(cell.sentence, str) else cell.sentence()
            return spoken(own) or spoken(row.sentence) or self._sentence(row)
        return None

    def _text(self, cell: Cell, row: int, column: int) -> str:
        if column in self._numbers:
            return self._numbers[column][row]
        shown = self._texts.get(cell.text)
        if shown is None:
            shown = self._texts[cell.text] = shown_text(cell)
        return shown

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        if self.columns[column].tight:
            return Qt.AlignmentFlag.AlignCenter
        side = (
            Qt.AlignmentFlag.AlignRight
            if self.columns[column].numeric
            else Qt.AlignmentFlag.AlignLeft
        )
        return side | Qt.AlignmentFlag.AlignVCenter

    @staticmethod
    def _font(cell: Cell) -> QFont | None:
        if not (cell.bold or cell.struck or cell.glyph):
            return None
        font = text_font(bold=cell.bold or cell.glyph is not None)
        font.setStrikeOut(cell.struck)
        return font

    def _glyph(self, cell: Cell) -> object:
        if cell.glyph is None:
            return None
        tokens, ratio = tokens_of(self._view), self._view.devicePixelRatioF()
        return _icon(cell.glyph, cell.amended, ratio, tokens)

    def _sentence(self, row: Row) -> str:
        texts = (spoken(as_cell(cell).text) for cell in row.cells)
        pairs = zip((spoken(column.name) for column in self.columns), texts, strict=True)
        return spoken_all((f"{name} {text}".strip() for name, text in pairs if text), ", ")
