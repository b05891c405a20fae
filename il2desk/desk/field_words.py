"""The path of a value in a protocol file, in words that a pharmacist reads."""

from __future__ import annotations

_WORDS = {
    "albumin_percent": "albumin, percent",
    "bag_bands": "bag table",
    "bag_diluent": "diluent of the bag",
    "beyond_use": "beyond use",
    "blocked_if": "what blocks it",
    "content": "content of a container",
    "content_iu": "content of a vial, international units",
    "course_cycles": "cycles of a course",
    "daily_max": "daily maximum",
    "days": "days with a dose",
    "dose_per_kg": "dose per kg",
    "doses_per_cycle": "doses of a cycle",
    "form": "form of the dose",
    "hours_apart": "hours between two doses of a day",
    "infusion_minutes": "infusion time, minutes",
    "interval_h": "interval, hours",
    "low_concentration_route": "way below the concentration window",
    "max_age_h": "oldest finding, hours",
    "premedication": "premedication set",
    "presentation": "presentation on the shelf",
    "reconstitution_diluent": "diluent for reconstitution",
    "reconstitution_ml": "volume for reconstitution, mL",
    "rest_days": "days of rest between cycles",
    "rule_set": "rule set",
    "strength_iu_per_ml": "strength, international units per mL",
    "strength_mg_per_ml": "strength, mg per mL",
    "strength_per_ml": "strength per mL",
    "times_a_day": "doses of a day",
    "toxicity_definitions": "toxicity definitions of the reports",
    "window_mcg_per_ml": "concentration window, mcg per mL",
    "withdrawable_ml": "withdrawable volume, mL",
}
_GROUPS = {
    "regimens": "arm {}",
    "companions": "companion drug {}",
    "allergies": "allergy {}",
    "conflicts": "sources that differ on {}",
    "criteria": "row {}",
    "drugs": "drug {}",
    "facts": "fact {}",
    "intervals": "time {}",
    "items": "item {}",
    "presentations": "presentation {}",
    "terms": "term {}",
    "max_age_h": "oldest finding, hours, for {}",
}
_NAMELESS = ("regimen",)
WHOLE_FILE = "the file as a whole"


def field_in_words(field: str) -> str:
    """Such as "arm high, interval, hours" of "regimens.high.interval_h"; a row counts from 1."""
    if not field:
        return WHOLE_FILE
    left = [part for part in field.split(".") if part not in _NAMELESS]
    words: list[str] = []
    while left:
        part = left.pop(0)
        if part in _GROUPS and left and not left[0].isdigit():
            words.append(_GROUPS[part].format(_plain(left.pop(0))))
        elif part.isdigit() and words:
            words[-1] = f"{words[-1]}, row {int(part) + 1}"
        else:
            words.append(_WORDS.get(part, _plain(part)))
    return ", ".join(words)


def _plain(part: str) -> str:
    return part.replace("_", " ").replace("-", " ")
