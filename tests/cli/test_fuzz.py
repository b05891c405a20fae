"""Any list of words is answered: a known code, nothing printed on a refusal, no traceback."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from il2desk.cli import main

COMMANDS = ("protocols", "dose", "schedule", "assess", "premedication", "sheet")
WORDS = (
    *COMMANDS, "check", "report", "npc-bolus", "proleukin-us", "nci-720k", "yang-2003",
    "sct-maintenance", "escalating", "subcutaneous", "jitc-2014", "til-2024", "findings.json",
    "mine.toml", "new.pdf", ".", "..", "/", "--weight", "--height", "--bsa", "--arm", "--cycle",
    "--day", "--month", "--product", "--measure-step", "--vial-rule", "--paper", "--start",
    "--zone", "--policy", "--out", "--json", "--journal", "--practice", "--help", "-h", "--", "-",
    "70", "70,5", "1.250", "-1", "1e3", "0", "7.05", "33", "300", "999", "nan", "withdrawable",
    "content", "A4", "2026-03-02T08:00", "2026-03-29T02:30", "9999-12-31T23:59",
    "0001-01-01T00:00", "Europe/Berlin", "UTC", "Europe", "clock", "proleukin-eu",
)  # fmt: skip
# What a shell can hand over: any character but NUL, and bytes that are no text as Python shows them.
JUNK = st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs",))
    | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF, categories=("Cs",)),
    max_size=12,
)
FIRST = st.sampled_from(COMMANDS) | JUNK.filter(
    lambda word: word != "--practice" and not word.startswith("--journal")
)


def captured(words: list[str]) -> tuple[int, str, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    texts = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return code, texts[0], texts[1]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=FIRST, rest=st.lists(st.sampled_from(WORDS) | JUNK, max_size=9))
def test_any_words(first: str, rest: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = captured([first, *rest])
    assert code in (0, 2, 3)  # 4 is verify's, 70 is a defect
    assert "Traceback" not in err
    if code == 0:
        assert (bool(out), err) == (True, "")
    else:
        assert (out, bool(err.strip())) == ("", True)


VALUES = (
    st.sampled_from(WORDS) | JUNK | st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,3})?", fullmatch=True)
)
OPTIONS = ("weight", "height", "bsa", "cycle", "day", "month", "measure-step", "product", "arm")


@settings(max_examples=200)
@given(
    protocol=st.sampled_from(("npc-bolus", "proleukin-us", "nci-720k", "yang-2003", "mine.toml")),
    options=st.dictionaries(st.sampled_from(OPTIONS), VALUES, max_size=4),
)
def test_any_values(protocol: str, options: dict[str, str]):
    words = [f"--{name}={value}" for name, value in options.items()]
    code, out, err = captured(["dose", protocol, *words])
    assert code in (0, 2)
    assert (bool(out), bool(err)) == ((True, False) if code == 0 else (False, True))
