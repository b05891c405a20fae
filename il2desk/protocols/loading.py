"""From a file or a stored text to a protocol, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from il2desk.dosing import Protocol, tell
from il2desk.protocols.bundle import (
    COMPANIONS,
    DEFINITIONS,
    PREMEDICATION,
    PRODUCTS,
    RULE_SETS,
    Bundle,
    FoundPart,
    read_bundle,
)
from il2desk.protocols.catalogue import Catalogue
from il2desk.protocols.file_kinds import (
    Parsed,
    kind_of,
    parse_companion_product,
    parse_definitions,
    parse_interactions,
    parse_premedication,
    parse_product,
    parse_protocol,
    parse_rule_set,
)
from il2desk.protocols.file_text import read_text
from il2desk.protocols.problems import Doubt, Problem, Problems

_KINDS = {
    PRODUCTS: "product",
    RULE_SETS: "rule set",
    PREMEDICATION: "premedication set",
    COMPANIONS: "companion product",
    DEFINITIONS: "toxicity definitions",
}
_PARSE: dict[str, Callable[[str, str], Parsed[Any]]] = {
    "product": parse_product,
    "rule set": parse_rule_set,
    "premedication set": parse_premedication,
    "toxicity definitions": parse_definitions,
    "companion product": parse_companion_product,
    "interactions": parse_interactions,
}


@dataclass(frozen=True, slots=True)
class Check:
    """What a look at one file found: problems that keep it from loading, and doubts."""

    file: str
    kind: str
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...] = ()


def load_protocol_file(path: Path, catalogue: Catalogue) -> Protocol | Problems:
    """The protocol of a file, or every problem of it and of its parts."""
    bundle = catalogue.bundle_for(path)
    return bundle if isinstance(bundle, Problems) else bundle.protocol


def load_protocol_text(
    text: str, parts: Mapping[str, str], catalogue: Catalogue | None = None, file: str = "protocol"
) -> Bundle | Problems:
    """The bundle of a stored text with the stored texts of its parts ("rulesets/jitc-2014").

    A part that is not stored is taken from the catalogue where one is given; a version out of a
    journal is loaded without, so that nothing newer can slip in.
    """

    def find(folder: str, id_: str) -> FoundPart | Problem:
        name = f"{folder}/{id_}"
        if name in parts:
            return FoundPart(name, parts[name])
        if catalogue is not None:
            return catalogue.part(folder, id_)
        return Problem(
            name,
            0,
            "",
            tell("this part was not stored with the protocol. Bring the protocol in again."),
        )

    return read_bundle(file, text, find)


def problems_of_text(part: str, text: str) -> tuple[Problem, ...]:
    """Every problem of one text alone: of a protocol ("") or of a part ("rulesets/jitc-2014")."""
    if not part:
        return parse_protocol("protocol", text).problems
    return _PARSE[_KINDS[part.partition("/")[0]]](part, text).problems


def check_file(path: Path, catalogue: Catalogue) -> Check:
    """Look at any kind of file: unknown keys, missing sources, wrong units, implausible doses."""
    text = read_text(path)
    if isinstance(text, Problem):
        return Check(path.name, "", (text,))
    kind = kind_of(text) or "protocol"
    if kind in _PARSE:
        part = _PARSE[kind](path.name, text)
        return Check(path.name, kind, part.problems, () if part.problems else part.doubts)
    bundle = catalogue.bundle_for(path)
    if isinstance(bundle, Problems):
        return Check(path.name, kind, bundle.problems)
    return Check(path.name, kind, (), bundle.doubts)
