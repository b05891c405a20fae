"""What is typed wrongly: exit 2, a line a reason, nothing on standard output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# typed weight, and what the sentence says
NUMBERS = {
    "": "Enter the dosing weight in kg",
    " ": "Enter the dosing weight in kg",
    "1,250": "thousands separator",
    "1.250": "could mean 1250 or 1.250",
    "70.555": "thousands separator",
    "0.037": "at most 2 decimal places",
    "70 5": "without spaces or apostrophes",
    "70'5": "without spaces or apostrophes",
    "1.234,5": "Only one decimal mark",
    "70..5": "Only one decimal mark",
    ".5": "Type a zero first",
    "70.": "Type the decimals, or remove the mark",
    "070": "Remove the leading zero",
    "+70": "without a sign",
    "-70": "without a sign",
    "7e1": "without an exponent",
    "1e3": "without an exponent",
    "70kg": "Type the number only",
    "NaN": "is not a number",
    "inf": "is not a number",
    "٧٠": "Type the digits 0 to 9",
    "7" * 13: "over 12 characters",
    "705": "705 kg is outside 2 to 300 kg",
    "1.99": "1.99 kg is outside 2 to 300 kg",
    "300.01": "is outside 2 to 300 kg",
}


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_weight_that_the_grammar_does_not_know(run: Callable[..., Any], typed: str):
    said = run("dose", "npc-bolus", f"--weight={typed}", "--json")
    assert said.code == 2
    assert NUMBERS[typed] in said.err
    assert "--weight" in said.err


@pytest.mark.parametrize(
    ("typed", "weight"),
    [("70.5", "70.5"), ("70,5", "70.5"), ("７０．５", "70.5"), ("70.50", "70.5")],
)
def test_what_the_grammar_does_know(run: Callable[..., Any], typed: str, weight: str):
    said = run("dose", "npc-bolus", "--weight", typed, "--json")
    assert (said.code, said.object["weight_kg"]) == (0, weight)


BEGIN = ("--start", "2026-03-02T08:00", "--zone", "Europe/Berlin")
# the words typed, and what the sentences say
ROWS = {
    "no weight": (("dose", "npc-bolus"), ["Enter the dosing weight in kg"]),
    "unknown protocol": (
        ("dose", "npc", "--weight", "70"),
        ['no protocol "npc"', "nieken-sc, npc-bolus"],
    ),
    "protocol file that is not there": (
        ("dose", "nowhere.toml", "--weight", "70"),
        ["nowhere.toml", "cannot be read"],
    ),
    "a name too long": (("dose", "n" * 400, "--weight", "70"), ["too long"]),
    "arm missing": (
        ("dose", "yang-2003", "--weight", "70"),
        ["has the arms", "Name the patient's arm"],
    ),
    "arm unknown": (("dose", "yang-2003", "--arm", "x", "--weight", "70"), ["has no arm x"]),
    "arm too many": (("dose", "npc-bolus", "--arm", "x", "--weight", "70"), ["has no arms"]),
    "day missing": (
        ("dose", "yang-2003", "--arm", "subcutaneous", "--weight", "70"),
        ["Give the day of the cycle"],
    ),
    "day without a dose": (
        ("dose", "npc-bolus", "--weight", "70", "--day", "9"),
        ["No dose is planned on day 9"],
    ),
    "day zero": (("dose", "npc-bolus", "--weight", "70", "--day", "0"), ["--day"]),
    "day in halves": (("dose", "npc-bolus", "--weight", "70", "--day", "1.5"), ["--day"]),
    "cycle beyond the course": (
        ("dose", "npc-bolus", "--weight", "70", "--cycle", "9"),
        ["npc-bolus has no cycle 9", "its course is 2 cycles"],
    ),
    "month where no dose goes by month": (
        ("dose", "npc-bolus", "--weight", "70", "--month", "4"),
        ["no dose levels by month", "Leave --month out"],
    ),
    "month in words": (("dose", "npc-bolus", "--weight", "70", "--month", "May"), ["--month"]),
    "product unknown": (
        ("dose", "npc-bolus", "--weight", "70", "--product", "x"),
        ['no product "x"', "proleukin-eu, proleukin-us"],
    ),
    "vial rule unknown": (
        ("dose", "npc-bolus", "--weight", "70", "--vial-rule", "x"),
        ["--vial-rule", "withdrawable", "content"],
    ),
    "paper unknown": (("dose", "npc-bolus", "--weight", "70", "--paper", "A3"), ["A4", "Letter"]),
    "surface where the dose goes by weight": (
        ("dose", "npc-bolus", "--weight", "70", "--bsa", "1.8"),
        ["Leave the surface out"],
    ),
    "too small to measure": (
        ("dose", "npc-bolus", "--weight", "7.05"),
        ["over the allowed 5 percent", "Dilute it first"],
    ),
    "two weights": (
        ("dose", "npc-bolus", "--weight", "70", "--weight", "80"),
        ["--weight is given twice"],
    ),
    "an abbreviated option": (("dose", "npc-bolus", "--wei", "70"), ["--wei"]),
    "an unknown option": (("dose", "npc-bolus", "--kilos", "70"), ["--kilos", "--help"]),
    "an option without its value": (("dose", "npc-bolus", "--weight"), ["--weight"]),
    "an option with nothing after =": (("dose", "npc-bolus", "--weight=--"), ["needs a value"]),
    "no start": (("schedule", "npc-bolus", "--zone", "Europe/Berlin"), ["--start"]),
    "zone unknown": (
        ("schedule", "npc-bolus", "--start", "2026-03-02T08:00", "--zone", "Mars/Base"),
        ["Mars/Base is not a time zone", "Europe/Berlin"],
    ),
    "zone of another folder": (
        ("schedule", "npc-bolus", "--start", "2026-03-02T08:00", "--zone", "../../etc/passwd"),
        ["is not a time zone"],
    ),
    "start and zone wrong": (
        ("schedule", "npc-bolus", "--start", "8 o'clock", "--zone", "CE"),
        ["is not a local time", "is not a time zone"],
    ),
    "a day that does not exist": (
        ("schedule", "npc-bolus", "--start", "2026-02-30T08:00", "--zone", "Europe/Berlin"),
        ["does not exist in the calendar"],
    ),
    "a start with an offset": (
        ("schedule", "npc-bolus", "--start", "2026-03-02T08:00+01:00", "--zone", "Europe/Berlin"),
        ["Type it as 2026-03-02T08:00"],
    ),
    "an hour that did not exist": (
        ("schedule", "npc-bolus", "--start", "2026-03-29T02:30", "--zone", "Europe/Berlin"),
        ["02:30 on 29-Mar-2026 did not exist", "Choose 01:30 or 03:30"],
    ),
    "an hour that happened twice": (
        ("schedule", "npc-bolus", "--start", "2026-10-25T02:30", "--zone", "Europe/Berlin"),
        ["happened twice", "+02:00", "+01:00"],
    ),
    "a planned time that does not exist by the clock": (
        (
            "schedule", "npc-bolus", "--start", "2026-03-27T02:30", "--zone", "Europe/Berlin",
            "--policy", "clock",
        ),
        ["Dose 7", "did not exist", "elapsed policy"],
    ),
    "policy unknown": (("schedule", "npc-bolus", *BEGIN, "--policy", "x"), ["elapsed", "clock"]),
    "the end of the calendar": (
        ("schedule", "npc-bolus", "--start", "9999-12-31T23:00", "--zone", "Europe/Berlin"),
        ["outside the years"],
    ),
    "the beginning of the calendar": (
        ("schedule", "npc-bolus", "--start", "0001-01-01T00:00", "--zone", "Europe/Berlin"),
        ["outside the years"],
    ),
    "no planned times": (
        ("schedule", "sct-maintenance", "--arm", "escalating", *BEGIN),
        ["is not filled in"],
    ),
    "rule set unknown": (("assess", "jitc", "nowhere.json"), ["nowhere.json is not a file"]),
    "weight for amounts missing": (
        ("premedication", "nci-720k"),
        ["goes per kg", "Enter the dosing weight in kg"],
    ),
    "weight of the checklist wrong": (("premedication", "nci-720k", "--weight", "70,555"), ["70,555"]),
    "nothing to check": (("protocols", "check"), ["Name the protocol files"]),
    "another word than check": (("protocols", "lint", "a.toml"), ["check"]),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_what_is_refused_and_what_to_type(run: Callable[..., Any], row: str):
    words, sentences = ROWS[row]
    said = run(*words)
    assert said.code == 2
    for sentence in sentences:
        assert sentence in said.err


def test_every_wrong_field_is_a_line_of_its_own(run: Callable[..., Any]):
    said = run("dose", "npc-bolus", "--weight", "70 kg", "--day", "x", "--bsa", "-1")
    assert [line.partition(":")[0] for line in said.err.splitlines()] == [
        "--weight", "--bsa", "--day",
    ]  # fmt: skip


def test_what_is_typed_with_a_line_break_stays_one_line(run: Callable[..., Any]):
    said = run("dose", "two\nlines", "--weight", "70")
    assert len(said.err.splitlines()) == 1


def test_a_gap_names_the_value_its_origin_and_who_fills_it(run: Callable[..., Any]):
    said = run("dose", "sct-maintenance", "--arm", "escalating", "--month", "2", "--weight", "70")
    assert said.code == 2
    lines = said.err.splitlines()
    named = ("dose of every month", "basis", "dose of interferon", "basis of the interferon")
    for line, value in zip(lines, named, strict=True):
        assert value in line
        assert "is not filled in (regimens.escalating." in line
        assert "It would come from the full paper of the maintenance study" in line
        assert "the principal investigator, with a second signature, fills it in" in line


def test_the_program_never_writes_the_unit_short(run: Callable[..., Any]):
    for words in (("dose", "npc-bolus", "--weight", "70"), ("protocols",), ("--help",)):
        text = run(*words).out
        assert not {"IU", "MIU", "Mio.", "10^6"} & set(text.replace("(", " ").split())


@pytest.mark.parametrize(
    "arguments", [("dose", "FILE", "--weight", "70"), ("premedication", "FILE")]
)
@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (("title =", "titel ="), ["line 4, titel", "title"]),
        (('version = "1"', 'version = "1"\nversion = "2"'), ["line"]),
        (("# end of file", ""), ["end of file"]),
    ],
)
def test_a_protocol_file_with_a_problem(
    run: Callable[..., Any], root: Path, tmp_path: Path, arguments: tuple[str, ...],
    change: tuple[str, str], sentences: list[str],
):  # fmt: skip
    text = (root / "resources" / "protocols" / "npc-bolus.toml").read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    assert change[0] in text
    file.write_text(text.replace(*change, 1), encoding="utf-8")
    said = run(*[file if word == "FILE" else word for word in arguments])
    assert said.code == 2
    for sentence in ("mine.toml", *sentences):
        assert sentence in said.err


def test_a_protocol_file_cut_anywhere_is_never_used(
    run: Callable[..., Any], root: Path, tmp_path: Path
):
    whole = (root / "resources" / "protocols" / "npc-bolus.toml").read_bytes()
    file = tmp_path / "cut.toml"
    for at in range(0, len(whole.rstrip()), len(whole) // 24):
        file.write_bytes(whole[:at])
        said = run("dose", file, "--weight", "70")
        assert said.code == 2, f"cut at byte {at}"
        assert "cut.toml" in said.err


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\0" * 100, b"{}", b"x" * 1_000_001])
def test_what_is_no_protocol_file(run: Callable[..., Any], tmp_path: Path, content: bytes):
    file = tmp_path / "other.toml"
    file.write_bytes(content)
    assert run("dose", file, "--weight", "70").code == 2
    assert run("dose", tmp_path, "--weight", "70").code == 2


def test_check_names_file_line_and_key(run: Callable[..., Any], root: Path, tmp_path: Path):
    text = (root / "resources" / "protocols" / "npc-bolus.toml").read_text(encoding="utf-8")
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    own = text.replace('id = "npc-bolus"', 'id = "mine"\nsite_copy_of = "npc-bolus"', 1)
    own = own.replace('status = "specimen"', 'status = "draft"', 1)
    good.write_text(own, encoding="utf-8")
    lines = own.splitlines()
    at = next(number for number, line in enumerate(lines, start=1) if "route = {" in line)
    lines[at - 1] = lines[at - 1].replace("route = {", "ruote = {")
    bad.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = run("protocols", "check", good)
    assert (said.code, "no problem in the file" in said.out) == (0, True)
    assert run("protocols", "check", good, "--json").object["files"][0]["problems"] == []
    said = run("protocols", "check", good, bad)
    assert said.code == 2
    assert f"bad.toml, line {at}, " in said.err
    assert "ruote" in said.err
    assert "good.toml" not in said.err


def test_check_points_out_an_implausible_dose(run: Callable[..., Any], root: Path, tmp_path: Path):
    text = (root / "resources" / "protocols" / "npc-bolus.toml").read_text(encoding="utf-8")
    file = tmp_path / "mine.toml"
    file.write_text(text.replace('"72000"', '"7200000"'), encoding="utf-8")
    said = run("protocols", "check", file)
    assert said.code == 0
    assert "look again at regimen.dose" in said.out
    assert run("protocols", "check", file, "--json").object["files"][0]["doubts"]
