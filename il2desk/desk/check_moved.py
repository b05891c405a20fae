"""Whether what the program put into a check is still so: held doses, weight gain, dosing weight.

Typed values have ages of their own. These three have none: a record made after the check changes
them, and a verdict on how it was before must not release a dose.
"""

from __future__ import annotations

from il2desk.desk.chart import CycleChart, PatientChart
from il2desk.desk.check_before_dose import rule_set_for
from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import CheckRecord
from il2desk.desk.supplied_values import supplied
from il2desk.dosing import FINDING_CODES, Refusal, plain, tell, write_quantity


def moved_since(
    desk: Desk, chart: PatientChart, cycle: CycleChart, check: CheckRecord
) -> tuple[str, ...]:
    """What is not as it was when the check was recorded, a sentence each; empty where nothing moved.

    Held doses and weight gain count only where the rule set looks at them; a dosing weight counts
    always, for limits per kg and because it sets the dose.
    """
    rules = rule_set_for(desk, cycle)
    used = (
        set()
        if isinstance(rules, Refusal)
        else {one.code for row in rules.criteria for one in row.conditions} | set(rules.required)
    )
    then = {value["code"]: value["value"] for value in check.values}
    now = {
        one.code: "" if isinstance(one.value, bool | str | tuple) else plain(one.value)
        for one in supplied(desk, chart, cycle)
    }
    found = [
        tell(
            "Since the check, {name} changed. Check again before release.",
            name=FINDING_CODES[code].name,
        )
        for code in ("doses_held", "weight_gain_percent")
        if code in used and then.get(code) != now.get(code)
    ]
    weight = chart.dosing_weight
    if weight is not None and check.dosing_kg != weight.weight_kg:
        was = "none" if check.dosing_kg is None else write_quantity(check.dosing_kg, "kg")
        found.append(
            tell(
                "The check was made with the dosing weight {was}; it is {amount} now. Check again before release.",
                was=was,
                amount=write_quantity(weight.weight_kg, "kg"),
            )
        )
    return tuple(found)
