"""What was refused is still in its field, with a sentence near it that says why."""

from __future__ import annotations

from typing import Any

from window_tree.look import Look

_FAR = 120  # logical pixels below the field


def faults(look: Look) -> list[str]:
    """Return a sentence for every refusal that lost what was typed, or stands far from it."""
    entries: list[Any] = [one for one in look.widgets if hasattr(one, "error_text")]
    return [told for entry in entries if entry.error_text() for told in _wrong(entry)]


def _wrong(entry: Any) -> list[str]:
    found = []
    refusal = entry.refusal()
    hidden = hasattr(entry, "line") and entry.line.echoMode() != entry.line.EchoMode.Normal
    if refusal is not None and refusal.code != "empty" and not entry.typed() and not hidden:
        found.append(f"what was typed into {entry.label_text()!r} is gone")
    if not entry._error.isVisible():
        found.append(f"why {entry.label_text()!r} was refused is not shown")
    elif entry._error.y() - entry.rect().top() > max(_FAR, entry.height()):
        found.append(f"why {entry.label_text()!r} was refused stands far from it")
    return found
