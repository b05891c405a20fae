"""Changes that a site makes to its copy: each takes the text of a file and gives the text after it.

Nothing here judges a value: the reader does, when the text is loaded. A text that stood in quotes
stays in quotes, a count stays a count; where nothing stood, every way of writing it is offered.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from il2desk.protocols.document import Data, Scalar, data_of, first_count
from il2desk.protocols.document_rows import Row, references
from il2desk.protocols.document_text import comments_of, text_of
from il2desk.protocols.locator import KeyPath
from il2desk.protocols.site_file import DELAY, HOLD_DELAY

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class SiteSource:
    """The document in which the site read or decided a value, and where in it."""

    document: str
    place: str


def begun(text: str, origin: str) -> str:
    """The text of a copy at its beginning: no version yet, and, of a specimen, no id yet."""
    data = data_of(text)
    if "site_copy_of" not in data:
        data = _after(data, "status", "site_copy_of", origin)
        data["id"] = ""
    data["status"], data["version"] = "draft", ""
    data.pop("effective", None)
    return text_of(data, comments_of(text))


def part_begun(text: str, id_: str) -> str:
    """The text of a part as the site's own, under another id."""
    data = data_of(text)
    data["id"] = id_
    if "status" in data:
        data["status"] = "site"
    return text_of(data, comments_of(text))


def with_part(text: str, part: str, id_: str) -> str:
    """The protocol naming another part (its id) wherever it named this one ("rulesets/jitc-2014")."""
    data = data_of(text)
    folder = part.partition("/")[0]
    for one in list(references(data)):
        if one.part == part:
            one.name(id_)
    confirmed = cast("Data", cast("Data", data.get("site", {})).get("parts_confirmed", {}))
    if part in cast("list[str]", confirmed.get("value", [])):
        named_parts = cast("list[str]", confirmed["value"])
        named_parts[named_parts.index(part)] = f"{folder}/{id_}"
    return text_of(data, comments_of(text))


def answered(
    text: str, row: Row, typed: Mapping[str, str], source: SiteSource | None
) -> tuple[str, ...]:
    """The text with a row answered, once for each way the value can be written, the likeliest first."""
    comments = comments_of(text)
    ways: list[str] = []
    for value in _ways(text, row, typed):
        data = data_of(text)
        name = None if source is None else _name_of(data, source)
        _answer(data, row, {**typed, "value": value}, name)
        _close_gap(data, row.field)
        if row.field == "site.hold_means" and value != DELAY:
            _without_delay(data)
        ways.append(text_of(data, comments))
    return tuple(ways)


def without_gap(text: str, field: str) -> str:
    """The text without a gap that another value has filled."""
    data = data_of(text)
    _close_gap(data, field)
    return text_of(data, comments_of(text))


def site_sources(text: str) -> tuple[SiteSource, ...]:
    """The sources that the site has named in this file, in its order."""
    sources = cast("Mapping[str, Mapping[str, str]]", data_of(text).get("sources", {}))
    return tuple(
        SiteSource(one.get("document", ""), one.get("place", ""))
        for one in sources.values()
        if one.get("evidence") == "site"
    )


def _ways(text: str, row: Row, typed: Mapping[str, str]) -> list[Scalar | list[Scalar]]:
    """How the typed value can be written: as what stands there is, else as text, count or list."""
    value = typed.get("value", "")
    there = _at(data_of(text), row.path)
    if isinstance(there, list):
        entries = [one.strip() for one in value.split(";") if one.strip()]
        if there and all(isinstance(one, int) for one in there):
            return [_counts(value) or list[Scalar](entries)]
        return [list[Scalar](entries)]
    if isinstance(there, bool):
        return [{"yes": True, "true": True, "no": False, "false": False}.get(value.lower(), value)]
    if isinstance(there, int):
        return [int(value) if _WHOLE.fullmatch(value) else value]
    if isinstance(there, str) or row.kind == "head":
        return [value]
    ways: list[Scalar | list[Scalar]] = [value]
    if _WHOLE.fullmatch(value):
        ways.append(int(value))
    if counts := _counts(value):
        ways.append(counts)
    return ways


def _counts(value: str) -> list[Scalar]:
    """Whole numbers with commas or semicolons between them, or nothing where it is no such list."""
    entries = [one.strip() for one in re.split("[;,]", value)]
    whole = all(_WHOLE.fullmatch(one) for one in entries)
    return [int(one) for one in entries] if whole else []


def _answer(
    data: Data, row: Row, typed: Mapping[str, Scalar | list[Scalar]], source: str | None
) -> None:
    field, value = row.field, typed["value"]
    if row.path[:2] == ("site", "parts_confirmed"):
        _confirm_part(data, row.path[2], source)
    elif field == "site.syringes":
        rows = cast("list[Data]", _made(data, ("site",)).setdefault("syringes", []))
        rows.append({key: typed[key] for key in ("syringe", "up_to_ml", "step_ml")})
        rows[-1]["source"] = source
    elif field.startswith("site.max_age_h."):
        ages = _made(data, ("site", "max_age_h"))
        ages["source"] = source
        ages[row.path[-1]] = value
    elif field.startswith("beyond_use."):
        rows = cast("list[Data]", data.setdefault("beyond_use", []))
        keys = ("counted_from", "hours", "storage")
        rows.append({"state": row.path[-1], **{key: typed[key] for key in keys}, "source": source})
    elif row.value or _at(data, row.path) is not None:
        _change(data, row.path, typed, source)
    elif row.kind == "head":
        data[field] = value
    else:
        _fill(data, row.path, typed, source)


def _fill(
    data: Data, path: KeyPath, typed: Mapping[str, Scalar | list[Scalar]], source: str | None
) -> None:
    """A value where nothing stood: { label, value, unit, source }, what was given of it."""
    made: Data = {}
    for key in ("label", "value", "unit"):
        if typed.get(key, "") != "":
            made[key] = typed[key]
    _made(data, path[:-1])[path[-1]] = {**made, "source": source}


def _change(
    data: Data, path: KeyPath, typed: Mapping[str, Scalar | list[Scalar]], source: str | None
) -> None:
    """Another value, or the same one confirmed: the nearest table that names a source names this one."""
    node = _at(data, path)
    if isinstance(node, dict):
        node["source"] = source
        return
    holder = cast("Data", _at(data, path[:-1]))
    if typed["value"] not in ("", []):
        holder[path[-1]] = typed["value"]
    if typed.get("unit", "") != "":
        holder["unit"] = typed["unit"]
    for length in range(len(path) - 1, -1, -1):
        table = _at(data, path[:length])
        if source is not None and isinstance(table, dict) and isinstance(table.get("source"), str):
            table["source"] = source
            return


def _confirm_part(data: Data, part: str, source: str | None) -> None:
    confirmed = _made(data, ("site", "parts_confirmed"))
    cast("list[str]", confirmed.setdefault("value", [])).append(part)
    confirmed["source"] = source


def _without_delay(data: Data) -> None:
    """The longest delay of a HOLD belongs to a HOLD that delays; it goes with it."""
    cast("Data", data["site"]).pop(HOLD_DELAY, None)
    _close_gap(data, f"site.{HOLD_DELAY}")


def _close_gap(data: Data, field: str) -> None:
    """The gap of the field, or the open rule, is listed no more."""
    gaps = cast("list[dict[str, str]]", data.get("gaps", []))
    data["gaps"] = [gap for gap in gaps if gap.get("field") != field]
    if not data["gaps"]:
        del data["gaps"]
    site = data.get("site")
    if isinstance(site, dict) and field.startswith("site.") and "open" in site:
        rule = field.split(".")[1]
        site["open"] = [name for name in cast("list[str]", site["open"]) if name != rule]
        if not site["open"]:
            del site["open"]


def _name_of(data: Data, source: SiteSource) -> str:
    """The name of this source among those of the file, which is added where it is not there."""
    sources = cast("dict[str, dict[str, str]]", data.setdefault("sources", {}))
    wanted = {"document": source.document, "place": source.place, "evidence": "site"}
    for name, one in sources.items():
        if one == wanted:
            return name
    number = 1
    while f"site-{number}" in sources:
        number += 1
    sources[f"site-{number}"] = wanted
    return f"site-{number}"


def _at(data: Data, path: KeyPath) -> object:
    """What stands at the path, or None where nothing does."""
    node: object = data
    for step in path:
        if isinstance(node, list):
            node = node[int(step)] if step.isdigit() and int(step) < len(node) else None
        elif isinstance(node, dict):
            node = node.get(step)
        else:
            return None
    return node


def _made(data: Data, path: KeyPath) -> Data:
    """The table at the path, made where there is none; levels are found by their first count."""
    node: object = data
    for step in path:
        if isinstance(node, list):
            rows = cast("list[Data]", node)
            node = next(row for row in rows if first_count(row) == step)
        else:
            node = cast("Data", node).setdefault(step, {})
    return cast("Data", node)


def _after(data: Data, key: str, new: str, value: str) -> Data:
    """The data with one more key behind another."""
    made: Data = {}
    for name, one in data.items():
        made[name] = copy.copy(one)
        if name == key:
            made[new] = value
    return made
