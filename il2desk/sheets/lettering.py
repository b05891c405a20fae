"""The one text cleaner and the glyph gate: what may reach paper, and what is refused by name."""

from __future__ import annotations

import unicodedata

from il2desk.sheets.faces import shows
from il2desk.sheets.faults import SheetRefused
from il2desk.words import say

_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(text: str, field: str, *, lines: bool = False) -> str:
    """Return the text composed (NFC), or raise SheetRefused naming the character and the field.

    `lines` allows line feeds, for prose that people typed over several lines.
    """
    composed = unicodedata.normalize("NFC", text)
    if lines:
        composed = composed.replace("\r\n", "\n")
    strange = {character for character in set(composed) if not shows(character)}
    if lines:
        strange.discard("\n")
    for character in composed:
        if character in strange or unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
            raise _unprintable(character, field)
        if unicodedata.category(character) in _HIDDEN and not (lines and character == "\n"):
            raise _unprintable(character, field)
    return composed


def can_show(text: str) -> bool:
    """Whether a font on board shows every letter of a line; `clean` refuses the others by name."""
    try:
        clean(text, "")
    except SheetRefused:
        return False
    return True


def _unprintable(character: str, field: str) -> SheetRefused:
    name = unicodedata.name(character, say("a control character"))
    shown = f" {character}" if character.isprintable() and not character.isspace() else ""
    return SheetRefused(
        say(
            "The character{shown} U+{code:04X} ({name}) in {field} cannot be printed: "
            "no font on board shows it rightly.",
            shown=shown,
            code=ord(character),
            name=name,
            field=field,
        ),
        say("Nothing was printed. Write {field} with other letters, then print.", field=field),
    )
