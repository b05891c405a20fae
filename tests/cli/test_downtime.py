"""The downtime sheet from the command line, without a journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader


def test_it_is_written_without_a_journal(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "blank.pdf"
    said = run("--journal", tmp_path / "missing.sqlite", "downtime", "--out", file, "--json")
    assert (said.code, said.object["file"]) == (0, str(file))
    assert "Downtime sheet" in PdfReader(file).pages[0].extract_text()
    assert not (tmp_path / "missing.sqlite").exists()


def test_a_file_is_never_replaced(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "blank.pdf"
    file.write_text("kept", encoding="ascii")
    assert run("downtime", "--out", file).code == 2
    assert file.read_text(encoding="ascii") == "kept"


@pytest.mark.parametrize("command", [("downtime",), ("verify",)])
def test_a_pdf_is_written_under_a_name_that_says_so(
    run: Callable[..., Any], tmp_path: Path, command
):
    file = tmp_path / "x.txt"
    said = run(*command, "--out", file)
    assert (said.code, said.out) == (2, "")
    assert "let the name end in .pdf" in said.err
    assert not file.exists()
