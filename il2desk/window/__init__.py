"""The window: it lays out, forwards and shows; it decides nothing. This is the room's door."""

from __future__ import annotations

from pathlib import Path

__all__ = ["run_window"]


def run_window(journal: Path | None, practice: bool) -> int:  # noqa: FBT001 - the one entry
    """Open the window on `journal` (None: this workstation's) or on the practice trial.

    Qt is loaded only now, so that the command line works where there is no display.
    """
    from il2desk.window.application import run  # noqa: PLC0415 - Qt is loaded only for a window

    return run(journal, practice=practice)
