"""Raw findings (typed text, true or false, words) into values, or a refusal that names the code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.assessment_values import Found, FoundValue
from il2desk.dosing.finding_codes import FINDING_CODES, FindingCode
from il2desk.dosing.findings import Refusal, refuse
from il2desk.dosing.parsing import parse_number
from il2desk.dosing.sentence import tell

Raw = str | bool | tuple[str, ...]


def read_findings(
    raw: Mapping[str, Raw], measured: Mapping[str, datetime] | None = None
) -> tuple[Found, ...] | Refusal:
    """All findings as values in the unit of their code; every refusal is listed, not the first."""
    reasons: list[str] = []
    found: list[Found] = []
    for code, value in raw.items():
        entry = FINDING_CODES.get(code)
        if entry is None:
            reasons.append(tell("{code} is not a finding code. Check its spelling.", code=code))
            continue
        read = read_one(entry, value)
        if isinstance(read, Refusal):
            reasons.extend(f"{code}: {reason}" for reason in read.reasons)
        else:
            found.append(Found(code, read, (measured or {}).get(code)))
    for code, entry in FINDING_CODES.items():
        if entry.counts_as is not None and code in raw and entry.counts_as in raw:
            reasons.append(
                tell(
                    "{counts_as} and {code} are both given. Give one of them.",
                    counts_as=entry.counts_as,
                    code=code,
                )
            )
    return Refusal("findings", tuple(reasons)) if reasons else tuple(found)


def read_one(entry: FindingCode, value: Raw) -> FoundValue | Refusal:
    """One value by the kind of its code."""
    if entry.kind in ("number", "count"):
        return _read_number(entry, value)
    if entry.kind == "flag":
        if isinstance(value, bool):
            return value
        return refuse(
            "flag",
            tell("{shown} is neither true nor false. Give true or false.", shown=_shown(value)),
        )
    return _read_words(entry, value)


def _read_number(entry: FindingCode, value: Raw) -> FoundValue | Refusal:
    if not isinstance(value, str) or entry.number is None:
        return refuse(
            "number",
            tell(
                "{shown} is not a number. Type digits with at most one decimal mark.",
                shown=_shown(value),
            ),
        )
    number = parse_number(value, entry.number)
    if isinstance(number, Refusal) and number.code == "range":
        other = _other_unit(entry, value)
        if other is not None:
            return refuse(
                "range",
                tell("{text} Is it {value} {other}?", text=number.text, value=value, other=other),
            )
    return number


def _other_unit(entry: FindingCode, value: str) -> str | None:
    """The unit of a sister code in whose range the number lies; asked about, never converted."""
    root = entry.counts_as or entry.code
    for sister in FINDING_CODES.values():
        if sister is entry or sister.number is None or root not in (sister.code, sister.counts_as):
            continue
        if not isinstance(parse_number(value, sister.number), Refusal):
            return sister.number.unit
    return None


def _read_words(entry: FindingCode, value: Raw) -> FoundValue | Refusal:
    listed = ", ".join(entry.words)
    if entry.kind == "words":
        if not isinstance(value, tuple):
            return refuse(
                "words",
                tell(
                    "{shown} is not a list. Give a list of: {listed}; empty for none.",
                    shown=_shown(value),
                    listed=listed,
                ),
            )
        unknown = [word for word in value if word not in entry.words]
        if unknown or len(set(value)) != len(value):
            return refuse(
                "words",
                tell(
                    "{unknown}: choose from {listed}.",
                    unknown=", ".join(map(str, unknown)) or tell("a word twice"),
                    listed=listed,
                ),
            )
        return value
    if isinstance(value, str) and value in entry.words:
        return value
    return refuse(
        "words",
        tell(
            "{shown} is not one of the words. Choose from {listed}.",
            shown=_shown(value),
            listed=listed,
        ),
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def in_rule_unit(found: Found) -> tuple[str, FoundValue]:
    """Code and value in the unit that rule sets use (mg/dL, per mm3), converted exactly."""
    entry = FINDING_CODES[found.code]
    if entry.counts_as is None or not isinstance(found.value, (Decimal, Fraction)):
        return found.code, found.value
    return entry.counts_as, Fraction(found.value) * entry.factor
