"""What a site sees of a file it copies: every value, every gap, every rule that is still open.

A row says what it asks for. Nothing in an answer is filled in beforehand, and an empty answer to a
value that stands there means that it is confirmed as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from il2desk.dosing import FINDING_CODES, Evidence, Source, tell
from il2desk.protocols.document import (
    Data,
    Stated,
    first_count,
    is_row_list,
    stated,
    table_in,
)
from il2desk.protocols.locator import KeyPath
from il2desk.protocols.site_file import DELAY, HOLD_DELAY, HOLD_DELAY_RULE, SITE_RULES

PARTS_BY_KEY = {
    "product": "products",
    "rule_set": "rulesets",
    "premedication": "premedication",
    "toxicity_definitions": "definitions",
}
"""The folder in which the id stands that one of these keys names."""

OPEN_KINDS = ("gap", "open rule", "to confirm")
_TO_CONFIRM = (Evidence.UNCONFIRMED, Evidence.READING, Evidence.PROPOSAL)
_WITHOUT_SOURCE = (
    "id", "title", "version", "effective", "status", "citation", "notes", "name", "label",
    "document", "place", "date", "evidence", "note", "text", "blocks", "fill_from", "filled_by",
)  # fmt: skip
"""Keys of words, which name no source: every other value without a source has no field."""
_HEAD_ROWS = ("id", "title", "version", "effective")


@dataclass(frozen=True, slots=True)
class Ask:
    """One text that a row asks for: its key, what it is called, whether it must be given."""

    key: str
    label: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the editor. `kind` is "head", "gap", "open rule", "to confirm" or "value".

    `field` is the path as the file writes it; `value` is empty where nothing stands there. A row
    without `asks` is confirmed by naming a source, or, where `by_hand`, written into the file itself.
    `together` names the other fields for which the source of this row stands as well.
    """

    kind: str
    field: str
    path: KeyPath
    name: str
    value: str
    source: Source | None
    asks: tuple[Ask, ...]
    fill_from: str = ""
    filled_by: str = ""
    by_hand: bool = False
    together: tuple[str, ...] = ()

    @property
    def needs_source(self) -> bool:
        """True where an answer names its document: everywhere but in the head of the file."""
        return self.kind in OPEN_KINDS or self.source is not None or self.field == "site.syringes"

    @property
    def is_open(self) -> bool:
        """True where the site still has to do something here."""
        return self.kind in OPEN_KINDS


def rows_of(data: Data, ages: Iterable[str] = (), parts: Iterable[str] = ()) -> tuple[Row, ...]:
    """Every row of a file: its head, what is open, then every value in the order of the file.

    `ages` are the finding codes whose age the rule sets ask for; `parts` are the parts of a protocol
    ("rulesets/jitc-2014") that still hold readings and proposals of their own.
    """
    values = stated(data)
    open_rows = (
        *_gap_rows(data, values),
        *_rule_rows(data, tuple(ages)),
        *_part_rows(data, tuple(parts)),
    )
    taken = {row.path for row in open_rows}
    rest = [
        _value_row(one, values)
        for one in values
        if one.path not in taken and one.path[0] != "site_copy_of"
    ]
    kept = [row for row in rest if row.field not in (*_HEAD_ROWS, "status", "site.parts_confirmed")]
    return (*_head_rows(data), *open_rows, *kept)


def _head_rows(data: Data) -> Iterator[Row]:
    names = {
        "id": tell("Id of this file"),
        "title": "Title",
        "version": "Version",
        "effective": "Effective from: year, month and day in digits, with hyphens",
    }
    for key in _HEAD_ROWS:
        if key == "effective" and data.get("kind") != "protocol":
            continue
        if key in data or key == "effective":
            value = str(data.get(key, ""))
            yield Row("head", key, (key,), names[key], value, None, (Ask("value", names[key]),))


def _gap_rows(data: Data, values: tuple[Stated, ...]) -> Iterator[Row]:
    by_field = {field_of(data, one.path): one for one in values}
    for gap in cast("list[dict[str, str]]", data.get("gaps", [])):
        field = gap.get("field", "")
        path, here = tuple(field.split(".")), by_field.get(field)
        inside = [one for one in by_field if one.startswith(f"{field}.")]
        standing = here or (by_field[inside[0]] if inside else None)
        asks = _asks(field) if standing is None else _asks_of(here)
        yield Row(
            "gap", field, path if here is None else here.path, gap.get("name", field),
            _standing_text(field, here, [by_field[one] for one in inside]), None if standing is None else standing.source, asks,
            gap.get("fill_from", ""), gap.get("filled_by", ""),
            by_hand=standing is None and not asks,
        )  # fmt: skip


def _standing_text(field: str, here: Stated | None, inside: list[Stated]) -> str:
    """What stands in the place of a gap for now, such as a recipe that this program proposes."""
    if here is not None:
        return here.text
    return "; ".join(f"{one.where.removeprefix(field).strip('.')} {one.text}" for one in inside)


def _rule_rows(data: Data, ages: tuple[str, ...]) -> Iterator[Row]:
    site = table_in(data, "site")
    filled = table_in(site, "max_age_h")
    for rule in cast("list[str]", site.get("open", [])):
        if rule not in ("max_age_h", HOLD_DELAY) or (rule == "max_age_h" and not ages):
            yield _rule_row(f"site.{rule}", SITE_RULES.get(rule, rule))
    if table_in(site, "hold_means").get("value") == DELAY and HOLD_DELAY not in site:
        yield _rule_row(f"site.{HOLD_DELAY}", HOLD_DELAY_RULE)
    if "syringes" in site:
        yield replace(_rule_row("site.syringes", "Another syringe"), kind="value")
    for code in ages:
        if code not in filled:
            known = FINDING_CODES.get(code)
            name = tell(
                "Age that {code} may have at the check, hours",
                code=code if known is None else known.name,
            )
            row = _rule_row(f"site.max_age_h.{code}", name)
            yield replace(
                row, together=tuple(f"site.max_age_h.{one}" for one in ages if one in filled)
            )


def _rule_row(field: str, name: str) -> Row:
    return Row(
        "open rule", field, tuple(field.split(".")), name, "", None, _asks(field),
        "the site's own procedures", "the trial pharmacist with the principal investigator",
        by_hand=field == "site.max_age_h",
    )  # fmt: skip


def _part_rows(data: Data, parts: tuple[str, ...]) -> Iterator[Row]:
    """A part used unchanged: its readings and proposals are confirmed together."""
    site = table_in(data, "site")
    confirmed = table_in(site, "parts_confirmed").get("value", [])
    for part in parts:
        if part not in cast("list[str]", confirmed):
            name = tell("Readings and proposals of {part}, used as they stand", part=part)
            yield Row("to confirm", tell("site.parts_confirmed {part}", part=part), ("site", "parts_confirmed", part),
                      name, "", None, ())  # fmt: skip


def _value_row(one: Stated, values: tuple[Stated, ...]) -> Row:
    evidence = None if one.source is None else one.source.evidence
    kind = "to confirm" if evidence in _TO_CONFIRM else "value"
    together = tuple(
        other.where
        for other in values
        if other is not one and other.holder == one.holder and one.holder is not None
    )
    return Row(
        kind, one.where, one.path, one.where, one.text, one.source, _asks_of(one), together=together
    )


def _asks_of(one: Stated | None) -> tuple[Ask, ...]:
    """A value that stands: another value, or none to confirm this one."""
    if one is None or (one.source is None and one.path[-1] not in _WITHOUT_SOURCE):
        return ()  # what a dose rests on and has no source of its own is written into the file
    value = Ask("value", "Value", required=one.source is None)
    return (value, Ask("unit", "Unit", required=False)) if one.unit else (value,)


def _asks(field: str) -> tuple[Ask, ...]:
    """What fills a field in which nothing stands yet; nothing where the file itself must be written."""
    steps = field.split(".")
    if field == "site.syringes":
        return (
            Ask("syringe", "Syringe"),
            Ask("up_to_ml", tell("Up to, mL")),
            Ask("step_ml", tell("Read to, mL")),
        )
    if steps[0] == "beyond_use":
        return (
            Ask("hours", "Hours"), Ask("counted_from", "Counted from"), Ask("storage", "Storage"),
        )  # fmt: skip
    if steps[0] == "facts":
        return (Ask("label", tell("Name on the sheet")), Ask("value", "Value"))
    if steps[-1] == "dose":
        return (Ask("value", "Value"), Ask("unit", tell("Unit, in full"), required=False))
    by_hand = ("levels", "basis", "dilution", "counted_from", "max_age_h")
    if steps[-1] in by_hand or steps[0] == "criteria":
        return ()
    return (Ask("value", "Value"),)


def field_of(data: Data, path: KeyPath) -> str:
    """The path of a value as gaps name it: without `value`, levels by their first count."""
    steps: list[str] = []
    node: object = data
    for at, step in enumerate(path):
        if isinstance(node, list):
            node = node[int(step)]
            count = first_count(cast("Data", node)) if steps[-1] == "levels" else None
            steps.append(step if count is None else count)
            continue
        node = cast("Data", node).get(step)
        if step != "value" or at == 0:
            steps.append(step)
    return ".".join(steps)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a file names a part: the part ("rulesets/jitc-2014"), and the table or list of its id."""

    part: str
    holder: Data | list[object]
    key: str | int

    def name(self, id_: str) -> None:
        """Name another part of the same folder here."""
        cast("dict[str | int, object]", self.holder)[self.key] = id_


def named_parts(data: Data) -> tuple[str, ...]:
    """Every part that a protocol names, each once, in its order."""
    return tuple(dict.fromkeys(one.part for one in references(data)))


def references(node: object, around: KeyPath = ()) -> Iterator[Reference]:
    """Every place that names a part, as `rule_set = "..."` or as { value = "...", source = "..." }."""
    if is_row_list(node):
        for row in cast("list[Data]", node):
            yield from references(row, around)
    elif isinstance(node, dict):
        for key, child in node.items():
            holder, inside = (child, "value") if isinstance(child, dict) else (node, key)
            named = holder.get(inside) if key in PARTS_BY_KEY else None
            # The second drug of a regimen has a product of its own kind.
            folder = "companions" if "companions" in around else PARTS_BY_KEY.get(key, "")
            if isinstance(named, str):
                yield Reference(f"{folder}/{named}", holder, inside)
            elif isinstance(named, list):
                for number, id_ in enumerate(named):
                    if isinstance(id_, str):
                        yield Reference(f"{folder}/{id_}", named, number)
            else:
                yield from references(child, (*around, key))
