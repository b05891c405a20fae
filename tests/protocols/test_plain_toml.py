"""The plain reader says exactly what the standard parser says, or nothing."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from il2desk.protocols.plain_toml import read_plain

FOLDERS = (
    "protocols", "products", "rulesets", "premedication", "companions", "definitions", "practice", "interactions",
)  # fmt: skip
PIECES = (
    "", '"', "'", "[", "]", "[[", "]]", "{", "}", ",", "=", ".", "#", "\n", "\r", "\t", "\\", "-", "+", "_",
    "0", "7", "1.5", "true", "false", "inf", "a", 'a = "b"\n', "a.b = 1\n", "[regimen]\n", "[[gaps]]\n",
    "[sources]\n", "[gaps]\n", "[[regimen]]\n", "value = 1\n", '"""', "\x00", "\x7f", "\u00e9", "2026-03-01",
)  # fmt: skip


def texts(root: Path) -> dict[str, str]:
    return {
        f"{folder}/{file.name}": file.read_text(encoding="utf-8")
        for folder in FOLDERS
        for file in sorted((root / "resources" / folder).glob("*.toml"))
    }


def same_types(one: object, other: object) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same_types(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_types, one, other))
    return type(one) is type(other) and one == other


def agrees(text: str) -> bool:
    """Whether the plain reader read it; it never says anything else than the standard parser."""
    found = read_plain(text)
    if found is None:
        return False
    assert same_types(found, tomllib.loads(text)), text
    return True


def test_every_shipped_file_is_plain(root: Path):
    left = [name for name, text in texts(root).items() if not agrees(text)]
    assert left == []


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "# only a note\n", "a = 1\n", 'a = "x" # note\n', "a = [ 1, 2, ]\n", "a = [\n# n\n1,\n]\n",
        "a = {}\n", "a = { b = 1, c = [ { d = true } ] }\n", "[a.b]\nc = 1\n[a]\nd = 2\n",
        "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\n[a.c]\nd = 3\n", "a = 1", "  a = 1\n\t[b]\n",
        'a = "tab\there"\n', "[a]\n[a.b]\n[a.b.c]\n",
    ],
)  # fmt: skip
def test_what_is_plain(text: str):
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = 1\na = 2\n", "[a]\n[a]\n", "[a.b]\n[[a]]\n", "a = []\n[[a]]\n", "a = {}\n[a]\n", "a = {}\n[a.b]\n",
        "[a]\nb = 1\n[a.b]\n", "[[a]]\n[a]\n", "a = { b = 1, b = 2 }\n", "a = { b = 1, }\n", "a = { b = 1\n}\n",
        "a = 01\n", "a = 1_000\n", "a = 1.5\n", "a = -1\n", "a = 2026-03-01\n", "a = 'x'\n", 'a = "\\n"\n',
        'a = """x"""\n', "a.b = 1\n", '"a" = 1\n', "a = tru\n", "a = 1 b = 2\n", "a = \n", "= 1\n", "[a\n",
        "[a]]\n", "[[a]\n", "[a] b = 1\n", "a = [1 2]\n", "a = [,]\n", "a = 1\r\nb = 2\r\n", 'a = "\x01"\n', "[]\n",
        "a = 12345678901234567890\n", f"a = {'[' * 30}{']' * 30}\n", "[a.b]\n[a]\nb = 1\n",
    ],
)  # fmt: skip
def test_what_is_left_to_the_standard_parser(text: str):
    assert read_plain(text) is None


@pytest.mark.parametrize("seed", range(12))
def test_a_changed_file_is_never_read_otherwise(root: Path, seed: int):
    chance = random.Random(seed)  # noqa: S311 - the same changes every time
    every = list(texts(root).values())
    plain = broken = 0
    for _ in range(250):
        text = chance.choice(every)
        lines = text.splitlines(keepends=True)
        begin = chance.randrange(len(lines))
        text = "".join(lines[begin : begin + chance.randrange(1, 30)])
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(text) + 1)
            gone = chance.choice((0, 0, 1, 2, 5))
            text = text[:at] + chance.choice(PIECES) + text[at + gone :]
        if agrees(text):
            plain += 1
        else:
            broken += 1
    assert plain > 20
    assert broken > 20
