"""The first page of a cycle sheet: dose, order, dosing weight, working, recipe."""

from __future__ import annotations

from il2desk.sheets.cycle_facts import CycleFacts, WeightFacts
from il2desk.sheets.entries import SourceList, heading, labelled, words_of
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount, Block, Section, Text, write
from il2desk.sheets.prepared_words import prepared_in
from il2desk.sheets.shared_facts import Shown
from il2desk.sheets.shared_tables import recipe_table, working_table
from il2desk.words import say

_DASH = " \u2013 "


def front(facts: CycleFacts, sources: SourceList) -> tuple[Section, ...]:
    """Return the order at the left, its working and its protocol at the right, then the recipe."""
    left = (*_doses(facts), *_order(facts), *_weight(facts))
    right = (*_working(facts, sources), *_protocol(facts))
    return (
        Section(parts=(left, right), columns=2, shares=(45, 55)),
        Section(parts=(_recipe(facts, sources),), columns=2, together=True),
    )


def _doses(facts: CycleFacts) -> tuple[Block, ...]:
    medicine = facts.medicine
    held = prepared_in(words_of(medicine.prepared_volume), medicine.total, medicine.diluent)
    deviation = say("deviation from the DOSE {deviation}", deviation=medicine.deviation)
    below: list[Text] = [_line(medicine.basis, Role.BODY)] if medicine.basis else []
    below.append(_line(_drug_line(facts), Role.BODY))
    return (
        Amount(
            write("DOSE", Role.HEADING, "DOSE"),
            write(words_of(medicine.exact_dose), Role.DOSE, say("exact dose")),
            tuple(below),
        ),
        Amount(
            write(say("Prepared"), Role.LABEL, say("Prepared")),
            write(words_of(medicine.prepared_dose), Role.DOSE, say("prepared dose")),
            (_line(held, Role.STRONG), _line(deviation, Role.BODY)),
        ),
    )


def _line(words: str, role: Role) -> Text:
    return write(words, role, say("drug line"))


def _drug_line(facts: CycleFacts) -> str:
    medicine = facts.medicine
    parts: tuple[Shown, ...] = (
        medicine.drug,
        medicine.brand,
        medicine.form,
        medicine.route,
        medicine.duration,
        medicine.frequency,
        medicine.limit,
    )
    return _DASH.join(words_of(part) for part in parts if part)


def _order(facts: CycleFacts) -> tuple[Block, ...]:
    order = facts.order
    changes = labelled(say("Changes to the dose"), order.changes, absent=say("None recorded"))
    return (
        heading(say("Order")),
        labelled(say("Ordered DOSE"), order.ordered_dose),
        labelled(say("Prescriber"), order.prescriber),
        labelled(say("Ordered at"), order.ordered_at),
        labelled(say("Consent"), order.consent),
        labelled(say("Eligibility"), order.eligibility),
        labelled(say("Indication"), order.indication),
        labelled(say("Venous access"), order.venous_access),
        changes,
    )


def _weight(facts: CycleFacts) -> tuple[Block, ...]:
    weight = facts.weight
    unused = say("Not applicable")
    measured = say("{date}, {method}", date=weight.date, method=weight.method)
    none = say("No earlier weight recorded")
    return (
        heading(say("Dosing weight")),
        labelled(say("Dosing weight"), weight.dosing_weight),
        labelled(say("Measured"), measured if weight.date else "", absent=say("Not recorded")),
        labelled(say("Previous weight"), _previous(weight), absent=none),
        labelled(say("Body"), _body(weight), absent=unused),
    )


def _previous(weight: WeightFacts) -> str:
    """The weight before this one and how this one differs from it, in one line."""
    if not weight.difference:
        return weight.previous
    return say(
        "{previous}; this is {difference}", previous=weight.previous, difference=weight.difference
    )


def _body(weight: WeightFacts) -> str:
    """Height and body surface area as far as they are known, in one line."""
    height = say("height {height}", height=weight.height) if weight.height else ""
    surface = weight.body_surface_area
    area = say("body surface area {area}", area=surface) if surface else ""
    return ", ".join(part for part in (height, area) if part)


def _working(facts: CycleFacts, sources: SourceList) -> tuple[Block, ...]:
    return (heading(say("Working")), working_table(facts.working, sources))


def _protocol(facts: CycleFacts) -> tuple[Block, ...]:
    protocol = facts.protocol
    return (
        heading(say("Protocol")),
        labelled(say("Title"), protocol.title),
        labelled(say("Arm"), protocol.arm, absent=say("None")),
        labelled(say("Version, status"), f"{protocol.version}, {protocol.status}"),
        labelled(say("Document, page"), protocol.source, absent=say("Not recorded")),
        labelled(say("Fingerprint"), protocol.fingerprint),
    )


def _recipe(facts: CycleFacts, sources: SourceList) -> tuple[Block, ...]:
    return (heading(say("Preparation recipe")), recipe_table(facts.recipe, sources))
