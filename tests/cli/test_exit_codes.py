"""How the program ends: codes, standard output left empty, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")


def test_done_is_0_and_refused_is_2_for_the_program_itself(program: Program):
    done = program("dose", "npc-bolus", "--weight", "70", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"exact_dose_iu": "5040000"' in done.stdout
    refused = program("dose", "npc-bolus", "--weight", "1,250", "--json")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "thousands separator" in refused.stderr


@pytest.mark.parametrize("command", ["report", "export", "import"])
def test_a_command_that_comes_later_says_so(run: Callable[..., Any], command: str):
    for words in ((command,), (command, "--json"), (command, "toxicity", "--trial", "x")):
        said = run(*words)
        assert said.code == 2
        assert "comes later" in said.err
        assert (
            "protocols, dose, schedule, assess, premedication, sheet, verify, backup, restore"
            in said.err
        )


@pytest.mark.parametrize("command", ["reports", "Dose", "help", "", "doze", "70"])
def test_an_unknown_command_names_those_there_are(run: Callable[..., Any], command: str):
    said = run(command)
    assert said.code == 2
    assert "is not a command" in said.err
    assert "verify" in said.err


@pytest.mark.parametrize("words", [("-x",), ("--jason",), ("--json",), ("--", "x")])
def test_an_option_without_a_command(run: Callable[..., Any], words: tuple[str, ...]):
    said = run(*words)
    assert said.code == 2
    assert "il2desk --help" in said.err


def test_help_names_every_command_and_code(run: Callable[..., Any]):
    said = run("--help")
    assert said.code == 0
    for word in (
        "protocols", "dose", "schedule", "assess", "premedication", "sheet", "verify",
        "--practice", "--journal FILE", "exit codes", "70",
    ):  # fmt: skip
        assert word in said.out
    for command in ("protocols", "dose", "schedule", "assess", "premedication", "sheet", "verify"):
        said = run(command, "--help")
        assert (said.code, f"usage: il2desk {command}" in said.out) == (0, True)


@pytest.mark.parametrize("place", ["before", "after", "joined"])
def test_the_journal_may_be_named_before_and_after_a_command(
    run: Callable[..., Any], tmp_path: Path, place: str
):
    file = tmp_path / "nowhere.sqlite"
    words = {
        "before": ("--journal", file, "verify"),
        "after": ("verify", "--journal", file),
        "joined": ("verify", f"--journal={file}"),
    }
    said = run(*words[place])
    assert said.code == 4
    assert f"There is no journal at {file}" in said.out
    assert not file.exists()


def test_a_command_without_a_journal_takes_one_all_the_same(run: Callable[..., Any]):
    assert run("--journal", "x.sqlite", "dose", "npc-bolus", "--weight", "70").code == 0


@pytest.mark.parametrize(
    "words",
    [("--journal",), ("verify", "--journal"), ("--journal=", "verify"), ("--journal", "", "verify"),
     ("--journal", "a", "verify", "--journal", "b")],
)  # fmt: skip
def test_a_journal_that_is_not_named_or_named_twice(
    run: Callable[..., Any], words: tuple[str, ...]
):
    said = run(*words)
    assert (said.code, "--journal" in said.err) == (2, True)


def test_practice_is_for_the_window(run: Callable[..., Any]):
    said = run("--practice", "dose", "npc-bolus", "--weight", "70")
    assert (said.code, "--practice opens the window" in said.err) == (2, True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
def test_without_a_display_the_window_is_refused_in_a_sentence(program: Program):
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    for words in ((), ("--practice",)):
        done = program(*words, environment=nothing)
        assert (done.returncode, done.stdout) == (2, "")
        assert "There is no display here" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@posix
def test_bytes_that_are_no_text_are_refused_like_any_word(program: Program):
    for words in ((b"\xff",), ("dose", b"\xff.toml", "--weight", "70"), ("assess", "x", b"\xfe")):
        done = program(*[os.fsdecode(word) for word in words])
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr


@posix
@pytest.mark.parametrize("words", [("protocols",), ("schedule", "--help"), ("--help",)])
def test_an_answer_that_cannot_be_written_is_the_environment(
    program: Program, words: tuple[str, ...]
):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = program(*words, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@posix
def test_a_reader_that_goes_away_ends_it_quietly(program: Program):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = program("protocols", capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (3, "")


@posix
def test_ctrl_c_leaves_a_sentence(root: Path, tmp_path: Path):
    fifo = tmp_path / "findings.json"
    os.mkfifo(fifo)
    # A shell that starts the tests in its background has SIGINT ignored, and the program inherits it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    begun = subprocess.Popen(
        [sys.executable, "-P", "-m", "il2desk", "assess", "til-2024", str(fifo)],
        env=dict(os.environ) | {"PYTHONPATH": str(root)}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    with fifo.open("w", encoding="utf-8"):  # opens once the program reads it
        begun.send_signal(signal.SIGINT)
        out, err = begun.communicate(timeout=30)
    assert (begun.returncode, out) == (2, "")
    assert err == "Stopped. Nothing was written.\n"


def broken(home: Path) -> None:
    """Break the copied program where it derives, with a message no crash file may keep."""
    file = home / "il2desk" / "dosing" / "parsing.py"
    text = file.read_text(encoding="utf-8")
    head = "def parse_number(text: str, field: NumberField) -> Decimal | Refusal:\n"
    assert head in text
    fault = '    raise ValueError(f"Loewenstein weighs {text} kg")\n'
    file.write_text(text.replace(head, head + fault, 1), encoding="utf-8")


def test_a_defect_is_70_and_its_crash_file_holds_no_patient(
    program: Program, copied_program: Path, private_home: Path
):
    broken(copied_program)
    done = program("dose", "npc-bolus", "--weight", "70.35", "--json", home=copied_program)
    assert (done.returncode, done.stdout) == (70, "")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "Loewenstein" not in done.stderr
    file = Path(done.stderr.partition("Crash file: ")[2].strip())
    assert private_home in file.parents
    text = file.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "parsing.py" in text
    for secret in ("Loewenstein", "70.35", str(copied_program)):
        assert secret not in text


def test_a_crash_file_that_cannot_be_written_is_said(
    program: Program, copied_program: Path, tmp_path: Path
):
    broken(copied_program)
    taken = tmp_path / "taken"
    taken.write_text("a file where a folder should be", encoding="utf-8")
    places = {name: str(taken) for name in ("XDG_STATE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")}
    done = program("dose", "npc-bolus", "--weight", "70", home=copied_program, environment=places)
    assert (done.returncode, done.stdout) == (70, "")
    assert "No crash file could be written" in done.stderr


def test_a_damaged_shipped_file_is_the_environment(program: Program, copied_program: Path):
    file = copied_program / "resources" / "protocols" / "npc-bolus.toml"
    file.write_bytes(file.read_bytes()[:500])
    done = program("dose", "npc-bolus", "--weight", "70", home=copied_program)
    assert (done.returncode, done.stdout) == (3, "")
    assert "damaged" in done.stderr
    assert "Install the program again" in done.stderr
