"""The parts of a cycle sheet that come from the protocol version and the derived dose."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from il2desk.desk.code_words import alternatives, shown, with_scope
from il2desk.desk.doses_by_day import differs_by_day, draw_rows, of_its_day
from il2desk.dosing import (
    FINDING_CODES,
    NO_BREAK,
    BeyondUse,
    ChecklistItem,
    Criterion,
    DilutionMethod,
    Dose,
    Gap,
    PremedicationItem,
    Product,
    Protocol,
    Refusal,
    Regimen,
    RuleSet,
    derive_dose,
    joined,
    limit_in_words,
    limits_of_use,
    open_limits,
    plain,
    tell,
    told,
    write_days,
    write_dose,
    write_number,
    write_quantity,
    write_rounded,
)
from il2desk.protocols import Bundle
from il2desk.sheets import (
    CriterionRow,
    MedicineFacts,
    PremedicationRow,
    ProtocolFacts,
    RecipeRow,
    SheetGap,
    Shown,
    WorkingRow,
)

_OF_A_DAY = "DEFGHIJKL"
"""Lines of the working that come from the dose of one day and, unlike line C, do not say so."""
_NO_DOSE = SheetGap(
    tell("Dose"), tell("No dose is derived: no dosing weight is recorded, or a value is a gap.")
)


def protocol_facts(protocol: Protocol, arm: str | None, status: str) -> ProtocolFacts:
    """The treatment document; the fingerprint in its short form."""
    return ProtocolFacts(
        title=protocol.title, arm=arm or tell("no arms"), version=protocol.version, status=shown(status),
        source=protocol.source, fingerprint=short_print(protocol.fingerprint),
    )  # fmt: skip


def short_print(fingerprint: str) -> str:
    """The first twelve digits of a fingerprint, as sheets carry it."""
    return fingerprint.removeprefix("sha256:")[:12]


def gap_facts(gaps: tuple[Gap, ...]) -> tuple[SheetGap, ...]:
    """Gaps with their sentences."""
    return tuple(SheetGap(told(gap.name), gap.sentence()) for gap in gaps)


def medicine_facts(bundle: Bundle, regimen: Regimen, dose: Dose | Refusal) -> MedicineFacts:
    """The drug line with DOSE, prepared dose and volume, or the gap in their place."""
    protocol, product = bundle.protocol, bundle.product
    frequency: Shown = SheetGap(
        tell("Interval"), tell("The source states no interval; the site fills it in.")
    )
    if regimen.interval_h is not None:
        frequency = tell(
            "every {interval_h}", interval_h=write_quantity(regimen.interval_h.value, "hours")
        )
    elif regimen.days is not None:
        frequency = _on_days(regimen)
    limit: Shown = SheetGap(tell("Number of doses"), tell("The source states no number of doses."))
    if regimen.doses_per_cycle is not None:
        count = regimen.doses_per_cycle.value
        limit = (
            tell("at most 1 dose a cycle")
            if count == 1
            else tell("at most {count} doses a cycle", count=count)
        )
    elif regimen.days is not None:
        limit = _listed(regimen)
    amounts, (total, diluent) = _amounts(dose), _made_up(dose)
    if not isinstance(dose, Refusal) and (day := of_its_day(dose, regimen)):
        # The head stands on every page: without the day it would be read for every row.
        exact, prepared, volume, deviation = amounts
        volume, total = tell("{volume} on {day}; other days: see Draw", volume=volume, day=day), ""
        amounts = (
            tell("{exact}, {day}; other days: see rows", exact=exact, day=day),
            prepared,
            volume,
            deviation,
        )
    return MedicineFacts(
        drug=protocol.drug, brand=product.name, form=regimen.form.value, basis=_basis(regimen, dose),
        exact_dose=amounts[0], prepared_dose=amounts[1], prepared_volume=amounts[2],
        deviation=amounts[3], route=regimen.route.value, duration=duration_of(regimen), frequency=frequency,
        limit=limit, total=total, diluent=diluent,
    )  # fmt: skip


def duration_of(regimen: Regimen) -> Shown:
    """How long a dose runs in, in words, or the gap; an undiluted one is injected."""
    minutes = regimen.infusion_minutes
    if minutes is not None:
        return tell("over {minutes}", minutes=write_quantity(minutes.value, "minutes"))
    if regimen.dilution.method is DilutionMethod.UNDILUTED:
        return tell("injected")
    return SheetGap(
        tell("Infusion time"), tell("The source states no infusion time; the site fills it in.")
    )


def _made_up(dose: Dose | Refusal) -> tuple[str, str]:
    """Total volume and diluent; empty where no dose is derived or nothing is diluted."""
    total = None if isinstance(dose, Refusal) else dose.dilution.total_volume_ml
    if isinstance(dose, Refusal) or total is None:
        return "", ""
    return write_quantity(total, "mL"), dose.dilution.diluent or ""


def _listed(regimen: Regimen) -> str:
    """How many days with a dose are listed, and how many doses where some days have several."""
    days = () if regimen.days is None else regimen.days.value
    doses = sum(regimen.times_on(day) for day in days)
    text = (
        tell("1 dose day listed")
        if len(days) == 1
        else tell("{days} dose days listed", days=len(days))
    )
    return text if doses == len(days) else tell("{text}, {doses} doses", text=text, doses=doses)


def _on_days(regimen: Regimen) -> str:
    """The listed days, with those that have more than one dose."""
    days = () if regimen.days is None else regimen.days.value
    several = {day: regimen.times_on(day) for day in days if regimen.times_on(day) > 1}
    once = tuple(day for day in days if day not in several)
    parts = [tell("once a day on days {days}", days=write_days(once))]
    for times in sorted(set(several.values())):
        listed = write_days(tuple(day for day, found in several.items() if found == times))
        parts.append(tell("{times} times a day on days {days}", times=times, days=listed))
    return joined("; ", parts)


def planned_dose_on(dose: Dose | Refusal, regimen: Regimen, day: int) -> str:
    """The exact dose of a day where the days of a cycle differ; empty where they are all alike."""
    if isinstance(dose, Refusal) or not differs_by_day(regimen):
        return ""
    made = derive_dose(replace(dose.request, day=day, ordered_dose_iu=None))
    return "" if isinstance(made, Refusal) else write_dose(made.exact_dose_iu)


def _amounts(dose: Dose | Refusal) -> tuple[Shown, Shown, Shown, str]:
    """Exact dose, prepared dose, prepared volume, deviation; gaps where nothing is derived."""
    if isinstance(dose, Refusal):
        return _NO_DOSE, _NO_DOSE, _NO_DOSE, tell("none")
    return (
        write_dose(dose.exact_dose_iu),
        write_dose(dose.prepared_dose_iu),
        write_quantity(dose.prepared_volume_ml, "mL"),
        write_quantity(write_rounded(dose.deviation_percent, 2), "percent"),
    )


def _basis(regimen: Regimen, dose: Dose | Refusal) -> str:
    if isinstance(dose, Refusal):
        return tell("no dose derived")
    line = next(step for step in dose.working if step.letter == "C")
    if regimen.dose is None or dose.request.weight_kg is None or dose.bsa_m2 is not None:
        return line.text
    per = write_number(regimen.dose.value)
    unit = "international units per kg".replace(" ", NO_BREAK)
    return f"{per}{NO_BREAK}{unit} x {write_quantity(dose.request.weight_kg, 'kg')}"


def working_rows(dose: Dose | Refusal, regimen: Regimen) -> tuple[WorkingRow, ...]:
    """Lines A to M; without a dose, the reasons why there is none.

    Where days differ, each line from the dose on names the day that it is of.
    """
    if isinstance(dose, Refusal):
        return tuple(
            WorkingRow("C", tell("Exact dose"), SheetGap(tell("Exact dose"), reason))
            for reason in dose.reasons
        )
    day = of_its_day(dose, regimen)
    return tuple(
        WorkingRow(
            step.letter,
            step.label,
            tell("{day}: {text}", day=day, text=step.text)
            if day and step.letter[0] in _OF_A_DAY
            else step.text,
            step.source,
        )
        for step in dose.working
    )


def recipe_rows(bundle: Bundle, regimen: Regimen, dose: Dose | Refusal) -> tuple[RecipeRow, ...]:
    """The preparation recipe, step by step, with sources."""
    product = bundle.product
    infused = regimen.dilution.method is not DilutionMethod.UNDILUTED
    technique = product.technique_for(infused=infused)
    rows = [
        RecipeRow(tell("Product"), product.printed_as, product.content_iu.source.cite()),
        RecipeRow(
            tell("Withdrawable"), _withdrawable(product), product.withdrawable_ml.source.cite()
        ),
        RecipeRow(
            tell("Reconstitute"),
            tell(
                "each vial with {reconstitution_ml} {reconstitution_diluent}",
                reconstitution_ml=write_quantity(product.reconstitution_ml.value, "mL"),
                reconstitution_diluent=product.reconstitution_diluent.value,
            ),
            product.reconstitution_ml.source.cite(),
        ),
        RecipeRow(
            tell("Technique"),
            joined(" ", (step.value for step in technique)),
            joined("; ", dict.fromkeys(step.source.cite() for step in technique)),
        ),
    ]
    if not isinstance(dose, Refusal):
        rows += _volumes(dose, regimen)
    if infused:
        rows.append(_line(bundle.protocol.site.flush_ml))
    rows += _limits(product, regimen.dilution.method)
    rows.append(RecipeRow(tell("Storage"), product.storage.value, product.storage.source.cite()))
    return tuple(rows)


def _line(flush: Decimal | None) -> RecipeRow:
    """The flush of the line that an infusion runs through; an injection has none."""
    if flush is None:
        sentence = tell("The site has not set a flush volume. Bag overfill not counted.")
        return RecipeRow(tell("Line"), SheetGap(tell("Flush volume"), sentence))
    text = tell("flush with {flush}; bag overfill not counted", flush=write_quantity(flush, "mL"))
    return RecipeRow(tell("Line"), text, tell("site rule"))


def _withdrawable(product: Product) -> str:
    volume, strength = product.withdrawable_ml.value, product.strength_iu_per_ml.value
    return tell(
        "{dose} in {volume}, that is {strength} per\u00a0mL",
        dose=write_dose(volume * strength),
        volume=write_quantity(volume, "mL"),
        strength=write_dose(strength),
    )


def _volumes(dose: Dose, regimen: Regimen) -> list[RecipeRow]:
    day = of_its_day(dose, regimen)
    rows = draw_rows(dose, regimen)
    rows += [
        RecipeRow(
            tell("{label}, {day}", label=step.label, day=day) if day else step.label,
            step.text,
            step.source,
        )
        for step in dose.working
        if step.letter in ("I", "L")
    ]
    return rows


def _limits(product: Product, method: DilutionMethod) -> list[RecipeRow]:
    """The limits of use of a dose made by the method; the gap in the place of one that is open."""
    rows = [
        RecipeRow(tell("Beyond use"), _beyond_use(limit), limit.source.cite())
        for limit in limits_of_use(product, method)
    ]
    rows += [
        RecipeRow(
            tell("Beyond use"), SheetGap(tell("Beyond use"), told(gap.name)), told(gap.fill_from)
        )
        for gap in open_limits(product, method)
    ]
    return rows


def _beyond_use(limit: BeyondUse) -> str:
    return tell(
        "{hours} from {counted_from}, {storage}",
        hours=write_quantity(limit.hours, "hours"),
        counted_from=shown(limit.counted_from),
        storage=limit.storage,
    )


def premedication_rows(items: tuple[ChecklistItem, ...]) -> tuple[PremedicationRow, ...]:
    """Items with computed amounts, intervals, daily maxima and what blocks them."""
    return tuple(_premedication(made) for made in items)


def _premedication(made: ChecklistItem) -> PremedicationRow:
    item = made.item
    none = tell("not applicable")
    if item.confirmation:
        return PremedicationRow(
            item=item.name, mandatory=item.mandatory, amount=tell("to be confirmed, no drug"), route=none,
            timing=item.timing, interval=none, daily_maximum=none, condition=_conditions(item),
            blocked=joined("; ", made.blocked_by), source=item.source.cite(),
        )  # fmt: skip
    gap = tell("{name}: the source names none; the site fills it in.", name=item.name)
    amount: Shown = SheetGap(tell("Amount"), gap)
    if made.amount is not None:
        amount = write_quantity(made.amount, item.unit or "")
    interval: Shown = SheetGap(tell("Interval"), gap)
    if item.interval_h is not None:
        low, high = item.interval_h
        span = write_quantity(plain(high), "hours")
        if low != high:
            span = tell("{low} to {high}", low=plain(low), high=span)
        interval = tell("every {span}", span=span)
    daily: Shown = SheetGap(tell("Daily maximum"), gap)
    if item.daily_max is not None:
        daily = write_quantity(item.daily_max, item.daily_max_unit or "")
    return PremedicationRow(
        item=item.name,
        mandatory=item.mandatory,
        amount=amount,
        route=item.route or SheetGap(tell("Route"), gap),
        timing=item.timing or SheetGap(tell("Timing"), gap),
        interval=interval,
        daily_maximum=daily,
        condition=_conditions(item),
        blocked=joined("; ", made.blocked_by),
        source=item.source.cite(),
    )


def _conditions(item: PremedicationItem) -> str:
    """When it is given and when not, as rules; whether a rule holds now stands under blocked."""
    rules = [item.given_if] if item.given_if else []
    if item.blocked_if:
        blocks = joined("; ", (block.text for block in item.blocked_if))
        rules.append(tell("Not given if: {blocks}", blocks=blocks))
    return joined(". ", rules)


def criterion_rows(rules: RuleSet, weight_kg: Decimal | None) -> tuple[CriterionRow, ...]:
    """Hold and stop criteria with their limits in words."""
    return tuple(_criterion(criterion, weight_kg) for criterion in rules.criteria)


def _criterion(criterion: Criterion, weight_kg: Decimal | None) -> CriterionRow:
    names = dict.fromkeys(FINDING_CODES[one.code].name for one in criterion.conditions)
    limits = dict.fromkeys(limit_in_words(one, weight_kg) for one in criterion.conditions)
    verdict = with_scope("STOP", criterion.scope) if criterion.stops else "HOLD"
    return CriterionRow(
        criterion=alternatives(names), limit=alternatives(limits), verdict=verdict,
        until=criterion.until_text, source=criterion.source.cite(),
    )  # fmt: skip
