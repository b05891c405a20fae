"""What step 1 says around the working: the weight in force, findings, checks, weight gain."""

from __future__ import annotations

from il2desk.desk import (
    Desk,
    KeptWeight,
    Located,
    PatientChart,
    Weight,
    changed_weight,
    kept_despite,
    site_rules,
    weight_reasons,
)
from il2desk.dosing import (
    ABOVE_THE_LIMIT,
    Dose,
    Severity,
    plain,
    write_dose,
    write_moment,
    write_quantity,
    write_rounded,
)
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say

_ASKED = (
    "weight-jump", "tenfold", "pounds", "body-mass-index", "height-and-weight-swapped",
    "weight-outside-plausible-range",
)  # fmt: skip


def weight_line(desk: Desk, chart: PatientChart) -> str:
    """The dosing weight in force with how, when and by whom, or that there is none."""
    weight = chart.dosing_weight
    if weight is not None:
        return weight_words(desk, weight)
    wrong = [one for one in chart.weights_in_error if one.weight.purpose == "dosing"]
    if not wrong:
        return say("No dosing weight yet. W enters one.")
    return say(
        "No dosing weight: {weight} was entered in error ({reason}). W enters the right one.",
        weight=write_quantity(wrong[-1].weight.weight_kg, "kg"),
        reason=wrong[-1].reason,
    )


def weight_words(desk: Desk, weight: Weight) -> str:
    """A weight with what it is for, how and when it was measured, and who recorded it."""
    dosing = weight.purpose == "dosing"
    return say(
        "{use} weight {weight}, {method}, measured {when}, recorded by {who}",
        use=say("Dosing") if dosing else say("Daily"),
        weight=write_quantity(weight.weight_kg, "kg"),
        method=weight.method,
        when=write_moment(desk.local(weight.measured_at)),
        who=weight.by,
    )


def kept_words(kept: KeptWeight, last: Weight) -> str:
    """The order to keep the dosing weight despite a weight."""
    return say(
        "Dosing weight kept despite {weight}: {reason}. Ordered by {who}, {way}; signed by {names}.",
        weight=write_quantity(last.weight_kg, "kg"),
        reason=kept.reason.rstrip("."),
        who=kept.prescriber,
        way=kept.way,
        names=spoken_all(kept.signatures, ", "),
    )


def stops_of(dose: Dose) -> str:
    """The findings that forbid release, one a line."""
    return _findings(dose, (Severity.STOP,))


def cautions_of(dose: Dose) -> str:
    """The other findings; the questions about the weight are asked in the form instead."""
    return _findings(dose, (Severity.CAUTION, Severity.NOTE))


def against_release(reason: str) -> str:
    """A reason of the weight against the release, under the same head as a finding's."""
    return f"{_head(Severity.STOP)}  {spoken(reason)}"


def _findings(dose: Dose, kinds: tuple[Severity, ...]) -> str:
    return spoken_all(
        (
            f"{_head(finding.severity)}  {spoken(finding.text)}"
            for finding in dose.findings
            if finding.severity in kinds and finding.code not in _ASKED
        ),
        "\n",
    )


def _head(severity: Severity) -> str:
    """The word before a finding; STOP and HOLD are verdicts of the check and of nothing else."""
    if severity is Severity.STOP:
        return say("▲ Cannot be released:")
    return severity.value if severity is Severity.NOTE else f"▲ {severity.value}"


def checks_line(at: Located, dose: Dose) -> str:
    """That both engines agree (no dose is shown otherwise), and how the last release compares."""
    parts = [say("✓ recomputed by a second engine: same")]
    earlier = [
        found
        for found in at.cycle.doses.values()
        if found.number < at.dose.number and found.release is not None
    ]
    if earlier:
        last = earlier[-1]
        released = last.release
        if released is not None and released.prepared_dose_iu == dose.prepared_dose_iu:
            parts.append(say("✓ same as dose {number}", number=last.number))
        elif released is not None:
            parts.append(
                say(
                    "▲ dose {number} was {dose}",
                    number=last.number,
                    dose=write_dose(released.prepared_dose_iu),
                )
            )
    return spoken_all([say("Checks"), *parts], "   ")


def gain_sentence(desk: Desk, at: Located) -> str:
    """The last weight against the cycle's baseline, the rules for weighing anew, what was decided."""
    last, dosing = at.chart.last_weight, at.chart.dosing_weight
    if last is None or dosing is None:
        return ""
    kept = kept_despite(at.chart)
    # Whether it stays is open while a reason above asks for another weight or an order.
    stays = not weight_reasons(desk, at.chart, at.cycle)
    parts = (
        _gain(at, last, fluid=changed_weight(desk, at.chart, at.cycle) is None),
        _reweigh_rule(desk, at),
        _age_rule(desk, at),
        "" if kept is None else kept_words(kept, last),
        say("Dosing weight stays {weight}.", weight=write_quantity(dosing.weight_kg, "kg"))
        if stays
        else "",
    )
    return spoken_all(part for part in parts if part)


def _gain(at: Located, last: Weight, *, fluid: bool) -> str:
    """The gain in words; that it may be fluid is said here unless a sentence above says it."""
    gain, baseline = at.chart.weight_gain_percent(at.cycle), at.cycle.baseline_kg
    if gain is None or baseline is None:
        return say("The cycle's baseline weight is not known: no weight gain is worked out.")
    if gain == 0:
        return say("Last weight {weight}: no change.", weight=write_quantity(baseline, "kg"))
    text = say(
        "Last weight {weight} is {difference} {more} ({percent} percent) than the cycle's "
        "baseline {baseline}.",
        weight=write_quantity(last.weight_kg, "kg"),
        difference=write_quantity(abs(last.weight_kg - baseline), "kg"),
        more=say("more") if gain > 0 else say("less"),
        percent=write_rounded(abs(gain), 1),
        baseline=write_quantity(baseline, "kg"),
    )
    if gain < 0 or not fluid:
        return text
    may_be = say("A gain during a cycle may be fluid; the protocol decides whether it counts.")
    return f"{spoken(text)} {spoken(may_be)}"


def _reweigh_rule(desk: Desk, at: Located) -> str:
    rules = site_rules(desk, at.cycle)
    if rules.reweigh_percent is None:
        return say(
            "The site has filled in no limit for a new dosing weight: no change blocks a release."
        )
    return say(
        "Protocol re-weighs {word} {limit} percent of change against the dosing weight.",
        word=say("above") if rules.reweigh_counts_from == ABOVE_THE_LIMIT else say("from"),
        limit=plain(rules.reweigh_percent),
    )


def _age_rule(desk: Desk, at: Located) -> str:
    age = site_rules(desk, at.cycle).dosing_weight_max_age_h
    if age is None:
        return say("The site has filled in no age of the dosing weight: none is too old.")
    return say("A dosing weight counts for {hours}.", hours=write_quantity(age, "hours"))
