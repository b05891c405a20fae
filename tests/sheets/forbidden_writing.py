"""What the field forbids in anything that people read a dose from; one list for paper and screen.

Sources: NHS CUI medication display rules and ISMP's list of dangerous abbreviations, as the design
pages give them.
"""

from __future__ import annotations

import re

FORBIDDEN = {
    "an abbreviated unit": r"\b(I\.?U|MIU|MU|mio|ug|cc)\b|10\^6",
    "an abbreviated route or interval": r"\b(SC|SQ|QD|QOD)\b",
    "a sign that reverses": r"[<>]\s*\d",
    "a trailing zero": r"(?<![\d.,])\d+\.\d*0(?![\d.])",
    "a naked decimal": r"(?<![\d.])\.\d",
    "a slashed date": r"\d{1,2}/\d{1,2}/\d{2,4}",
    "a quantity that can part": (
        r"\d (mL|kg|mg|mcg|g|million|international|hours|cm|mmHg|days|weeks|percent)\b|\d %"
    ),
    "a span that can part": r"\d to \d",
}
PLANTED = ("5 IU", "daily SC", "< 5", "5.0", " .5", "03/04/2026", "5 mL", "3 to 7")
"""One text for each rule that it must find."""
_DOSE = re.compile(r"\d[\d,.]*\s(?:million\s)?international\sunits(?!\sper)")
_WORKING = ("=", "\u00d7", "\u00f7")


def faults_of(text: str) -> list[str]:
    """The rules that the text breaks, each with what breaks it."""
    found = [f"{rule}: {m.group()}" for rule, p in FORBIDDEN.items() if (m := re.search(p, text))]
    for line in text.split("\n"):
        working = any(sign in line for sign in _WORKING)
        if not working and len(_DOSE.findall(line)) > 1:
            found.append(f"two dose expressions on a line: {line}")
    return found
