"""The kinds of file behind one head: format, kind, id, sources."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar

import tomli

from il2desk.dosing import (
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
from il2desk.protocols.companion_product_file import read_companion_product
from il2desk.protocols.document_lint import lint_document
from il2desk.protocols.file_text import fingerprint_of, normalised_text
from il2desk.protocols.interaction_file import read_interactions
from il2desk.protocols.premedication_file import read_premedication
from il2desk.protocols.problems import Doubt, Problem
from il2desk.protocols.product_file import read_product
from il2desk.protocols.protocol_file import read_protocol
from il2desk.protocols.reader import Reader
from il2desk.protocols.rule_set_file import read_rule_set
from il2desk.protocols.sourced_values import (
    UsedSource,
    read_sources,
    sourced_texts,
    used_sources,
)
from il2desk.protocols.table import Table
from il2desk.protocols.toxicity_file import read_definitions

FORMAT = 1
"""The format of the files; a file of another format is refused."""

KINDS = (
    "protocol",
    "product",
    "rule set",
    "premedication set",
    "companion product",
    "toxicity definitions",
    "interactions",
)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Content = TypeVar(
    "Content",
    Protocol,
    Product,
    RuleSet,
    PremedicationSet,
    CompanionProduct,
    ToxicityDefinitions,
    InteractionList,
)
_Body = Callable[[Reader, Table, str, str], Content]


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Content]):
    """What a file holds, with the evidence mark of every value, and what is wrong with it.

    `value` may be used only where `problems` is empty. `confirmed` and `copy_of` are those of a
    site's copy of a protocol; `effective` is the day from which it is in force, where it says so.
    `doubts` are what the linter asks people to compare with the document.
    `sources` are all sources of the file with the fields that rest on them.
    """

    value: Content
    marks: tuple[tuple[str, Evidence], ...]
    problems: tuple[Problem, ...]
    confirmed: tuple[str, ...] = ()
    copy_of: str | None = None
    effective: date | None = None
    doubts: tuple[Doubt, ...] = ()
    sources: tuple[UsedSource, ...] = ()


def parse_protocol(file: str, text: str, id_: str | None = None) -> Parsed[Protocol]:
    """The protocol of the text; its fingerprint covers this file only."""
    return _parse(file, text, "protocol", id_, read_protocol)


@lru_cache(maxsize=64)  # protocols share their parts
def parse_product(file: str, text: str, id_: str | None = None) -> Parsed[Product]:
    """The product of the text."""
    return _parse(
        file, text, "product", id_, lambda reader, root, name, _: read_product(reader, root, name)
    )


@lru_cache(maxsize=64)  # protocols share their parts
def parse_rule_set(file: str, text: str, id_: str | None = None) -> Parsed[RuleSet]:
    """The rule set of the text."""
    return _parse(file, text, "rule set", id_, read_rule_set)


@lru_cache(maxsize=64)  # protocols share their parts
def parse_premedication(file: str, text: str, id_: str | None = None) -> Parsed[PremedicationSet]:
    """The premedication set of the text."""
    return _parse(file, text, "premedication set", id_, read_premedication)


@lru_cache(maxsize=64)  # protocols share their parts
def parse_companion_product(
    file: str, text: str, id_: str | None = None
) -> Parsed[CompanionProduct]:
    """The companion product of the text."""
    return _parse(
        file,
        text,
        "companion product",
        id_,
        lambda reader, root, name, _: read_companion_product(reader, root, name),
    )


@lru_cache(maxsize=64)
def parse_definitions(file: str, text: str, id_: str | None = None) -> Parsed[ToxicityDefinitions]:
    """The toxicity definitions of the text."""
    return _parse(file, text, "toxicity definitions", id_, read_definitions)


@lru_cache(maxsize=8)
def parse_interactions(file: str, text: str, id_: str | None = None) -> Parsed[InteractionList]:
    """The interactions of the text."""
    return _parse(
        file,
        text,
        "interactions",
        id_,
        lambda reader, root, name, _: read_interactions(reader, root, name),
    )


PARSERS: Mapping[str, Callable[[str, str, str | None], Parsed[Any]]] = {
    "protocol": parse_protocol,
    "product": parse_product,
    "rule set": parse_rule_set,
    "premedication set": parse_premedication,
    "companion product": parse_companion_product,
    "toxicity definitions": parse_definitions,
    "interactions": parse_interactions,
}
"""How each kind is read: file, text and the id that it must have, if any."""


def kind_of(text: str) -> str | None:
    """The kind that a file says it is, or None where it cannot be read so far."""
    try:
        kind = tomli.loads(normalised_text(text)).get("kind")
    except (ValueError, RecursionError):
        return None
    return kind if isinstance(kind, str) and kind in KINDS else None


def _parse(
    file: str, text: str, kind: str, id_: str | None, body: _Body[Content]
) -> Parsed[Content]:
    """Head, sources, body; a key that none of them asked for is a problem."""
    with _no_collection():
        return _parsed(file, text, kind, id_, body)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: a file makes thousands of small values and no cycles.

    In a program with a window every look goes through all of it, which took a fifth of the time.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _parsed(
    file: str, text: str, kind: str, id_: str | None, body: _Body[Content]
) -> Parsed[Content]:
    reader = Reader(file, normalised_text(text))
    root = Table(reader, (), reader.data())
    unreadable = bool(reader.problems) and root.is_empty
    found_id = _head(root, kind, id_)
    read_sources(reader, root)
    effective = _effective(reader, root) if kind == "protocol" else None
    value = body(reader, root, found_id, fingerprint_of(reader.text, {}))
    root.close()
    doubts = lint_document(reader)
    # A text that could not be parsed lacks every key: only the syntax is worth reporting.
    problems = reader.problems[:1] if unreadable else reader.problems
    confirmed, copy_of = ((), None) if problems else _copy(root)
    marks = tuple(dict.fromkeys(reader.marks))
    return Parsed(
        value, marks, tuple(problems), confirmed, copy_of, effective, doubts, used_sources(reader)
    )


def _head(root: Table, kind: str, id_: str | None) -> str:
    found = root.whole("format")
    if found is not None and found != FORMAT:
        root.problem(
            "format",
            tell(
                "this program reads format {format}, the file has format {found}.",
                format=FORMAT,
                found=found,
            ),
        )
    said = root.word("kind", KINDS)
    if said != kind:
        root.problem(
            "kind", tell("a {kind} was expected here, and this is a {said}.", kind=kind, said=said)
        )
    found_id = root.text("id")
    if found_id and not _ID.fullmatch(found_id):
        root.problem(
            "id",
            tell(
                '"{found_id}" is no id. Write lower-case letters, digits and single hyphens.',
                found_id=found_id,
            ),
        )
    if id_ is not None and found_id and found_id != id_:
        root.problem(
            "id",
            tell(
                'the file is called "{id}" and its id is "{found_id}". Make them the same.',
                id=id_,
                found_id=found_id,
            ),
        )
    return found_id


def _effective(reader: Reader, root: Table) -> date | None:
    """The day from which the protocol is in force; none of its sources may be younger."""
    found = root.day("effective")
    for name, dated in reader.source_dates.items() if found is not None else ():
        if found is not None and dated > found:
            root.problem(
                "effective",
                tell(
                    'the protocol is effective from {found}, before its source "{name}" of {dated}. Correct one of the two days.',
                    found=found,
                    name=name,
                    dated=dated,
                ),
            )
    return found


def _copy(root: Table) -> tuple[tuple[str, ...], str | None]:
    """Which parts the site confirmed, and of which protocol the file is a copy."""
    site = root.table("site")
    return (
        () if site is None else sourced_texts(site, "parts_confirmed"),
        root.text_or_none("site_copy_of"),
    )
