"""The passphrase of an encrypted journal: typed or piped in as a line, never an argument or a variable."""

from __future__ import annotations

from pathlib import Path

from il2desk.cli.asking import ask_hidden
from il2desk.dosing import tell

_UNASKED = tell(
    "The journal is encrypted, or its first page is destroyed. Start the command at a terminal where its "
    "passphrase can be typed, or pipe it in as one line."
)


def asked_for(*files: Path) -> str | None:
    """Ask once where one of the files may be an encrypted journal; None where none is."""
    from il2desk import desk  # noqa: PLC0415

    return ask_hidden(tell("Passphrase: "), _UNASKED) if desk.needs_passphrase(*files) else None
