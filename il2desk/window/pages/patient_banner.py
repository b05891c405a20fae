"""What the banner says about the open patient, gathered from the chart."""

from __future__ import annotations

from datetime import date

from il2desk.desk import (
    CycleChart,
    Desk,
    PatientChart,
    Subject,
    active_version,
    bundle_of,
    derive_for,
    dose_of,
    not_sound,
)
from il2desk.dosing import Refusal, write_date, write_dose, write_moment, write_quantity
from il2desk.window.banner import BannerFacts
from il2desk.words import say


def facts_for(desk: Desk, chart: PatientChart) -> BannerFacts:
    """The banner's texts: identity, allergies, dosing weight, drug and the dose now in force."""
    subject = chart.subject
    weight = chart.dosing_weight
    note = ""
    if weight is not None:
        note = say(
            "Measured {when}, {method}, {by}",
            when=write_moment(desk.local(weight.measured_at)),
            method=weight.method,
            by=weight.by,
        )
    return BannerFacts(
        trial_number=subject.trial_code,
        family_name=subject.family_name or None,
        given_name=subject.given_name or None,
        title=subject.title or None,
        initials=subject.initials or None,
        born=born_of(subject),
        age=age_of(subject, desk.now().date()),
        sex=say(subject.sex.capitalize()),
        hospital_number=subject.hospital_number or None,
        allergies=subject.allergies_state,
        allergy_detail=subject.allergies,
        dosing_weight=None if weight is None else write_quantity(weight.weight_kg, "kg"),
        dosing_weight_note=note,
        course=_course(chart.cycle),
        drug_line=_drug(desk, chart),
        dose=_dose(desk, chart),
    )


def name_of(subject: Subject) -> str:
    """The patient's name as every list shows it: LÖWENSTEIN, Maria (Ms)."""
    facts = BannerFacts(
        trial_number=subject.trial_code,
        family_name=subject.family_name or None,
        given_name=subject.given_name or None,
        title=subject.title or None,
        initials=subject.initials or None,
    )
    return facts.name()


def born_of(subject: Subject) -> str:
    """The date of birth as 04-Mar-1961."""
    return write_date(date.fromisoformat(subject.born))


def identity_line(subject: Subject) -> str:
    """Date of birth, sex and hospital number in one line, for a review that no banner stands over."""
    return say(
        "Born {born}, {sex}, Hospital No. {number}",
        born=born_of(subject),
        sex=say(subject.sex.capitalize()),
        number=subject.hospital_number or say("not recorded"),
    )


def age_of(subject: Subject, today: date) -> str:
    """The age in completed years on `today`, as 65y."""
    born = date.fromisoformat(subject.born)
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return say("{years}y", years=today.year - born.year - (0 if had_birthday else 1))


def _course(cycle: CycleChart | None) -> str:
    if cycle is None:
        # The banner makes the first word strong, the drug's name: this begins with a space, so
        # that no word of it is where the drug is not known.
        return f" {say('No cycle planned')}"
    return say("course {course} cycle {cycle}", course=cycle.course, cycle=cycle.number)


def _fingerprint(chart: PatientChart) -> str | None:
    if chart.cycle is not None:
        return chart.cycle.fingerprint
    return None if chart.order is None else chart.order.fingerprint


def _drug(desk: Desk, chart: PatientChart) -> str:
    """Drug and brand of the version in use; before an order, of the protocol's active version."""
    fingerprint = _fingerprint(chart)
    if fingerprint is None:
        version = active_version(desk, chart.subject.protocol)
        fingerprint = None if isinstance(version, Refusal) else version.fingerprint
    bundle = None if fingerprint is None else bundle_of(desk, fingerprint)
    if bundle is None or isinstance(bundle, Refusal):
        return ""
    brand = bundle.product.name.partition(" (")[0]  # the rest names drug and presentation
    return f"{bundle.protocol.drug} – {brand} –"


def _dose(desk: Desk, chart: PatientChart) -> str | None:
    """The exact dose of the first dose without an outcome; None where none can be derived."""
    cycle, fingerprint = chart.cycle, _fingerprint(chart)
    if fingerprint is None or not_sound(desk) is not None:
        return None
    if cycle is None:
        dose = derive_for(desk, chart, fingerprint)
    else:
        open_doses = [n for n, found in cycle.doses.items() if found.administration is None]
        dose = dose_of(desk, chart, cycle, min(open_doses, default=1))
    return None if isinstance(dose, Refusal) else write_dose(dose.exact_dose_iu)
