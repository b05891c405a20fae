"""The path of a value in a protocol file, in words that a pharmacist reads."""

from __future__ import annotations

_WORDS = {
    "albumin_percent": "albumin, percent",
    "bag_bands": "bag table",
    "bag_diluent": "diluent of the bag",
    "before_min": "minutes before the dose",
    "between": "steps between the levels",
    "beyond_use": "beyond use",
    "blocked_if": "what blocks it",
    "content": "content of a container",
    "content_iu": "content of a vial, international units",
    "course_cycles": "cycles of a course",
    "daily_max": "daily maximum",
    "days": "days with a dose",
    "dose_per_kg": "dose per kg",
    "doses_per_cycle": "doses of a cycle",
    "dosing_weight_max_age_h": "oldest dosing weight, hours",
    "due_before_min": "due before its planned time, minutes",
    "flush_ml": "flush volume of the line, mL",
    "form": "form of the dose",
    "hold_delay_max_h": "longest delay after HOLD, hours",
    "hold_means": "what HOLD means for the dose",
    "hours_apart": "hours between two doses of a day",
    "infusion_minutes": "infusion time, minutes",
    "interval_h": "interval, hours",
    "left_to_team": "findings left to the team",
    "levels": "dose levels",
    "listed_ml": "listed volumes, mL",
    "low_concentration_route": "way below the concentration window",
    "max_age_h": "oldest finding, hours",
    "minimum_interval_h": "least time between two doses, hours",
    "open": "rules that are open",
    "overdue_after_min": "overdue after its planned time, minutes",
    "override_by": "who may order a dose despite HOLD",
    "parts_confirmed": "files that the site has confirmed",
    "premedication": "premedication set",
    "presentation": "presentation on the shelf",
    "reconstitution_diluent": "diluent for reconstitution",
    "reconstitution_ml": "volume for reconstitution, mL",
    "rest_days": "days of rest between cycles",
    "reweigh_counts_from": "whether that change itself counts",
    "reweigh_percent": "change of weight that asks for a new dose, percent",
    "rule_set": "rule set",
    "site_copy_of": "copied from",
    "says": "what each source says",
    "schedule_policy": "how doses are spaced at a clock change",
    "site": "site rule",
    "strength_iu_per_ml": "strength, international units per mL",
    "strength_mg_per_ml": "strength, mg per mL",
    "strength_per_ml": "strength per mL",
    "syringes": "syringes and their steps",
    "times_a_day": "doses of a day",
    "totals": "printed totals",
    "toxicity_definitions": "toxicity definitions of the reports",
    "verdict_valid_h": "how long a check is valid, hours",
    "vial_rule": "how vials are counted",
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
