"""A language that nobody speaks, to tell what goes through the catalogue and what does not.

Every message of the program with each of its letters changed, as a real gettext catalogue. Whatever
of a sheet still is made of plain letters was not looked up, or is a fact.
"""

from __future__ import annotations

import ast
import gettext
import re
import struct
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from il2desk.words import DOMAIN

SPEAKING = {"say": 0, "tell": 0, "told": 0, "refuse": 1, "joined": 0}
"""Functions that are given sentences, and the place of the first of them."""
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OTHER = "ÀßÇĐÉƑĜĤÍĴĶĹḾŃÓƤǪŔŚŤÚṼŴẌÝŹàƀçđéƒĝĥíĵķĺḿńóƥǫŕśťúṽŵẍýź"
_LETTERS = str.maketrans(_PLAIN, _OTHER)
_HOLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"(?<![\w])[A-Za-z]{2,}(?!\w)")
# The path of a file or of a field in one, a digest, the id of a sheet: none of them is a word.
_TOKEN = re.compile(r"\w+")
_CODES = (
    re.compile(r"[\w./-]+\.(?:toml|md|json|txt|ttf)\b|\w+/README|\([a-z_]+(?:\.[\w-]+)+\)"),
    re.compile(r"\b[0-9a-fA-F]{8,}\b"),
    re.compile(r"\b[A-Z]{3}-[0-9A-Z-]+\b"),
)


def messages(program: Path) -> set[str]:
    """Every sentence that the code hands to a function which speaks, as it stands in the code."""
    found: set[str] = set()
    for path in program.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "func", None)
            name = getattr(name, "id", getattr(name, "attr", ""))
            if isinstance(node, ast.Call) and name in SPEAKING:
                for argument in node.args[SPEAKING[name] :][: None if name == "refuse" else 1]:
                    found |= {
                        one.value
                        for one in ast.walk(argument)
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    }
    return {one for one in found if one.strip()}


def changed(message: str) -> str:
    """The message in the other language; its facts keep their names."""
    parts = _HOLE.split(message)
    holes = [*_HOLE.findall(message), ""]
    return "".join(part.translate(_LETTERS) + hole for part, hole in zip(parts, holes, strict=True))


def install(folder: Path, known: Iterable[str]) -> gettext.NullTranslations:
    """Write the catalogue into a folder as a program would ship it, and open it."""
    pairs = sorted((one.encode(), changed(one).encode()) for one in known)
    header = (b"", b"Content-Type: text/plain; charset=UTF-8\n")
    place = folder / "xx" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / f"{DOMAIN}.mo").write_bytes(_compiled([header, *pairs]))
    return gettext.translation(DOMAIN, localedir=str(folder), languages=["xx"])


def _compiled(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """The file format of GNU gettext: counts, two tables of lengths and places, the texts."""
    keys, values = (b"".join(pair[at] + b"\0" for pair in pairs) for at in (0, 1))
    first = 28 + 16 * len(pairs)
    tables = [b"", b""]
    for at, begin in ((0, first), (1, first + len(keys))):
        place = begin
        for pair in pairs:
            tables[at] += struct.pack("<2I", len(pair[at]), place)
            place += len(pair[at]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, first)
    return head + tables[0] + tables[1] + keys + values


def texts_in(value: Any) -> Iterator[str]:
    """Every text in lists and tables, however deep."""
    if isinstance(value, str):
        yield value
        if "\n" in value and " = " in value:  # a data file that a journal keeps whole
            yield from texts_in(tomllib.loads(value))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if "-" in key:  # the name of a row, which can be printed in words
                yield key.replace("-", " ")
            yield from texts_in(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts_in(one)


def shipped(resources: Path) -> set[str]:
    """Every text of the data files: protocols, products, rule sets, premedication, definitions."""
    found = {path.relative_to(resources).as_posix() for path in resources.rglob("*.*")}
    for path in resources.rglob("*.toml"):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        found |= {*texts_in(read), *read.get("regimens", {})}  # an arm is named by its table
    return found


class Facts:
    """What may stand on a sheet in plain letters: texts that are no messages of the program."""

    def __init__(self, texts: Iterable[str], known: set[str], words: Iterable[str]) -> None:
        """`texts` are facts of files and journals; `known` the messages, which are never facts."""
        whole = {_one_line(one) for one in texts if one not in known}
        self._by_word: dict[str, list[str]] = {}
        for one in whole:
            if _WORD.search(one):
                self._by_word.setdefault(_TOKEN.findall(one)[0], []).append(one)
        listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        self._words = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
        self._seen: dict[str, list[str]] = {}

    def left_in(self, text: str) -> list[str]:
        """The plain words of a text that are neither a fact nor in the other language."""
        if text not in self._seen:
            self._seen[text] = self._left_in(_one_line(text))
        return self._seen[text]

    def _left_in(self, text: str) -> list[str]:
        if not _WORD.search(text):
            return []
        tokens = set(_TOKEN.findall(text))
        said = [one for token in tokens for one in self._by_word.get(token, ()) if one in text]
        spans = [
            found.span()
            for pattern in (*_CODES, self._words, *map(_whole_words, said))
            for found in re.finditer(pattern, text)
        ]
        covered = {at for begin, end in spans for at in range(begin, end)}
        return _WORD.findall("".join(" " if at in covered else one for at, one in enumerate(text)))


def _whole_words(fact: str) -> str:
    return rf"(?<!\w){re.escape(fact)}(?!\w)"


def _one_line(text: str) -> str:
    return " ".join(text.split())
