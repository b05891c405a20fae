"""How numbers, units, dates and limits are written: no short form that kills, no sign that misleads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from window_tree.look import Look, short

NO_BREAK = "\u00a0"
_UNITS = (
    "million|international|thousand|kg|mL|mg|mmHg|micromol|mmol|%|hours?|hr|min|L|g|cm|m2|days?"
)
RULES = {
    "an unsafe short form": re.compile(
        r"(?<![\w.-])(I\.?U\.?|I\.E\.|U\.I\.|MIU|MU|(?<![A-Z] )U|[Mm]io\.?|10\^6|[uµ]g|cc|IL-?2)(?![\w-])"
    ),
    "a naked decimal": re.compile(r"(?<![\d.\w])[.,]\d"),
    "a trailing zero": re.compile(rf"\d(?:\.|,(?!\d{{3}}\b))\d*0[ {NO_BREAK}](?:{_UNITS})\b"),
    "a limit by sign": re.compile(r"(?:[<>≤≥]\s*\d|\d\s*[<>≤≥])"),
    "two full stops": re.compile(r"(?<!\.)\.\.(?!\.)"),
    "a date that is not dd-MMM-yyyy": re.compile(
        r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}-[A-Z][a-z]{2}\b(?!-\d{4})"
    ),
    "a time of the 12-hour clock": re.compile(r"\b\d{1,2}(?::\d{2})?\s?(?:am|pm|AM|PM)\b"),
    "a slash before a unit of dosing": re.compile(
        r"(?:units?|million|mg|mL) ?/ ?(?:kg|mL|m2|dose|day|h)\b"
    ),
    "DOSE whose unit may part from it": re.compile(
        rf"\bDOSE[ {NO_BREAK}]\d[\d.,]*(?!{NO_BREAK}|[\d.,])"
    ),
}
_FOREIGN_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_JOINER = "\u2060"
# A laboratory's unit keeps its customary slash; a chain of hashes, an id or a path is no sentence.
_NOT_READ = re.compile(r"[0-9a-f]{12,}|\S*/\S+\.(?:sqlite|toml|pdf|csv)|\S+\.txt")


def faults(look: Look) -> list[str]:
    """Return a sentence for every text that is written wrongly."""
    return [told for text in texts(look) for told in wrong_in(text)]


def texts(look: Look) -> Iterable[str]:
    """Give every text once, what was typed left out."""
    from PySide6.QtWidgets import QLineEdit, QTextEdit  # noqa: PLC0415 - the rest is no Qt

    written = (p.text for p in look.pieces if not isinstance(p.widget, QLineEdit | QTextEdit))
    return dict.fromkeys(written)


def wrong_in(text: str) -> list[str]:
    """Return what is wrong in one text."""
    plain = _NOT_READ.sub("", text.replace(_JOINER, ""))
    found = [f"{name}: {short(text)!r}" for name, rule in RULES.items() if rule.search(plain)]
    if _FOREIGN_DATE.search(plain):
        found.append(f"a date that is not dd-MMM-yyyy: {short(text)!r}")
    return found
