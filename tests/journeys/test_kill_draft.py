"""What was typed and not signed survives the program being killed, and was never recorded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from il2desk.records import open_read_only

TYPIST = Path(__file__).parent / "type_and_wait.py"


@pytest.mark.timeout(120)
def test_a_killed_program_gives_the_typed_text_back(
    root: Path, released: Path, start: Callable[..., Any]
) -> None:
    with open_read_only(released) as journal:
        before = journal.head()
    with subprocess.Popen(
        [sys.executable, TYPIST, released], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(root)},
    ) as typist:  # fmt: skip
        assert typist.stdout is not None
        assert typist.stderr is not None
        told = typist.stdout.readline()
        typist.kill()
        assert told == "KEPT\n", typist.stderr.read()
    person = start(released)
    greeting = person.session.sign_in_page().said()
    assert "One draft is kept." in greeting
    assert "NPC" not in greeting
    person.sign_in()
    assert person.session.desk.journal.head() == before
    person.find("NPC-001")
    person.open_dose(1)
    person.keys("{Alt+5}")
    entries = person.step.entries
    assert (entries.outcome.value(), entries.start.time.typed()) == ("given", "14:00")
    assert person.window.draft() == "Draft 14:00, not recorded"
    assert person.session.desk.journal.head() == before
    person.keys("{Alt+5}")
    person.tab_into(entries.whole)
    person.keys("y{Ctrl+Enter}")
    person.sign()
    person.until(lambda: person.session.desk.journal.kept_drafts() == (), "the draft to go")
    assert person.session.desk.journal.head().sequence == before.sequence + 1
