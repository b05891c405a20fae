"""The path of a value in a protocol file, in words that a pharmacist reads."""

from __future__ import annotations

from functools import partial

from il2desk.dosing import joined, tell

_WORDS = {
    "albumin_percent": tell("albumin, percent"),
    "bag_bands": tell("bag table"),
    "bag_diluent": tell("diluent of the bag"),
    "before_min": tell("minutes before the dose"),
    "between": tell("steps between the levels"),
    "beyond_use": tell("beyond use"),
    "blocked_if": tell("what blocks it"),
    "content": tell("content of a container"),
    "content_iu": tell("content of a vial, international units"),
    "course_cycles": tell("cycles of a course"),
    "daily_max": tell("daily maximum"),
    "days": tell("days with a dose"),
    "dose_per_kg": tell("dose per kg"),
    "doses_per_cycle": tell("doses of a cycle"),
    "dosing_weight_max_age_h": tell("oldest dosing weight, hours"),
    "due_before_min": tell("due before its planned time, minutes"),
    "flush_ml": tell("flush volume of the line, mL"),
    "form": tell("form of the dose"),
    "hold_delay_max_h": tell("longest delay after HOLD, hours"),
    "hold_means": tell("what HOLD means for the dose"),
    "hours_apart": tell("hours between two doses of a day"),
    "infusion_minutes": tell("infusion time, minutes"),
    "interval_h": tell("interval, hours"),
    "left_to_team": tell("findings left to the team"),
    "levels": tell("dose levels"),
    "listed_ml": tell("listed volumes, mL"),
    "low_concentration_route": tell("way below the concentration window"),
    "max_age_h": tell("oldest finding, hours"),
    "minimum_interval_h": tell("least time between two doses, hours"),
    "open": tell("rules that are open"),
    "overdue_after_min": tell("overdue after its planned time, minutes"),
    "override_by": tell("who may order a dose despite HOLD"),
    "parts_confirmed": tell("files that the site has confirmed"),
    "premedication": tell("premedication set"),
    "presentation": tell("presentation on the shelf"),
    "reconstitution_diluent": tell("diluent for reconstitution"),
    "reconstitution_ml": tell("volume for reconstitution, mL"),
    "rest_days": tell("days of rest between cycles"),
    "reweigh_counts_from": tell("whether that change itself counts"),
    "reweigh_percent": tell("change of weight that asks for a new dose, percent"),
    "rule_set": tell("rule set"),
    "site_copy_of": tell("copied from"),
    "says": tell("what each source says"),
    "schedule_policy": tell("how doses are spaced at a clock change"),
    "site": tell("site rule"),
    "strength_iu_per_ml": tell("strength, international units per mL"),
    "strength_mg_per_ml": tell("strength, mg per mL"),
    "strength_per_ml": tell("strength per mL"),
    "syringes": tell("syringes and their steps"),
    "times_a_day": tell("doses of a day"),
    "totals": tell("printed totals"),
    "toxicity_definitions": tell("toxicity definitions of the reports"),
    "verdict_valid_h": tell("how long a check is valid, hours"),
    "vial_rule": tell("how vials are counted"),
    "window_mcg_per_ml": tell("concentration window, mcg per mL"),
    "withdrawable_ml": tell("withdrawable volume, mL"),
}
_GROUPS = {
    "regimens": partial(tell, "arm {name}"),
    "companions": partial(tell, "companion drug {name}"),
    "allergies": partial(tell, "allergy {name}"),
    "conflicts": partial(tell, "sources that differ on {name}"),
    "criteria": partial(tell, "row {name}"),
    "drugs": partial(tell, "drug {name}"),
    "facts": partial(tell, "fact {name}"),
    "intervals": partial(tell, "time {name}"),
    "items": partial(tell, "item {name}"),
    "presentations": partial(tell, "presentation {name}"),
    "terms": partial(tell, "term {name}"),
    "max_age_h": partial(tell, "oldest finding, hours, for {name}"),
}
_NAMELESS = ("regimen",)
WHOLE_FILE = tell("the file as a whole")


def field_in_words(field: str) -> str:
    """Such as "arm high, interval, hours" of "regimens.high.interval_h"; a row counts from 1."""
    if not field:
        return WHOLE_FILE
    left = [part for part in field.split(".") if part not in _NAMELESS]
    words: list[str] = []
    while left:
        part = left.pop(0)
        if part in _GROUPS and left and not left[0].isdigit():
            words.append(_GROUPS[part](name=_plain(left.pop(0))))
        elif part.isdigit() and words:
            words[-1] = tell("{words}, row {row}", words=words[-1], row=int(part) + 1)
        else:
            words.append(_WORDS.get(part, _plain(part)))
    return joined(", ", words)


def _plain(part: str) -> str:
    return part.replace("_", " ").replace("-", " ")
