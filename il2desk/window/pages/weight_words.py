"""What step 1 says around the working: the weight in force, findings, checks, weight gain."""

from __future__ import annotations

from il2desk.desk import Desk, Located, PatientChart, site_rules
from il2desk.dosing import (
    AT_THE_LIMIT,
    Dose,
    Severity,
    plain,
    write_dose,
    write_moment,
    write_quantity,
    write_rounded,
)
from il2desk.words import say

_ASKED = (
    "weight-jump", "tenfold", "pounds", "body-mass-index", "height-and-weight-swapped",
    "weight-outside-plausible-range",
)  # fmt: skip


def weight_line(desk: Desk, chart: PatientChart) -> str:
    """The dosing weight in force with how, when and by whom, or that there is none."""
    weight = chart.dosing_weight
    if weight is None:
        return say("No dosing weight yet. W enters one.")
    return say(
        "Dosing weight {weight}, {method}, measured {when}, recorded by {who}",
        weight=write_quantity(weight.weight_kg, "kg"),
        method=weight.method,
        when=write_moment(desk.local(weight.measured_at)),
        who=weight.by,
    )


def stops_of(dose: Dose) -> str:
    """The findings that forbid release, one a line."""
    return _findings(dose, (Severity.STOP,))


def cautions_of(dose: Dose) -> str:
    """The other findings; the questions about the weight are asked in the form instead."""
    return _findings(dose, (Severity.CAUTION, Severity.NOTE))


def _findings(dose: Dose, kinds: tuple[Severity, ...]) -> str:
    return "\n".join(
        f"{_head(finding.severity)}  {finding.text}"
        for finding in dose.findings
        if finding.severity in kinds and finding.code not in _ASKED
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
    return "   ".join([say("Checks"), *parts])


def gain_sentence(desk: Desk, at: Located) -> str:
    """The last weight against the cycle's baseline, and when the protocol weighs anew for dosing."""
    last, baseline = at.chart.last_weight, at.cycle.baseline_kg
    gain = at.chart.weight_gain_percent(at.cycle)
    dosing = at.chart.dosing_weight
    if last is None or baseline is None or gain is None or dosing is None:
        return ""
    if last.weight_kg == baseline:
        text = say("Last weight {weight}: no change.", weight=write_quantity(baseline, "kg"))
    else:
        text = say(
            "Last weight {weight} is {difference} {more} ({percent} percent) than the cycle's "
            "baseline {baseline}.",
            weight=write_quantity(last.weight_kg, "kg"),
            difference=write_quantity(abs(last.weight_kg - baseline), "kg"),
            more=say("more") if gain > 0 else say("less"),
            percent=write_rounded(abs(gain), 1),
            baseline=write_quantity(baseline, "kg"),
        )
    rules = site_rules(desk, at.cycle)
    limit = rules.reweigh_percent
    rule = (
        say("The site has filled in no limit for a new dosing weight.")
        if limit is None
        else say(
            "Protocol re-weighs {word} {limit} percent of change.",
            word=say("from") if rules.reweigh_counts_from == AT_THE_LIMIT else say("above"),
            limit=plain(limit),
        )
    )
    stays = say("Dosing weight stays {weight}.", weight=write_quantity(dosing.weight_kg, "kg"))
    return f"{text} {rule} {stays}"
