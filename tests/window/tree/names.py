"""Everything that can have the keyboard has a name and a role for readers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from window_tree.look import Look

_NO_ROLE = (QAccessible.Role.NoRole,)


def faults(look: Look) -> list[str]:
    """Return a sentence for everything that a reader could not name."""
    return [told for one in look.widgets if _takes_keys(one) for told in _wrong(one)]


def _takes_keys(widget: QWidget) -> bool:
    tabbed = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tabbed) and widget.isEnabled()


def _wrong(widget: QWidget) -> list[str]:
    kind = type(widget).__name__
    spoken = QAccessible.queryAccessibleInterface(widget)
    if spoken is None:
        return [f"a {kind} is unknown to readers"]
    found = []
    if not spoken.text(QAccessible.Text.Name).strip():
        found.append(f"a {kind} at {widget.geometry().topLeft().toTuple()} has no name")
    if spoken.role() in _NO_ROLE:
        found.append(f"{spoken.text(QAccessible.Text.Name)!r} has no role")
    return found
