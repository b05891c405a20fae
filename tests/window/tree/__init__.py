"""Checks over the tree of widgets of a shown window: what a script can say of the forty questions.

Each module holds one check, `faults(look)`, which returns a sentence for everything that is wrong.
`look` is a `Look` at one window; nothing is changed by it.
"""

from __future__ import annotations

from window_tree import banner, clipped, contrast, errors, focus, lines, names, wording
from window_tree.look import Look, look_at

CHECKS = {
    "clipped": clipped.faults,
    "contrast": contrast.faults,
    "wording": wording.faults,
    "lines": lines.faults,
    "focus": focus.faults,
    "names": names.faults,
    "banner": banner.faults,
    "errors": errors.faults,
}
"""Every check by the name that the sheet of answers uses."""

__all__ = ["CHECKS", "Look", "all_faults", "look_at"]


def all_faults(look: Look) -> dict[str, list[str]]:
    """Return what every check finds."""
    return {name: check(look) for name, check in CHECKS.items()}
