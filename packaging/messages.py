"""The messages of the program, as its code hands them to the functions that speak.

A message is an English sentence, or a part of one, with a {name} for each fact. It stands as a
literal where it is said, told or refused; a table of words tells each of its words. So the list is
read from the syntax tree, without importing anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SPEAKING = {"say": 0, "tell": 0, "told": 0, "refuse": 1}
"""Functions that are given messages, and the place of the first of them."""


def messages(program: Path) -> tuple[str, ...]:
    """Every message of the code under a folder, in alphabetical order."""
    found: set[str] = set()
    for path in program.rglob("*.py"):
        found |= set(messages_of(path.read_text(encoding="utf-8")))
    return tuple(sorted(found))


def messages_of(code: str) -> Iterator[str]:
    """The messages in one file; a literal without a letter says nothing and is none."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            for argument in spoken(node):
                yield from (one for one in literals(argument) if any(map(str.isalpha, one)))


def spoken(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are messages; none for a function that does not speak."""
    name = _name(call.func)
    if name == "partial" and call.args and _name(call.args[0]) in SPEAKING:
        return call.args[1:2]
    first = SPEAKING.get(name)
    if first is None:
        return []
    return call.args[first:] if name == "refuse" else call.args[first : first + 1]


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be: a literal, or any side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for part in _parts(node):
        yield from literals(part)


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.IfExp():
            return [node.body, node.orelse]
        case ast.BoolOp() | ast.Dict():
            return node.values
        case ast.Tuple() | ast.List():
            return node.elts
        case ast.Starred() | ast.NamedExpr() | ast.Subscript():
            return [node.value]
        case ast.Call(func=ast.Attribute(attr="get")):
            return node.args[1:]
    return []
