"""Everything that two people sign for at a release, in lines to read before the signature."""

from __future__ import annotations

from il2desk.desk import Desk, Located, ReleaseForm, items_for, to_watch_for, total_of
from il2desk.desk.stock import CONTROL, place_key
from il2desk.dosing import (
    Dose,
    Refusal,
    kept_together,
    write_clock,
    write_moment,
    write_quantity,
    write_rounded,
)
from il2desk.window.pages.check_recorded import check_line
from il2desk.window.pages.dose_lines import place_lines
from il2desk.window.pages.dose_words import dose_line, prepared_line
from il2desk.window.pages.preparation_facts import lots_words, use_before
from il2desk.window.pages.weight_words import weight_line
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say


def release_review(desk: Desk, at: Located, dose: Dose, form: ReleaseForm) -> tuple[str, ...]:
    """Who, drug, DOSE, what is drawn, weight, premedication, check, lots, dilution, giving."""
    lines = [
        *place_lines(desk, at),
        dose_line(dose),
        prepared_line(dose),
        weight_line(desk, at.chart),
        *_premedication(desk, at),
        *_beside(desk, at),
        *_check(desk, at),
        say("Lots: {lots}", lots=lots_words(form.lots)),
        *_shelf(form),
        *_more(form),
        say("Reconstituted {when}", when=write_moment(form.reconstituted_at)),
        *_dilution(dose, form),
        _giving(dose, form),
    ]
    lines.extend(
        f"{spoken(fact.name)} {spoken(fact.text)}"
        for fact in use_before(dose, form.reconstituted_at)
    )
    return tuple(kept_together(line) for line in lines if line)


def _premedication(desk: Desk, at: Located) -> list[str]:
    """Every item of the checklist with its outcome, or that it has none."""
    items = items_for(desk, at.chart, at.cycle)
    if isinstance(items, Refusal):
        return list(items.reasons)
    done = at.dose.premedication
    said: list[str] = []
    for made in items:
        outcome = done.get(made.item.id)
        if outcome is None:
            said.append(say("{name} no outcome", name=made.item.name))
            continue
        word = outcome.outcome
        if outcome.at is not None:
            word = f"{word} {write_clock(desk.local(outcome.at))}"
        if outcome.reason.strip():
            word = f"{word} ({outcome.reason.strip()})"
        said.append(f"{made.item.name} {word}")
    return [say("Premedication: {items}", items=spoken_all(said, "; "))] if said else []


def _beside(desk: Desk, at: Located) -> list[str]:
    """The patient's other drugs as last written, and what they and the allergies mean."""
    drugs = at.chart.other_drugs
    first = [say("Other drugs: {drugs}", drugs=drugs)] if drugs else []
    return [*first, *to_watch_for(desk, at.chart, at.cycle)]


def _check(desk: Desk, at: Located) -> list[str]:
    check, override = at.dose.check, at.dose.override
    if check is None:
        return []
    lines = [say("Check: {line}", line=check_line(desk, check)), check.sentence]
    if override is not None and override.check == check.entry:
        lines.append(
            say(
                "Given despite {verdict}: {reason} Ordered by {who}, {way}.",
                verdict=check.verdict,
                reason=override.reason.rstrip(".") + ".",
                who=override.prescriber,
                way=override.way,
            )
        )
    return lines


def _shelf(form: ReleaseForm) -> list[str]:
    """From which place the vials are, where it is not the pharmacy's own, and why this lot."""
    said: list[str] = []
    if place_key(form.taken_from) != CONTROL:
        said.append(say("Taken from {place}", place=form.taken_from))
    if form.lot_reason.strip():
        said.append(say("This lot because: {why}", why=form.lot_reason.strip()))
    return said


def _more(form: ReleaseForm) -> list[str]:
    """Why more vials were taken than are needed."""
    why = form.vials_reason.strip()
    return [say("More vials than needed because: {why}", why=why)] if why else []


def _dilution(dose: Dose, form: ReleaseForm) -> list[str]:
    diluent, total = dose.dilution.diluent, total_of(dose, form)
    if diluent is None or total is None:
        return [say("Undiluted")]
    volume = write_quantity(total, "mL")
    lines = [say("{diluent}, total volume {total}", diluent=diluent, total=volume)]
    if form.choice_reason:
        lines.append(say("Total volume chosen because: {why}", why=form.choice_reason))
    return lines


def _giving(dose: Dose, form: ReleaseForm) -> str:
    """Route, duration and rate; the rate of the recipe is not that of another total volume."""
    if dose.infusion is None:
        return say("Route {route}", route=dose.route)
    over = write_quantity(dose.infusion.minutes, "minutes")
    if total_of(dose, form) != dose.dilution.total_volume_ml:
        return say(
            "Route {route}, over {over}; the rate for this total volume stands in step 4 "
            "after the release",
            route=dose.route,
            over=over,
        )
    if dose.infusion.rate_ml_per_h is None:
        return say("Route {route}, over {over}, no rate", route=dose.route, over=over)
    rate = write_quantity(write_rounded(dose.infusion.rate_ml_per_h, 1), "mL per hour")
    return say("Route {route}, over {over}, {rate}", route=dose.route, over=over, rate=rate)
