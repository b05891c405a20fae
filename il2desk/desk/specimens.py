"""Questions without a patient: doses, schedules, checklists and verdicts of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from il2desk import paths
from il2desk.desk.prepare_dose import derive_checked
from il2desk.desk.question_fits import counts_refusal, fitted
from il2desk.desk.set_up_site import zone_of
from il2desk.dosing import (
    COUNT,
    HEIGHT_CM,
    MEASURE_STEP_ML,
    SURFACE_M2,
    WEIGHT_KG,
    Assessment,
    AssessmentRequest,
    ChecklistItem,
    Dose,
    DoseRequest,
    NumberField,
    Protocol,
    Raw,
    Refusal,
    Schedule,
    assess,
    checklist,
    parse_local,
    parse_number,
    plan_doses,
    read_findings,
    refuse,
    regimen_of,
    tell,
)
from il2desk.protocols import Bundle, Catalogue, Problems, load_catalogue

# A cycle outside these years is a slip of the keyboard; beyond year 9999 there is no calendar.
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True, slots=True)
class DoseQuestion:
    """A dose asked for by typed texts, as on the command line; None was not given."""

    protocol: str
    weight: str | None = None
    height: str | None = None
    arm: str | None = None
    cycle: str | None = None
    day: str | None = None
    month: str | None = None
    product: str | None = None
    measure_step: str | None = None
    vial_rule: str | None = None
    bsa: str | None = None


def open_catalogue() -> Catalogue:
    """The shipped catalogue. Raises CatalogueFault where a file of it is damaged when read."""
    return load_catalogue(paths.resource_dir())


def bundle_named(catalogue: Catalogue, protocol: str) -> Bundle | Refusal:
    """A protocol by catalogue id or path of a file. PermissionError where it may not be read."""
    path = Path(protocol)
    if protocol not in catalogue.ids():
        if path.suffix != ".toml" and not path.is_file():
            return unknown_protocol(catalogue, protocol)
        stop_where_not_allowed(path)
    bundle = catalogue.bundle_for(protocol)
    return Refusal("protocol", bundle.sentences) if isinstance(bundle, Problems) else bundle


def unknown_protocol(catalogue: Catalogue, protocol: str) -> Refusal:
    """That there is no such protocol, and which there are."""
    known = ", ".join(catalogue.ids())
    return refuse(
        "unknown-protocol",
        tell(
            'There is no protocol "{protocol}". There are: {known}; or name a protocol file.',
            protocol=protocol,
            known=known,
        ),
    )


def stop_where_not_allowed(file: Path) -> None:
    """Raise PermissionError where the file is there and may not be read: that is no fault of it."""
    with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError), file.open("rb"):
        pass


def ask_dose(catalogue: Catalogue, question: DoseQuestion) -> Dose | Refusal:
    """The dose by both engines; every wrong text is a reason of its own."""
    request = dose_request(catalogue, question)
    dose = request if isinstance(request, Refusal) else derive_checked(request)
    return dose if isinstance(dose, Refusal) else fitted(dose)


def dose_request(catalogue: Catalogue, question: DoseQuestion) -> DoseRequest | Refusal:
    """What is asked, read from the typed texts; nothing is derived yet."""
    bundle = bundle_named(catalogue, question.protocol)
    if isinstance(bundle, Refusal):
        return bundle
    product = bundle.product
    if question.product is not None:
        found = catalogue.product(question.product)
        if isinstance(found, Refusal):
            return found
        product = found
    read = _read(question)
    if isinstance(read, Refusal):
        return read
    request = DoseRequest(
        protocol=bundle.protocol,
        product=product,
        arm=question.arm,
        cycle=_whole(read.get("cycle")),
        day=_whole(read.get("day")),
        month=_whole(read.get("month")),
        weight_kg=read.get("weight"),
        height_cm=read.get("height"),
        bsa_m2=read.get("bsa"),
        measure_step_ml=read.get("measure_step"),
        vial_rule=question.vial_rule,
        companion_products=bundle.companion_products,
    )
    return counts_refusal(request) or request


_FIELDS: Mapping[str, NumberField] = {
    "weight": WEIGHT_KG,
    "height": HEIGHT_CM,
    "bsa": SURFACE_M2,
    "measure_step": MEASURE_STEP_ML,
    "cycle": COUNT,
    "day": COUNT,
    "month": COUNT,
}


def _read(question: DoseQuestion) -> dict[str, Decimal] | Refusal:
    """The typed numbers by their fields."""
    values: dict[str, Decimal] = {}
    reasons: list[str] = []
    for name, field in _FIELDS.items():
        typed = getattr(question, name)
        if typed is None:
            continue
        value = parse_number(typed, field)
        if isinstance(value, Refusal):
            reasons.extend(f"--{name.replace('_', '-')}: {reason}" for reason in value.reasons)
        else:
            values[name] = value
    return Refusal("input", tuple(reasons)) if reasons else values


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def ask_schedule(
    catalogue: Catalogue, protocol: str, arm: str | None, start: str, zone: str, policy: str | None
) -> Schedule | Refusal:
    """The planned doses of one cycle from typed texts; without a policy, by `policy_of`."""
    bundle = bundle_named(catalogue, protocol)
    if isinstance(bundle, Refusal):
        return bundle
    begin = begin_of(start, zone)
    if isinstance(begin, Refusal):
        return begin
    return plan_doses(bundle.protocol, arm, *begin, policy_of(bundle.protocol, policy))


def policy_of(protocol: Protocol, typed: str | None) -> str:
    """The policy that was typed, else the site's, else elapsed hours (command line page)."""
    return typed or protocol.site.schedule_policy or "elapsed"


def begin_of(start: str, zone: str) -> tuple[datetime, ZoneInfo] | Refusal:
    """The typed start and zone of a cycle."""
    begin, place = parse_local(start), zone_of(zone)
    reasons = tuple(
        reason for read in (begin, place) if isinstance(read, Refusal) for reason in read.reasons
    )
    if isinstance(begin, Refusal) or isinstance(place, Refusal):
        return Refusal("begin", reasons)
    if not FIRST_YEAR <= begin.year <= LAST_YEAR:
        return refuse(
            "year",
            tell(
                "{start} is outside the years {first_year} to {last_year}. Check the year.",
                start=start,
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            ),
        )
    return begin, place


def ask_premedication(
    catalogue: Catalogue, protocol: str, arm: str | None, weight: str | None
) -> tuple[ChecklistItem, ...] | Refusal:
    """The checklist of a protocol with amounts for a typed weight."""
    bundle = bundle_named(catalogue, protocol)
    if isinstance(bundle, Refusal):
        return bundle
    named = {None if found is None else found.id for found in bundle.premedication.values()}
    # Where every arm has the same set, the arm need not be named.
    regimen = regimen_of(bundle.protocol, arm)
    if isinstance(regimen, Refusal) and (arm is not None or len(named) != 1):
        return regimen
    one = next(iter(bundle.premedication)) if isinstance(regimen, Refusal) else regimen.arm
    items = bundle.premedication.get(one)
    if items is None:
        return refuse(
            "premedication-gap",
            tell(
                "{protocol} names no premedication set{fact}. The site must choose one in its copy of the protocol.",
                protocol=protocol,
                fact="" if arm is None else " for arm " + arm,
            ),
        )
    kilograms = None
    if weight is not None:
        read = parse_number(weight, WEIGHT_KG)
        if isinstance(read, Refusal):
            return read
        kilograms = read
    return checklist(items, kilograms)


def ask_verdict(
    catalogue: Catalogue, rule_set: str, raw: Mapping[str, Raw], weight: str | None
) -> Assessment | Refusal:
    """The verdict of a shipped rule set on findings given as texts; ages are not judged."""
    rules = catalogue.rule_set(rule_set)
    if isinstance(rules, Refusal):
        return rules
    kilograms = None
    if weight is not None:
        read = parse_number(weight, WEIGHT_KG)
        if isinstance(read, Refusal):
            return read
        kilograms = read
    found = read_findings(raw)
    if isinstance(found, Refusal):
        return found
    others = tuple(
        other for other in catalogue.rule_sets() if other.id not in (rules.id, "us-label-older")
    )
    return assess(AssessmentRequest(rules, found, others=others, weight_kg=kilograms))
