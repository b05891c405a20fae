"""What is looked for in every file alike, whatever its kind: unit systems, percentages, slips in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial

from il2desk.dosing import tell
from il2desk.protocols.locator import KeyPath
from il2desk.protocols.problems import Doubt
from il2desk.protocols.reader import Reader

_Tables = dict[str, object] | list[object]
UNIT_SYSTEMS = tell(
    "Old papers count in Cetus units or Roche units, which are other amounts than international units, "
    "and short forms of the unit do not say which is meant or are misread. Find out from "
    "the document which unit system it uses, then write the dose in international units, in full."
)

_WHOLE = re.compile(
    r"(?:10\^?6\s*)?(?:x\s*)?(?:million\s+|thousand\s+|Mio\.?\s+)?"
    r"(?:million|thousand|U|MU|kU|IU|MIU|mIU|I\.E\.|U\.I\.|Mio\.?|units?|"
    r"(?:cetus|roche|brmp|chiron|biogen|jurkat)(?:\s+units?|\s+U)?)"
    r"(?:\s*(?:/|per)\s*.+)?",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?<![\w-])(IU|MIU|MU|I\.E\.|U\.I\.|Mio\.?)(?![\w-])")
_NUMBER = r"([0-9]+(?:[., ][0-9]{3})*(?:\.[0-9]+)?)"
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_CELSIUS = re.compile(rf"{_NUMBER}\s*(?:°\s*C\b|deg\s*C\b|degrees?\s+(?:C\b|Celsius))")
_PER_LITRE = re.compile(rf"{_NUMBER}\s*(?:x|×|\*)\s*10\s*\^?\s*(?:9|⁹)\s*(?:/|per)\s*(?:L\b|litre)")
_SUSPECT = re.compile(r"°|deg|10|U|I\.E\.|Mio")
"""One of these stands in everything that the patterns on temperatures, counts and units match."""
_SAID = (
    (
        re.compile(r"[0-9] (?:million )?international units per (kg|m2)\b"),
        ("dose", "unit"),
        partial(
            tell,
            'The title says "{said}", and no dose under it is of that basis. Compare both with the document.',
        ),
    ),
    (
        re.compile(r"\bevery ([0-9.]+) hours\b"),
        ("interval_h", "value"),
        partial(
            tell,
            'The title says "{said}", and no interval under it is that. Compare both with the document.',
        ),
    ),
    (
        re.compile(r"\b([0-9]+) doses\b"),
        ("doses_per_cycle", "value"),
        partial(
            tell,
            'The title says "{said}", and no number of doses under it is that. Compare both with the document.',
        ),
    ),
)
"""What a title says in words, where it stands in the table, and the doubt where the two differ."""
_HOTTEST = Decimal(45)
_MOST_PER_LITRE = Decimal(2000)
_HUNDRED = Decimal(100)
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def lint_document(reader: Reader) -> tuple[Doubt, ...]:
    """Report unit systems and percentages to the reader; return what only looks doubtful."""
    doubts: list[Doubt] = []
    plain, suspect = _PLAIN.fullmatch, _SUSPECT.search
    for path, text in _texts((), reader.content):
        if path[-1] == "unit" and _WHOLE.fullmatch(text.strip()):
            reader.problem(
                path,
                tell(
                    '"{text}" names no unit system. {unit_systems}',
                    text=text,
                    unit_systems=UNIT_SYSTEMS,
                ),
            )
        elif plain(text) and _is_percentage(path) and Decimal(text) > _HUNDRED:
            reader.problem(
                path, tell("{text} percent is more than all of it. Correct the number.", text=text)
            )
        elif suspect(text):  # else no pattern on words can match
            doubts.extend(_doubts(path, text))
    doubts.extend(_titles((), reader.content))
    return tuple(doubts)


def _titles(path: KeyPath, node: dict[str, object]) -> Iterator[Doubt]:
    """A title that says another dose than the table under it prescribes."""
    title = node.get("title")
    said = list(_GROUPED.finditer(title)) if path and isinstance(title, str) else []
    if said:  # few titles hold such a number: only under them are the doses looked for
        doses = {text for where, text in _texts((), node) if where[-2:] == ("dose", "value")}
        for found in said:
            if doses and found[0].replace(",", "") not in doses:
                yield Doubt(
                    ".".join((*path, "title")),
                    tell(
                        "The title says {found}, and no dose under it is that. Write the title anew.",
                        found=found[0],
                    ),
                )
    if isinstance(title, str):
        for said_words, place, doubt in _SAID:
            yield from _said(path, node, said_words.finditer(title), (place, doubt))
    for key, child in node.items():
        if isinstance(child, dict):
            yield from _titles((*path, key), child)


def _said(
    path: KeyPath,
    node: dict[str, object],
    said: Iterable[re.Match[str]],
    against: tuple[KeyPath, Callable[..., str]],
) -> Iterator[Doubt]:
    """A basis, an interval or a number of doses in a title that nothing under it states."""
    place, doubt = against
    words = list(said)
    if not words:  # few titles say one: only under them is the table looked through
        return
    stated = {text.rpartition(" ")[2] for where, text in _all((), node) if where[-2:] == place}
    for found in words:
        if stated and found[1] not in stated:
            yield Doubt(".".join((*path, "title")), doubt(said=found[0]))


def _all(path: KeyPath, node: _Tables) -> Iterator[tuple[KeyPath, str]]:
    """Every text and whole number below, as text, with its path."""
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in children:
        if isinstance(child, dict | list):
            yield from _all((*path, str(key)), child)
        elif isinstance(child, str | int):
            yield (*path, str(key)), str(child)


def _is_percentage(path: KeyPath) -> bool:
    key = path[-2] if path[-1] == "value" and len(path) > 1 else path[-1]
    return key.endswith("_percent") and "max_age_h" not in path


def _doubts(path: KeyPath, text: str) -> Iterator[Doubt]:
    """Slips inside sentences: they are shown and printed, and never computed with."""
    if path[0] == "sources" or path[-1] == "citation":
        return  # the name of a document is quoted as it is
    key = ".".join(path)
    for found in _CELSIUS.finditer(text):
        if _read(found[1]) > _HOTTEST:
            yield Doubt(
                key,
                tell(
                    '"{found}" is no temperature in Celsius. Compare the unit with the document.',
                    found=found[0],
                ),
            )
    for found in _PER_LITRE.finditer(text):
        if _read(found[1]) > _MOST_PER_LITRE:
            yield Doubt(
                key,
                tell(
                    '"{found}" reads like a number per mm3. Compare the unit with the document.',
                    found=found[0],
                ),
            )
    for found in _ABBREVIATED.finditer(text):
        yield Doubt(
            key,
            tell('"{found}" can be misread. Write international units in full.', found=found[1]),
        )


def _read(number: str) -> Decimal:
    return Decimal(number.replace(",", "").replace(" ", ""))


def _texts(path: KeyPath, node: _Tables) -> list[tuple[KeyPath, str]]:
    """Every text of the file with its path, in the order of the file."""
    found: list[tuple[KeyPath, str]] = []
    _gather(path, node, found)
    return found


def _gather(path: KeyPath, node: _Tables, found: list[tuple[KeyPath, str]]) -> None:
    children: Iterable[tuple[str, object]] = (
        node.items()
        if isinstance(node, dict)
        else ((str(number), child) for number, child in enumerate(node))
    )
    for key, child in children:
        if isinstance(child, str):
            found.append(((*path, key), child))
        elif isinstance(child, dict | list):
            _gather((*path, key), child, found)
