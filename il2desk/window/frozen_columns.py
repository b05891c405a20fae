"""The identity columns of a wide table once more, over the same rows, while the others scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QTableView


class FrozenColumns(QTableView):
    """Lies over the left edge of a table and is seen only where that one scrolls sideways.

    Rows, choice and heights are the other table's; it never has the keyboard.
    """

    def __init__(self, view: QTableView, count: int) -> None:
        super().__init__(view)
        self._view, self._count = view, count
        self.setModel(view.model())
        self.setSelectionModel(view.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setWordWrap(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setIconSize(view.iconSize())
        self.setPalette(view.palette())
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFont(view.horizontalHeader().font())
        # Readers hear the whole row from the table itself.
        self.setAccessibleName("")
        view.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        view.verticalHeader().sectionResized.connect(self._on_row_height)
        view.horizontalScrollBar().rangeChanged.connect(self.settle)
        view.viewport().installEventFilter(self)
        self.doubleClicked.connect(view.doubleClicked)
        self.hide()

    def set_delegate(self, delegate: QStyledItemDelegate) -> None:
        """Draw the cells as the table does."""
        self.setItemDelegate(delegate)

    def wide(self) -> int:
        """How many pixels of the table lie under it."""
        if self._view.horizontalScrollBar().maximum() == 0:
            return 0
        return sum(self._view.columnWidth(at) for at in range(self._count))

    def settle(self) -> None:
        """Lie where the identity columns stand, with their widths and the heights of the rows."""
        wide = self.wide()
        # A narrow window must leave room to see the other columns beside it.
        if wide == 0 or 2 * wide > self._view.viewport().width():
            self.hide()
            return
        header, view = self._view.horizontalHeader(), self._view
        self.horizontalHeader().setFixedHeight(header.height())
        for at in range(self.model().columnCount()):
            self.setColumnHidden(at, at >= self._count)
            if at < self._count:
                self.setColumnWidth(at, view.columnWidth(at))
        self.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
        for at in range(self.model().rowCount()):
            if self.rowHeight(at) != view.rowHeight(at):
                self.setRowHeight(at, view.rowHeight(at))
        edge = view.frameWidth()
        self.setGeometry(edge, edge, wide, view.viewport().height() + header.height())
        self.verticalScrollBar().setValue(view.verticalScrollBar().value())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the table."""
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)

    def _on_row_height(self, row: int, _before: int, height: int) -> None:
        if not self.isHidden():
            self.setRowHeight(row, height)
