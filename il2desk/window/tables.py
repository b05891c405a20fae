"""Lists and tables that only show: no cell can be edited, nothing is cut, the end is named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from il2desk.window.breaks import widest_piece
from il2desk.window.frozen_columns import FrozenColumns
from il2desk.window.spoken import spoken
from il2desk.window.table_model import Cell, Column, Row, TableModel, as_cell, shown_text
from il2desk.window.theme import SECONDARY_PX, PlainLabel, colour, text_font, tokens_of
from il2desk.words import say

__all__ = ["Cell", "Column", "RecordTable", "Row"]

_Index = QModelIndex | QPersistentModelIndex
_PAD = 24  # twice the inset, and the margins of the style around a text
_MOST_HEIGHT = 420
_BAR = 5
_INSET = 6
_TIGHT = 44  # a glyph and what is around it
_ABOVE_AND_BELOW = 10
_FEW = 20
"""So many rows are laid out at once; of more, only those that are seen."""


def _inset(option: QStyleOptionViewItem) -> QStyleOptionViewItem:
    """Return the same cell with less room for its text."""
    inner = QStyleOptionViewItem(option)
    area: QRect = option.rect
    inner.rect = area.adjusted(_INSET, 0, -_INSET, 0)
    inner.state &= ~QStyle.StateFlag.State_HasFocus  # the row is marked, not the cell
    return inner


class _Delegate(QStyledItemDelegate):
    """Marks the chosen row by a bar and a line at its edges, so that its glyphs keep their colours.

    With `cells` the chosen cell has a frame of its own.
    """

    def __init__(self, view: QTableView, *, cells: bool = False) -> None:
        super().__init__(view)
        self._cells = cells

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the cell with white space around it."""
        hint = super().sizeHint(_inset(option), index)
        return QSize(hint.width() + 2 * _INSET, hint.height() + _ABOVE_AND_BELOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the cell, then the mark of the chosen row."""
        view = self.parent()
        if not isinstance(view, QTableView):
            return
        chosen = view.currentIndex()
        current = chosen.row() == index.row()
        tokens, area = tokens_of(view), view.visualRect(index)
        painter.fillRect(area, colour(tokens.current if current else tokens.base))
        super().paint(painter, _inset(option), index)
        if not current:
            return
        painter.save()
        painter.setPen(QPen(colour(tokens.focus), 2))
        painter.drawLine(area.left(), area.top() + 1, area.right(), area.top() + 1)
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        if self._cells and chosen.column() == index.column():
            painter.drawRect(area.adjusted(2, 3, -2, -3))
        if index.column() == 0:
            painter.fillRect(area.left(), area.top(), _BAR, area.height(), colour(tokens.focus))
        painter.restore()


class _View(QTableView):
    """A table in which letters open no editor and search nothing; Enter opens the row."""

    opened = Signal()
    frozen: FrozenColumns | None = None
    frozen_count = 0

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, beside the columns that stay."""
        super().scrollTo(index, hint)
        under = 0 if self.frozen is None or self.frozen.isHidden() else self.frozen.width()
        hidden = under - self.visualRect(index).left()
        if hidden > 0 and index.column() >= self.frozen_count:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows and paging move; every other key is the page's."""
        moves = (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
            Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Right,
        )  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if not event.isAutoRepeat():
                self.opened.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = 0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1
            self.selectRow(last)
        elif event.key() in moves:
            super().keyPressEvent(event)
        else:
            event.ignore()


def _name_width(column: Column, metrics: QFontMetrics, *, parted: bool) -> int:
    """What the name of a column needs, whole or in as many lines as it has words."""
    name = spoken(column.name)
    if parted and not column.tight:
        return widest_piece(name, metrics) + _PAD
    named = (metrics.horizontalAdvance(line) for line in name.split("\n"))
    return max(named) + (_PAD // 2 if column.tight else _PAD)


class RecordTable(QWidget):
    """A list with its end named; `opened` and `selected` carry the row's id.

    With `cells` a cell is chosen within its row: `moved` carries the row's id and the column.
    """

    opened = Signal(str)
    selected = Signal(str)
    moved = Signal(str, int)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: str,
        frozen: int = 0,
        cells: bool = False,
        most_height: int = _MOST_HEIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # Columns share the width and wrap; where their longest words need more, they scroll sideways,
        # also by the arrow keys. `frozen` says how many are identity.
        self._frozen, self._cells = frozen, cells
        self._laid: set[int] | None = None  # the rows laid out since the last fit, of many
        self._most_height = most_height
        self._empty = say("Nothing is listed.")
        self.view = _View(self)
        self.view.setAccessibleName(name)
        self._model = TableModel(columns, self.view)
        self.view.setModel(self._model)
        self._footer = PlainLabel(px=SECONDARY_PX, muted=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.view)
        column.addWidget(self._footer)
        column.addStretch(1)
        self._set_up_view()
        self.set_rows(())

    def _set_up_view(self) -> None:
        view = self.view
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setTextElideMode(Qt.TextElideMode.ElideNone)
        view.setWordWrap(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setDragEnabled(False)
        view.setCornerButtonEnabled(False)
        view.verticalHeader().hide()
        view.setItemDelegate(_Delegate(view, cells=self._cells))
        self._colour()
        view.setIconSize(QSize(26, 26))
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setFont(text_font(SECONDARY_PX, bold=True))
        view.opened.connect(self._open)
        view.doubleClicked.connect(self._open)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        view.verticalScrollBar().valueChanged.connect(self._lay_out_seen)
        view.selectionModel().currentChanged.connect(self._on_cell)
        if self._frozen:
            view.frozen, view.frozen_count = FrozenColumns(view, self._frozen), self._frozen
            view.frozen.set_delegate(_Delegate(view.frozen))

    def _colour(self) -> None:
        tokens, mine = tokens_of(self.view), self.view.palette()
        mine.setColor(QPalette.ColorRole.Highlight, colour(tokens.current))
        mine.setColor(QPalette.ColorRole.HighlightedText, colour(tokens.text))
        self.view.setPalette(mine)
        if self.view.frozen is not None:
            self.view.frozen.setPalette(mine)

    def dress_again(self) -> None:
        """Take the colours and the text size that are in use now; rows grow with their text."""
        self._colour()
        QTimer.singleShot(0, self, self._fit)  # the view hears of its font a moment later

    def set_empty(self, text: str) -> None:
        """Name the sentence shown when there is no row, with the key that fills the list."""
        self._empty = text
        if not self._model.rows:
            self._footer.setText(text)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; `set_rows` fills them."""
        self._model.set_columns(columns)

    def set_rows(self, rows: Sequence[Row], total: int | None = None, *, end: str = "") -> None:
        """Show these rows, in this order, of `total`; the chosen row stays chosen by its id.

        `end` stands under a list that does not end with its last row.
        """
        kept = self.current_id()
        self._model.set_rows(rows)
        count = len(rows) if total is None else total
        end = end or say("End of list. Showing {shown} of {count}", shown=len(rows), count=count)
        self._footer.setText(end if rows else self._empty)
        self.view.setVisible(bool(rows))
        self._fit()
        if kept is not None:
            self.select(kept)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows shown."""
        return self._model.rows

    def footer(self) -> str:
        """Return the sentence under the table."""
        return self._footer.text()

    def current_id(self) -> str | None:
        """Return the id of the chosen row, or None."""
        at = self.view.currentIndex().row()
        return self._model.rows[at].id if 0 <= at < len(self._model.rows) else None

    def select(self, row_id: str, column: int | None = None) -> bool:
        """Choose the row with this id, or a cell of it; say whether there is one."""
        for at, row in enumerate(self._model.rows):
            if row.id == row_id:
                if column is None:
                    self.view.selectRow(at)
                else:
                    self.view.setCurrentIndex(self._model.index(at, column))
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew and let rows grow."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self._laid = None
        if not self._model.rows:
            return
        room = max(self.width() - 6, 200)
        most = max(self._most_height, self.view.horizontalHeader().sizeHint().height() + 60)
        # Laying out rows is slow: what is too high with one line a row is not tried without a bar.
        line = QFontMetrics(text_font()).height() + _ABOVE_AND_BELOW
        high = line * len(self._model.rows)
        least = self._least_widths(room)
        if high <= most:
            high = self._set_widths(least, room)
        if high > most:
            # The rows scroll: the bar must not stand on the last column.
            room -= self.view.verticalScrollBar().sizeHint().width()
            self._set_widths(least, room)
        wide = sum(self.view.columnWidth(at) for at in range(len(self._model.columns))) > room
        # The bar below must not stand on the last row.
        below = self.view.horizontalScrollBar().sizeHint().height() if wide else 0
        self.view.setFixedHeight(min(high, most) + below)
        self._lay_out_seen()
        if self.view.frozen is not None:
            self.view.frozen.settle()

    def _set_widths(self, least: list[int], room: int) -> int:
        """Set the columns' widths within `room` pixels; return how high all rows then are."""
        widths = self._widths(least, room)
        for at, width in enumerate(widths):
            self.view.setColumnWidth(at, width)
        self._model.part_names(text_font(SECONDARY_PX, bold=True), widths)
        count = len(self._model.rows)
        if count > _FEW:
            # The rows that are not seen stand at the height of the first until they come into sight.
            self._laid = {0}
            self.view.resizeRowToContents(0)
            usual = self.view.rowHeight(0)
            self.view.verticalHeader().setDefaultSectionSize(usual)
            return usual * count
        self.view.resizeRowsToContents()
        header = self.view.horizontalHeader().sizeHint().height()
        return sum(self.view.rowHeight(at) for at in range(count)) + header + 6

    def _lay_out_seen(self) -> None:
        """Let the rows in sight grow, where there are too many to lay out all of them at once."""
        if self._laid is None:
            return
        view, at = self.view, max(self.view.rowAt(0), 0)
        bottom = max(view.viewport().height(), self._most_height)
        while at < len(self._model.rows) and view.rowViewportPosition(at) < bottom:
            if at not in self._laid:
                self._laid.add(at)
                view.resizeRowToContents(at)
            at += 1

    def _widths(self, least: list[int], room: int) -> list[int]:
        """Return the columns' widths: what the longest word needs, the rest by their shares."""
        shares = [0 if column.stretch < 1 else column.stretch for column in self._model.columns]
        spare, whole = max(room - sum(least), 0), sum(shares) or 1
        return [width + spare * share // whole for width, share in zip(least, shares, strict=True)]

    def _least_widths(self, room: int) -> list[int]:
        """What each column needs; where that is too much, a name takes as many lines as it has words."""
        head = QFontMetrics(text_font(SECONDARY_PX, bold=True))
        letters = QFontMetrics(text_font()), QFontMetrics(text_font(bold=True))
        columns, cells = self._model.columns, self._cell_widths(*letters)
        whole = [
            max(width, _name_width(column, head, parted=column.stretch >= 1 and not column.numeric))
            for width, column in zip(cells, columns, strict=True)
        ]
        if sum(whole) <= room:
            return whole
        return [
            max(width, _name_width(column, head, parted=True))
            for width, column in zip(cells, columns, strict=True)
        ]

    def _cell_widths(self, plain: QFontMetrics, strong: QFontMetrics) -> list[int]:
        return [self._of_cells(at, plain, strong) for at in range(len(self._model.columns))]

    def _of_cells(self, at: int, plain: QFontMetrics, strong: QFontMetrics) -> int:
        """What the longest word of a column's cells needs in the letters in which it stands there."""
        column = self._model.columns[at]
        if column.tight:
            return _TIGHT
        cells = [as_cell(row.cells[at]) for row in self._model.rows[:200]]
        glyph = 34 if any(cell.glyph for cell in cells) else 0
        bold = {shown_text(cell) for cell in cells if cell.bold or cell.glyph}
        usual = {shown_text(cell) for cell in cells if not (cell.bold or cell.glyph)}
        widest = [0]
        for texts, metrics in ((usual, plain), (bold, strong)):
            if column.numeric or column.stretch < 1:
                lines = {line for text in texts for line in text.split("\n")}
                widest += [metrics.horizontalAdvance(line) for line in lines]
            else:
                widest += [widest_piece(text, metrics) for text in texts]
        return max(widest) + _PAD + glyph

    def _open(self) -> None:
        row_id = self.current_id()
        if row_id is not None:
            self.opened.emit(row_id)

    def _on_cell(self) -> None:
        at, row_id = self.view.currentIndex().column(), self.current_id()
        if row_id is not None:
            self.moved.emit(row_id, at)
        if self._cells:
            self.view.viewport().update()  # the frame leaves the cell that it was on

    def _on_row(self) -> None:
        if self._laid is not None:
            self._lay_out_seen()  # rows that grew may have pushed the chosen one out of sight
            self.view.scrollTo(self.view.currentIndex())
        row_id = self.current_id()
        if row_id is not None:
            self.selected.emit(row_id)
