"""Registering a patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from il2desk.desk.chart import Subject, subjects
from il2desk.desk.desk import Desk, new_id
from il2desk.desk.people import Signature, signed_alone
from il2desk.desk.place import first_refusal
from il2desk.desk.protocol_life import active_version, bundle_of
from il2desk.desk.roles import REGISTER
from il2desk.dosing import Refusal, parse_date, refuse, regimen_of, tell

SEXES = (tell("female"), tell("male"), tell("not known"))
ALLERGY_STATES = (
    tell("known allergies"), tell("no known allergies"), tell("allergies not recorded"),
    tell("allergies unavailable"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Registration:
    """What is typed to register a patient. `born` as 12-Mar-1961; names may be left out.

    `height_cm` (cm) is optional; it serves surfaces and the questions about a weight.
    """

    trial_code: str
    initials: str
    born: str
    sex: str
    allergies_state: str
    protocol: str
    family_name: str = ""
    given_name: str = ""
    title: str = ""
    hospital_number: str = ""
    allergies: str = ""
    arm: str | None = None
    ward: str = ""
    bed: str = ""
    height_cm: Decimal | None = None


def register_subject(
    desk: Desk,
    form: Registration,
    token: str,
    *,
    same_person_answered: bool = False,
    signed: Signature | None = None,
) -> str | Refusal:
    """Register the patient and return the subject id. Duplicates are refused or asked about."""
    if (refusal := desk.not_allowed(REGISTER)) is not None:
        return refusal
    if signed is not None and (refusal := first_refusal(desk, signed)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "subject-registered")) is not None:
        return str(stored.body["subject"])
    reasons = _missing(form)
    if reasons:
        return Refusal("registration", tuple(reasons))
    born = parse_date(form.born)
    if isinstance(born, Refusal):
        return born
    if born > desk.now().date():
        return refuse(
            "born", tell("{born} is in the future. Type the date of birth again.", born=form.born)
        )
    refusal = _protocol_refusal(desk, form)
    if refusal is not None:
        return refusal
    refusal = _duplicate(subjects(desk), form, born, same_person_answered=same_person_answered)
    if refusal is not None:
        return refusal
    subject = new_id()
    body = {
        "subject": subject, "trial_code": form.trial_code.strip(),
        "hospital_number": form.hospital_number.strip(), "family_name": form.family_name.strip(),
        "given_name": form.given_name.strip(), "title": form.title.strip(),
        "initials": form.initials.strip(), "born": born.isoformat(), "sex": form.sex,
        "allergies_state": form.allergies_state, "allergies": form.allergies.strip(),
        "protocol": form.protocol, "arm": form.arm, "ward": form.ward.strip(), "bed": form.bed.strip(),
        "height_cm": None if form.height_cm is None else str(form.height_cm),
        **signed_alone(signed),
    }  # fmt: skip
    desk.append("subject-registered", body, subject=subject, form_token=token)
    return subject


def _protocol_refusal(desk: Desk, form: Registration) -> Refusal | None:
    """Refused without an active version, and where it has no such arm."""
    version = active_version(desk, form.protocol)
    if isinstance(version, Refusal):
        return version
    bundle = bundle_of(desk, version.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    regimen = regimen_of(bundle.protocol, form.arm)
    return regimen if isinstance(regimen, Refusal) else None


def _missing(form: Registration) -> list[str]:
    reasons: list[str] = []
    if not form.trial_code.strip():
        reasons.append(tell("Enter the trial number of the patient."))
    if not form.initials.strip():
        reasons.append(tell("Enter the patient's initials."))
    if form.sex not in SEXES:
        reasons.append(tell("Choose the sex, or not known."))
    if form.allergies_state not in ALLERGY_STATES:
        reasons.append(tell("Choose one of the four answers about allergies."))
    if form.allergies_state == "known allergies" and not form.allergies.strip():
        reasons.append(tell("Write down the known allergies."))
    return reasons


def _duplicate(
    present: tuple[Subject, ...], form: Registration, born: date, *, same_person_answered: bool
) -> Refusal | None:
    for subject in present:
        if subject.trial_code.casefold() == form.trial_code.strip().casefold():
            return refuse(
                "duplicate",
                tell(
                    "Trial number {trial_code} is registered already. Open that patient.",
                    trial_code=subject.trial_code,
                ),
            )
        number = form.hospital_number.strip()
        if number and subject.hospital_number.casefold() == number.casefold():
            return refuse(
                "duplicate",
                tell(
                    "Hospital number {number} is registered already as {trial_code}.",
                    number=number,
                    trial_code=subject.trial_code,
                ),
            )
        same_name = (subject.family_name.casefold(), subject.given_name.casefold()) == (
            form.family_name.strip().casefold(), form.given_name.strip().casefold(),
        )  # fmt: skip
        same_person = form.family_name.strip() and same_name and subject.born == born.isoformat()
        if same_person and not same_person_answered:
            return refuse(
                "same-name",
                tell(
                    "{trial_code} has the same name and date of birth. Is this another person? Confirm it, or open that patient.",
                    trial_code=subject.trial_code,
                ),
            )
    return None


def similar_names(everybody: tuple[Subject, ...]) -> frozenset[str]:
    """Ids of patients whose family name starts like another's; lists mark them."""
    marked: set[str] = set()
    for one in everybody:
        for other in everybody:
            a, b = one.family_name.casefold(), other.family_name.casefold()
            if one.id != other.id and a and (a == b or (len(a) > 3 and a[:4] == b[:4])):  # noqa: PLR2004
                marked.update((one.id, other.id))
    return frozenset(marked)


def find_subjects(desk: Desk, typed: str) -> tuple[Subject, ...]:
    """Patients of whom a name, trial number or hospital number has a word that starts as typed.

    At least two characters; the order is that of registration.
    """
    wanted = typed.strip().casefold()
    if len(wanted) < 2:  # noqa: PLR2004 - screens R89
        return ()
    return tuple(
        subject
        for subject in subjects(desk)
        if any(
            text.casefold().startswith(wanted)
            for part in (
                subject.family_name,
                subject.given_name,
                subject.trial_code,
                subject.hospital_number,
                subject.initials,
            )
            for text in (part, *part.split(), *part.split("-"))
        )
    )
