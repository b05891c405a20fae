"""A protocol together with everything its doses depend on, frozen by one fingerprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from il2desk.dosing import (
    Companion,
    CompanionProduct,
    Evidence,
    InteractionList,
    PremedicationSet,
    Product,
    Protocol,
    RuleSet,
    ToxicityDefinitions,
    tell,
)
from il2desk.protocols.contra_indications import contra_indicated
from il2desk.protocols.file_kinds import (
    Parsed,
    parse_companion_product,
    parse_definitions,
    parse_interactions,
    parse_premedication,
    parse_product,
    parse_protocol,
    parse_rule_set,
)
from il2desk.protocols.file_text import fingerprint_of, normalised_text
from il2desk.protocols.linter import doubts_of
from il2desk.protocols.locator import line_of
from il2desk.protocols.pen_doses import pen_doubts
from il2desk.protocols.problems import Doubt, Problem, Problems

PRODUCTS, RULE_SETS, PREMEDICATION = "products", "rulesets", "premedication"
COMPANIONS = "companions"
DEFINITIONS = "definitions"
INTERACTIONS = "interactions"

FindPart = Callable[[str, str], "FoundPart | Problem"]
"""Takes folder ("rulesets") and id ("jitc-2014"), returns the part's text, or why there is none."""


@dataclass(frozen=True, slots=True)
class FoundPart:
    """The text of a part and the name of its file, for problems."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A protocol, its product, and by arm (None without arms) its rule and premedication sets.

    `text` and `parts` ("rulesets/jitc-2014" and so on) are the texts everything was read from:
    stored in a journal they give the same bundle again. `marks` are all evidence marks by part
    ("" for the protocol itself) and field. `confirmed` names parts whose readings and proposals
    the site has confirmed. `effective` is the day from which the protocol is in force, where it
    says so. `doubts` are implausible values for the two who activate.
    """

    protocol: Protocol
    product: Product
    rule_sets: Mapping[str | None, RuleSet | None]
    premedication: Mapping[str | None, PremedicationSet | None]
    text: str
    parts: Mapping[str, str]
    marks: tuple[tuple[str, str, Evidence], ...]
    confirmed: tuple[str, ...]
    copy_of: str | None
    effective: date | None
    doubts: tuple[Doubt, ...]
    companion_products: tuple[CompanionProduct, ...] = ()
    definitions: tuple[ToxicityDefinitions, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """The protocol's text under "", then every part's under its name."""
        return {"": self.text, **self.parts}

    @property
    def practice(self) -> bool:
        """True where any value is invented for practice."""
        return any(mark is Evidence.PRACTICE for _, _, mark in self.marks)


class _Parts:
    """The parts of one protocol while they are read, each once."""

    def __init__(self, find: FindPart) -> None:
        self._find = find
        self.texts: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.marks: list[tuple[str, str, Evidence]] = []
        self.doubts: list[Doubt] = []

    def text(self, folder: str, id_: str) -> FoundPart | None:
        found = self._find(folder, id_)
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        self.texts[f"{folder}/{id_}"] = normalised_text(found.text)
        return found

    def interactions(self) -> InteractionList | None:
        """The shipped interactions where they are at hand; a version keeps no copy of them."""
        found = self._find(INTERACTIONS, "aldesleukin")
        if isinstance(found, Problem):
            return None
        parsed = parse_interactions(found.file, found.text)
        return None if parsed.problems else parsed.value

    def keep(
        self,
        folder: str,
        id_: str,
        parsed: Parsed[Product]
        | Parsed[RuleSet]
        | Parsed[PremedicationSet]
        | Parsed[CompanionProduct],
    ) -> None:
        self.problems.extend(parsed.problems)
        name = f"{folder}/{id_}"
        self.marks.extend((name, field, mark) for field, mark in parsed.marks)
        self.doubts.extend(Doubt(f"{name}: {one.key}", one.text) for one in parsed.doubts)


def read_bundle(file: str, text: str, find: FindPart, id_: str | None = None) -> Bundle | Problems:
    """The bundle of a protocol's text, or every problem of it and of its parts."""
    own = parse_protocol(file, text, id_)
    if own.problems:
        return Problems(own.problems)
    protocol, parts = own.value, _Parts(find)
    product = _product(protocol.product_id, parts)
    rules = {regimen.rule_set.value for regimen in protocol.regimens if regimen.rule_set}
    items = {regimen.premedication.value for regimen in protocol.regimens if regimen.premedication}
    rule_sets = {name: _rule_set(name, parts) for name in sorted(rules)}
    sets = {name: _premedication(name, parts) for name in sorted(items)}
    companions = tuple(
        made for name in _companion_ids(protocol) if (made := _companion(name, parts)) is not None
    )
    definitions = _definitions(protocol, parts)
    problems = [
        *parts.problems,
        *_unlike_companions(FoundPart(file, text), protocol, companions),
        *contra_indicated(file, protocol, sets, parts.interactions),
        *_unknown_confirmed(FoundPart(file, text), own.confirmed, parts),
    ]
    if problems or product is None:
        return Problems(tuple(problems))
    arms = {regimen.arm: regimen for regimen in protocol.regimens}
    return Bundle(
        protocol=replace(protocol, fingerprint=fingerprint_of(text, parts.texts)),
        product=product,
        rule_sets=MappingProxyType(
            {
                arm: rule_sets[one.rule_set.value] if one.rule_set else None
                for arm, one in arms.items()
            }
        ),
        premedication=MappingProxyType(
            {
                arm: sets[one.premedication.value] if one.premedication else None
                for arm, one in arms.items()
            }
        ),
        text=normalised_text(text),
        parts=MappingProxyType(dict(sorted(parts.texts.items()))),
        marks=(*(("", field, mark) for field, mark in own.marks), *parts.marks),
        confirmed=own.confirmed,
        copy_of=own.copy_of,
        effective=own.effective,
        doubts=(
            *doubts_of(protocol),
            *pen_doubts(protocol, companions),
            *own.doubts,
            *parts.doubts,
            *_conflicts(protocol, sets),
        ),
        companion_products=companions,
        definitions=definitions,
    )


def _conflicts(protocol: Protocol, sets: Mapping[str, PremedicationSet | None]) -> list[Doubt]:
    """What sources say differently, side by side, for a site that copies the set."""
    if protocol.status == "specimen":
        return []
    return [
        Doubt(f"{PREMEDICATION}/{name}", conflict.sentence())
        for name, found in sets.items()
        if found is not None
        for conflict in found.conflicts
    ]


def _definitions(protocol: Protocol, parts: _Parts) -> tuple[ToxicityDefinitions, ...]:
    """The toxicity definitions of the reports. Their marks block nothing: no dose rests on them."""
    named = protocol.toxicity_definitions
    made: list[ToxicityDefinitions] = []
    for id_ in () if named is None else named.value:
        found = parts.text(DEFINITIONS, id_)
        if found is not None:
            parsed = parse_definitions(found.file, found.text, id_)
            parts.problems.extend(parsed.problems)
            made.append(parsed.value)
    return tuple(made)


def _companion_ids(protocol: Protocol) -> tuple[str, ...]:
    """The companion products that the arms name, each once."""
    named = (
        one.product.value
        for regimen in protocol.regimens
        for one in regimen.companions
        if one.product is not None
    )
    return tuple(dict.fromkeys(named))


def _companion(id_: str, parts: _Parts) -> CompanionProduct | None:
    found = parts.text(COMPANIONS, id_)
    if found is None:
        return None
    parsed = parse_companion_product(found.file, found.text, id_)
    parts.keep(COMPANIONS, id_, parsed)
    return parsed.value


def _unlike_companions(
    own: FoundPart, protocol: Protocol, products: tuple[CompanionProduct, ...]
) -> list[Problem]:
    """A companion's product must be of its drug and in its unit; its presentation must exist."""
    shelf = {product.id: product for product in products}
    problems: list[Problem] = []
    for regimen in protocol.regimens:
        prefix = "regimen" if regimen.arm is None else f"regimens.{regimen.arm}"
        for one in regimen.companions:
            product = None if one.product is None else shelf.get(one.product.value)
            text = "" if product is None else _unlike(one, product)
            if text:
                problems.append(_problem(own, f"{prefix}.companions.{one.id}", text))
    return problems


def _problem(own: FoundPart, key: str, text: str) -> Problem:
    """A problem of the protocol's own file, which only its parts bring to light."""
    line = line_of(normalised_text(own.text), tuple(key.split(".")))
    return Problem(own.file, line, key, text)


def _unlike(companion: Companion, product: CompanionProduct) -> str:
    if companion.drug != product.drug:
        return tell(
            "{id} is {drug}, and this row is {drug_2}. Correct one.",
            id=product.id,
            drug=product.drug,
            drug_2=companion.drug,
        )
    has_dose = companion.dose is not None or bool(companion.levels)
    if has_dose and companion.unit != product.unit:
        return tell(
            "{id} is dosed in {unit}, this row in {unit_2}. Correct one.",
            id=product.id,
            unit=product.unit,
            unit_2=companion.unit,
        )
    chosen = companion.presentation
    if chosen is not None and product.presentation(chosen.value) is None:
        known = ", ".join(one.id for one in product.presentations)
        return tell(
            "{id} has no presentation {value}. It has: {known}.",
            id=product.id,
            value=chosen.value,
            known=known,
        )
    return ""


def _product(id_: str, parts: _Parts) -> Product | None:
    found = parts.text(PRODUCTS, id_)
    if found is None:
        return None
    parsed = parse_product(found.file, found.text, id_)
    parts.keep(PRODUCTS, id_, parsed)
    return parsed.value


def _rule_set(id_: str, parts: _Parts) -> RuleSet | None:
    found = parts.text(RULE_SETS, id_)
    if found is None:
        return None
    parsed = parse_rule_set(found.file, found.text, id_)
    parts.keep(RULE_SETS, id_, parsed)
    return parsed.value


def _premedication(id_: str, parts: _Parts) -> PremedicationSet | None:
    found = parts.text(PREMEDICATION, id_)
    if found is None:
        return None
    parsed = parse_premedication(found.file, found.text, id_)
    parts.keep(PREMEDICATION, id_, parsed)
    return parsed.value


def _unknown_confirmed(own: FoundPart, confirmed: tuple[str, ...], parts: _Parts) -> list[Problem]:
    """A site confirms only what the protocol uses; a misspelt name must not pass unseen."""
    known = ", ".join(sorted(parts.texts))
    return [
        _problem(
            own,
            "site.parts_confirmed",
            tell(
                '"{name}" is no part of this protocol. Its parts: {known}.', name=name, known=known
            ),
        )
        for name in confirmed
        if name not in parts.texts
    ]
