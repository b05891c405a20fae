"""The README keeps its word: its commands run as they are written there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from il2desk.cli import NOW, main
from il2desk.desk import open_desk

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
START = "python3 packaging/start.py"
COMMANDS = [
    shlex.split(line.strip().removeprefix(START))
    for line in TEXT.splitlines()
    if re.match(rf"    {re.escape(START)} [a-z]", line) and f"{START} test" not in line
]


def test_the_two_commands_come_first():
    code = [line.strip() for line in TEXT.splitlines() if line.startswith("    ")]
    assert [line.partition("#")[0].strip() for line in code[:2]] == [START, f"{START} test"]
    assert TEXT.index(START) < 100
    assert r"py packaging\start.py" in TEXT


def test_every_command_of_the_program_is_shown():
    asked = set(
        re.findall(r"`start\.py (\w+) FILE`", TEXT)
    )  # two people sign: it runs in tests/cli
    assert {words[0] for words in COMMANDS} | asked == set(NOW)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_runs_as_it_is_written(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    shutil.copy(ROOT / "resources" / "protocols" / "npc-bolus.toml", tmp_path / "my-copy.toml")
    findings = re.search(r"`(\{[^`]*\})`", TEXT)
    assert findings is not None
    (tmp_path / "findings.json").write_text(findings[1], encoding="utf-8")
    open_desk(tmp_path / "ward.sqlite").close()
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    assert capsys.readouterr().out


def test_every_path_it_names_is_there():
    named = set(re.findall(r"`((?:resources|il2desk|tests|packaging)/[\w./-]*)`", TEXT))
    assert len(named) > 5
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
