"""No binary fraction and nothing impure in the dosing room."""

from __future__ import annotations

import ast

ALLOWED = {
    "__future__", "abc", "collections", "collections.abc", "dataclasses", "datetime", "decimal", "enum",
    "fractions", "functools", "hashlib", "itertools", "json", "operator", "re", "string", "types",
    "typing", "unicodedata",
}  # fmt: skip


def dosing(trees: dict[str, ast.Module]) -> dict[str, ast.Module]:
    return {path: tree for path, tree in trees.items() if path.startswith("il2desk/dosing/")}


def binary_fractions(tree: ast.Module) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
        or (isinstance(node, ast.Name) and node.id in {"float", "complex"})
        or (isinstance(node, ast.Attribute) and node.attr in {"from_float", "__float__"})
    ]


def test_dosing_holds_no_binary_fraction(trees: dict[str, ast.Module]):
    found = {path: binary_fractions(tree) for path, tree in dosing(trees).items()}
    assert len(found) > 5
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_binary_fraction_would_be_seen():
    assert binary_fractions(ast.parse("dose = 0.1")) == [1]
    assert binary_fractions(ast.parse("\ndose = float(text)")) == [2]
    assert binary_fractions(ast.parse("def f(x: float) -> None: ...")) == [1]


def test_dosing_imports_only_what_is_pure(trees: dict[str, ast.Module]):
    wrong = []
    for path, tree in dosing(trees).items():
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "."]
            wrong += [
                f"{path}:{name}"
                for name in names
                if name not in ALLOWED and name.split(".")[:2] != ["il2desk", "dosing"]
            ]
    assert wrong == []


def test_dosing_reads_no_clock(trees: dict[str, ast.Module]):
    clocks = {"now", "utcnow", "today", "fromtimestamp"}
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in dosing(trees).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in clocks
    ]
    assert wrong == []
