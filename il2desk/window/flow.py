"""A layout that sets widgets side by side and goes on in the next line: nothing is cut."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then down; a widget wider than the line gets the whole line and wraps itself."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 18,
        line_gap: int = 4,
        at_right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._gap, self._line_gap, self._at_right = gap, line_gap, at_right
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item; Qt calls this from addWidget."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out, or return None beyond the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that narrow means tall."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall the lines are in this width."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Set the widgets in their places."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the smallest size; the real height follows from the width."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest item that cannot wrap itself."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place the items line by line, when asked; return the height used."""
        y = rect.y()
        for line in self._lines(rect.width()):
            x, tallest = rect.x(), max(size.height() for _, size in line)
            if self._at_right:
                used = sum(size.width() + self._gap for _, size in line) - self._gap
                x += max(rect.width() - used, 0)
            for item, size in line:
                if move:
                    at = QPoint(x, y + tallest - size.height())
                    item.setGeometry(QRect(at, size))
                x += size.width() + self._gap
            y += tallest + self._line_gap
        return max(y - self._line_gap - rect.y(), 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the shown items with their sizes, broken into lines of this width."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = width + 1
        for item in self._items:
            widget = item.widget()
            if widget is None or widget.isHidden():
                continue
            size = self._size(item, width)
            if used + self._gap + size.width() > width:
                lines.append([])
                used = -self._gap
            lines[-1].append((item, size))
            used += self._gap + size.width()
        return lines

    @staticmethod
    def _size(item: QLayoutItem, most: int) -> QSize:
        hint = item.sizeHint()
        if hint.width() <= most or not item.hasHeightForWidth():
            return hint
        return QSize(most, item.heightForWidth(most))
