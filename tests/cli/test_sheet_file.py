"""The specimen sheet as a file: written whole to a new name, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from il2desk.desk import write_new_file

ASKED = (
    "sheet", "npc-bolus", "--weight", "70", "--start", "2026-03-02T08:00", "--zone", "Europe/Berlin",
    "--out",
)  # fmt: skip
_LIMITED = """
import resource, sys
from il2desk.cli import main
import il2desk.desk
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, resource.RLIM_INFINITY))
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_a_sheet_is_written(
    run: Callable[..., Any], tmp_path: Path, paper: str, size: tuple[int, int]
):
    file = tmp_path / "sheet.pdf"
    said = run(*ASKED, file, "--paper", paper, "--json")
    assert said.code == 0
    assert said.object == {"file": str(file), "bytes": file.stat().st_size}
    reader = PdfReader(file)
    box = reader.pages[0].mediabox
    assert tuple(sorted((round(box.width), round(box.height)))) == size
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    assert "SPECIMEN" in text
    assert "5.04 million international units" in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "body", "weight"),
    [
        (
            ("--weight", "70", "--height", "175"),
            "Body height 175 cm, body surface area 1.84 m2",
            "70 kg",
        ),
        (("--bsa", "1.9"), "Body body surface area 1.9 m2", "Dosing weight Measured"),
    ],
)
def test_height_and_body_surface_of_a_dose_per_m2_stand_on_the_sheet(
    run: Callable[..., Any], tmp_path: Path, typed: tuple[str, ...], body: str, weight: str
) -> None:
    file = tmp_path / "sheet.pdf"
    begin = ("--start", "2026-03-02T08:00", "--zone", "Europe/Berlin", "--out", file)
    assert run("sheet", "atzpodien", *typed, "--day", "3", *begin).code == 0
    pages = PdfReader(file).pages[:2]
    front = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert body in front
    assert weight in front


def test_a_file_that_is_there_is_never_replaced(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "sheet.pdf"
    file.write_bytes(b"signed paper")
    said = run(*ASKED, file)
    assert (said.code, "never replaced" in said.err) == (2, True)
    assert file.read_bytes() == b"signed paper"
    link = tmp_path / "link.pdf"
    if os.name != "nt":
        link.symlink_to(tmp_path / "nowhere.pdf")
        assert run(*ASKED, link).code == 2
        assert not (tmp_path / "nowhere.pdf").exists()


@pytest.mark.parametrize(
    "more",
    [("--weight=1,250",), ("--paper", "A3"), ("--arm", "x"), ("--day", "9"), ("--policy", "x")],
)
def test_what_is_refused_writes_nothing(
    run: Callable[..., Any], tmp_path: Path, more: tuple[str, ...]
):
    said = run(*ASKED, tmp_path / "sheet.pdf", *more)
    assert said.code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(run: Callable[..., Any], tmp_path: Path):
    said = run(*ASKED, tmp_path / "no" / "sheet.pdf")
    assert (said.code, "is not a folder" in said.err) == (2, True)
    assert run(*ASKED, tmp_path).code == 2
    assert run(*ASKED, tmp_path / ("n" * 300)).code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_full_disk_leaves_no_half_file(tmp_path: Path, root: Path):
    done = subprocess.run(
        [sys.executable, "-P", "-c", _LIMITED, *ASKED, str(tmp_path / "sheet.pdf")],
        env=dict(os.environ) | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert "Nothing was written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_real_full_disk(run: Callable[..., Any], tmp_path: Path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", os.fspath(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")
    try:
        said = run(*ASKED, place / "sheet.pdf")
        assert said.code == 3
        assert "No space left on device" in said.err
        assert list(place.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", os.fspath(place)], check=True)  # noqa: S607


def test_a_read_only_folder(
    run: Callable[..., Any],
    without_rights: Callable[[], contextlib.AbstractContextManager[None]],
):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with without_rights():
            said = run(*ASKED, folder / "sheet.pdf")
        assert said.code == 3
        assert "Permission denied" in said.err
        assert list(folder.iterdir()) == []
        folder.chmod(0o755)


def _no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "this disk knows no hard links")


def test_a_disk_without_hard_links_gets_the_whole_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "link", _no_links)
    whole = tmp_path / "whole.pdf"
    assert write_new_file(whole, b"page") == whole
    assert whole.read_bytes() == b"page"
    really, calls = os.fsync, []

    def full_at_the_second(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        really(handle)

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    with pytest.raises(OSError, match="No space left"):
        write_new_file(tmp_path / "half.pdf", b"page")
    assert [path.name for path in tmp_path.iterdir()] == ["whole.pdf"]


@pytest.mark.parametrize(
    ("asked", "gaps"),
    [
        (("sct-maintenance", "--arm", "escalating"), ["GAP: Dose", "GAP: Planned times"]),
        (("lifileucel-il2",), ["GAP: Dose", "GAP: Planned times"]),
        (("nagler-il2-ifn", "--height", "175"), ["GAP: Dose", "3 million international units"]),
        (("dinutuximab-beta-il2", "--height", "175"), ["GAP: Planned times"]),
        (("proleukin-eu-civ", "--height", "175"), ["a gap, cannot be released"]),
        (("calgb-19808", "--height", "175", "--day", "1"), ["GAP: Beyond use"]),
    ],
)
def test_a_gap_prints_by_name_and_never_stops_a_specimen(
    run: Callable[..., Any], tmp_path: Path, asked: tuple[str, ...], gaps: list[str]
):
    file = tmp_path / "sheet.pdf"
    begin = ("--weight", "70", "--start", "2026-03-02T08:00", "--zone", "Europe/Berlin")
    assert run("sheet", *asked, *begin, "--out", file).code == 0
    pages = PdfReader(file).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for gap in (*gaps, "SPECIMEN, NOT FOR PATIENT USE"):
        assert gap in text


def test_a_confirmation_is_no_gap_on_the_sheet(run: Callable[..., Any], tmp_path: Path):
    file = tmp_path / "sheet.pdf"
    begin = ("--weight", "200", "--start", "2026-03-02T08:00", "--zone", "Europe/Berlin")
    assert run("sheet", "ceplene-il2", *begin, "--out", file).code == 0
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "to be confirmed, no drug" in text.replace("\u00a0", " ")
    assert "GAP: Amount" not in text
    assert "GAP: Daily maximum" not in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("proleukin-eu-sc", "--day", "1"), "20 dose days listed"),
        (("atzpodien", "--height", "175", "--day", "8"), "12 dose days listed, 18 doses"),
    ],
)
def test_listed_days_are_counted_and_no_gap(
    run: Callable[..., Any], tmp_path: Path, asked: tuple[str, ...], said: str
):
    """6 days of 2 doses and 6 of 1 in atzpodien; 4 weeks of 5 days in proleukin-eu-sc."""
    file = tmp_path / "sheet.pdf"
    begin = ("--weight", "70", "--start", "2026-03-02T08:00", "--zone", "Europe/Berlin")
    assert run("sheet", *asked, *begin, "--out", file).code == 0
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert said in text.replace("\u00a0", " ")
    assert "GAP: Number of doses" not in text


def test_where_days_differ_every_volume_names_its_day(run: Callable[..., Any], tmp_path: Path):
    """Two levels of one cycle: a volume without its day would be drawn on all of them."""
    file = tmp_path / "sheet.pdf"
    asked = ("sheet", "atzpodien", "--weight", "70", "--height", "175", "--day", "3")
    begin = ("--start", "2026-03-02T08:00", "--zone", "Europe/Berlin", "--out", file)
    assert run(*asked, *begin).code == 0
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages[:2]).split())
    assert "in 1.02 mL on day 3; other days: see Draw" in text
    assert "Draw, days 3 to 5, 24 to 26 1.02 mL" in text
    assert "Draw, days 8, 10, 12, 15, 17, 19 0.51 mL" in text
    assert "day 3: 18,400,000 / 18,000,000" in text
    assert "Companion drugs; day 1 is 02-Mar-2026" in text
    assert "Do not shake." in text
    assert "Flush the line" not in text
    assert "flush with" not in text
    assert "Flush volume" not in text
