"""The lint of paper, over every sentence that the program can say on a screen or at a terminal."""

from __future__ import annotations

import ast
from pathlib import Path

from forbidden_writing import FORBIDDEN, faults_of

SPOKEN = {"say", "tell", "refuse", "Refusal", "announce", "Choice", "PlainLabel", "Field"}
# Numbers and units meet in the formatter, which joins them; a sentence of the code has none to part.
NOT_ON_SCREENS = {"a quantity that can part", "a span that can part"}


def words_of(node: ast.expr) -> str:
    """The text of a literal, with a hole for every value that is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            words_of(part) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    if isinstance(node, ast.BinOp):
        return words_of(node.left) + words_of(node.right)
    return ""


def spoken(tree: ast.Module) -> list[str]:
    """Every literal given to a function that speaks."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SPOKEN:
                found += [words_of(value) for value in node.args]
                found += [words_of(one.value) for one in node.keywords]
    return [words for words in found if words]


def test_no_sentence_is_written_as_the_field_forbids(root: Path) -> None:
    wrong, seen = [], 0
    for path in sorted((root / "il2desk").rglob("*.py")):
        for words in spoken(ast.parse(path.read_text(encoding="utf-8"))):
            seen += 1
            faults = [one for one in faults_of(words) if one.split(":")[0] not in NOT_ON_SCREENS]
            wrong += [(path.name, words, fault) for fault in faults]
    assert wrong == []
    assert seen > 2000


def test_a_planted_sentence_would_be_found() -> None:
    tree = ast.parse(
        'say(f"give {dose} IU daily")\nx = "5 IU"\nrefuse("code", "take " "5.0 at once")'
    )
    faults = [fault.split(":")[0] for words in spoken(tree) for fault in faults_of(words)]
    assert faults == ["an abbreviated unit", "a trailing zero"]
    assert set(NOT_ON_SCREENS) <= set(FORBIDDEN)
