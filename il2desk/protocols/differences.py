"""What changed from one version to another, in words: values, units, sources, marks, gaps, parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from il2desk.dosing import Source, tell
from il2desk.protocols.document import (
    Data,
    Stated,
    data_of,
    is_row_list,
    row_label,
    stated,
    written,
)

Texts = Mapping[str, str]
"""The text of the protocol under "", and of each of its parts under "rulesets/jitc-2014" and so on."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `part` is "" for the protocol itself.

    `kind` is "changed", "added", "removed", "reordered", "source", "gap filled", "gap opened",
    "gap removed" or "part". `text` is a whole sentence.
    """

    part: str
    where: str
    kind: str
    text: str


def what_changed(old: Texts, new: Texts) -> tuple[Difference, ...]:
    """Every difference between two versions, the protocol's first, in the order of the new file."""
    found: list[Difference] = []
    for before, after in _pairs(old, new):
        if after == "":
            found += _in_one_file("", data_of(old[""]), data_of(new[""]))
        elif before is None:
            found.append(
                Difference(after, after, "part", tell("The part {after} was added.", after=after))
            )
        else:
            if before != after:
                text = tell(
                    "The part {before} was replaced by {after}.", before=before, after=after
                )
                found.append(Difference(after, after, "part", text))
            found += _in_one_file(after, data_of(old[before]), data_of(new[after]))
    gone = [name for name in old if name not in {before for before, _ in _pairs(old, new)}]
    found += [
        Difference(name, name, "part", tell("The part {name} was removed.", name=name))
        for name in gone
    ]
    return tuple(found)


def _pairs(old: Texts, new: Texts) -> list[tuple[str | None, str]]:
    """Which file of the old version stands where a file of the new one stands now."""
    pairs: list[tuple[str | None, str]] = [("", "")]
    for name in sorted(name for name in new if name):
        folder = name.partition("/")[0]
        left = [one for one in old if one.startswith(f"{folder}/") and one not in new]
        came = [one for one in new if one.startswith(f"{folder}/") and one not in old]
        if name in old:
            pairs.append((name, name))
        else:
            # With one gone and one come it took its place; with several nobody can tell.
            pairs.append((left[0] if len(left) == len(came) == 1 else None, name))
    return pairs


def _in_one_file(part: str, old: Data, new: Data) -> Iterator[Difference]:
    before = {one.key: one for one in stated(old)}
    after = {one.key: one for one in stated(new)}
    filled = _gaps(old).keys() - _gaps(new).keys()
    for key, value in after.items():
        if key in before:
            yield from _of_value(part, before[key], value)
        elif not _belongs(value, filled):
            yield Difference(
                part,
                value.where,
                "added",
                tell(
                    "{where} was added: {text}{origin}.",
                    where=value.where,
                    text=value.text,
                    origin=_from(value),
                ),
            )
    for key, value in before.items():
        if key not in after:
            text = tell(
                "{where} was removed; it was {text}{origin}.",
                where=value.where,
                text=value.text,
                origin=_from(value),
            )
            yield Difference(part, value.where, "removed", text)
    yield from _rows_moved(part, old, new)
    yield from _of_gaps(part, old, new, tuple(after.values()))


def _of_value(part: str, old: Stated, new: Stated) -> Iterator[Difference]:
    """A value that stands in both files: another value, another order, or another source."""
    where = new.where
    if (old.value, old.unit) == (new.value, new.unit):
        if old.source != new.source:
            yield Difference(part, where, "source", _other_source(where, new, old.source))
        return
    read_in = _from(new, old.source)
    if isinstance(old.value, tuple) and isinstance(new.value, tuple):
        kind, text = _of_list(where, old.value, new.value)
        yield Difference(part, where, kind, f"{text}{read_in}.")
        return
    was = written(old.value) if old.unit == new.unit else old.text
    yield Difference(
        part,
        where,
        "changed",
        tell(
            "{where} changed from {was} to {text}{read_in}.",
            where=where,
            was=was,
            text=new.text,
            read_in=read_in,
        ),
    )


def _other_source(where: str, new: Stated, old: Source | None) -> str:
    now, was = _cited(new.source), _cited(old)
    if old is not None and new.source is not None and old.evidence is not new.source.evidence:
        return tell(
            "{where} is {text} as before; its mark changed from {in_words} to {in_words_2} (source: {now}; before: {was}).",
            where=where,
            text=new.text,
            in_words=old.evidence.in_words,
            in_words_2=new.source.evidence.in_words,
            now=now,
            was=was,
        )
    return tell(
        "{where} is {text} as before; its source changed from {was} to {now}.",
        where=where,
        text=new.text,
        was=was,
        now=now,
    )


def _of_list(where: str, old: tuple[object, ...], new: tuple[object, ...]) -> tuple[str, str]:
    come = [one for one in new if one not in old]
    gone = [one for one in old if one not in new]
    if not come and not gone:
        return "reordered", tell(
            "{where} has the same entries in another order: {listed}",
            where=where,
            listed=_listed(new),
        )
    parts = [tell("now also {listed}", listed=_listed(come))] if come else []
    parts += [tell("no longer {listed}", listed=_listed(gone))] if gone else []
    return "changed", tell("{where} changed: {parts}", where=where, parts=", ".join(parts))


def _listed(values: tuple[object, ...] | list[object]) -> str:
    return written(tuple(cast("list[str]", list(values))))


def _from(value: Stated, before: Source | None = None) -> str:
    """The source of a value in brackets, with the one before where it was another."""
    if value.source is None:
        return ""
    other = (
        "" if before in (None, value.source) else tell("; before: {cited}", cited=_cited(before))
    )
    return tell(" (source: {cite}{other})", cite=value.source.cite(), other=other)


def _cited(source: Source | None) -> str:
    return "none" if source is None else source.cite()


def _rows_moved(part: str, old: Data, new: Data) -> Iterator[Difference]:
    """Lists of rows whose common rows stand in another order."""
    before, after = dict(_row_lists((), old)), dict(_row_lists((), new))
    for where, labels in after.items():
        kept = [label for label in labels if label in before.get(where, [])]
        if kept != [label for label in before.get(where, []) if label in labels]:
            name = ".".join(where)
            text = tell(
                "The rows of {name} stand in another order: {labels}.",
                name=name,
                labels=", ".join(labels),
            )
            yield Difference(part, name, "reordered", text)


def _row_lists(path: tuple[str, ...], node: Data) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for name, child in node.items():
        if isinstance(child, dict):
            yield from _row_lists((*path, name), child)
        elif is_row_list(child) and (*path, name) != ("gaps",):
            rows = cast("list[Data]", child)
            labels = [row_label(rows, number) for number in range(len(rows))]
            yield (*path, name), labels
            for label, row in zip(labels, rows, strict=True):
                yield from _row_lists((*path, f"{name} ({label})"), row)


def _gaps(data: Data) -> dict[str, str]:
    """Field and name of every listed gap; an open rule of the site is one too."""
    rows = cast("list[dict[str, str]]", data.get("gaps", []))
    found = {row["field"]: row["name"] for row in rows}
    site = cast("Data", data.get("site", {}))
    found.update({f"site.{rule}": "" for rule in cast("list[str]", site.get("open", []))})
    return found


def _of_gaps(part: str, old: Data, new: Data, values: tuple[Stated, ...]) -> Iterator[Difference]:
    before, after = _gaps(old), _gaps(new)
    for field, name in before.items():
        if field not in after:
            said = [one for one in values if _belongs(one, {field})]
            called = f"{field} ({name})" if name else field
            if said:
                filled = "; ".join(f"{_short(one, field)}{one.text}" for one in said)
                text = tell(
                    "The gap {called} was filled: {filled}{origin}.",
                    called=called,
                    filled=filled,
                    origin=_from(said[0]),
                )
                yield Difference(part, field, "gap filled", text)
            else:
                yield Difference(
                    part, field, "gap removed", tell("The gap {called} was removed.", called=called)
                )
    for field, name in after.items():
        if field not in before:
            called = f"{field} ({name})" if name else field
            yield Difference(
                part, field, "gap opened", tell("The gap {called} was opened.", called=called)
            )


def _belongs(value: Stated, fields: set[str] | frozenset[str]) -> bool:
    """True where the value stands at one of these fields or inside it."""
    return any(_inside(value.where, field) for field in fields)


def _inside(where: str, field: str) -> bool:
    return where == field or where.startswith((f"{field}.", f"{field} ("))


def _short(value: Stated, field: str) -> str:
    """What the value is called inside the field it fills."""
    rest = value.where.removeprefix(field).strip(". ")
    return f"{rest} " if rest else ""
