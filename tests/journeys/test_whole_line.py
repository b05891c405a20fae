"""The whole line of work by keyboard, and then the facts as other tools find them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from il2desk.desk import SetClock

Row = dict[str, Any]


def rows(journal: Path, query: str) -> list[Row]:
    """What any SQLite tool reads, without a line of this program."""
    with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query)]


def of_patient(journal: Path, view: str) -> Row:
    """The one row of a view that belongs to the patient of the journey."""
    found = rows(journal, f"SELECT * FROM {view} WHERE trial_code = 'NPC-001'")
    assert len(found) == 1, (view, found)
    return found[0]


def come_in(start: Callable[..., Any], kind: str, folder: Path, site_copy: Path) -> Any:
    """A person at Today: in the practice trial, or in a real journal that was set up just now."""
    if kind == "practice":
        hands = start(practice=True)
        hands.sign_in()
        return hands
    hands = start(None)
    hands.set_up(folder)
    hands.sign_in()
    hands.add_prescriber()
    hands.activate(site_copy)
    return hands


def walk(hands: Any, clock: SetClock, sheet: Path) -> None:
    """From a new patient to the sheet on disk."""
    hands.register()
    hands.order()
    hands.plan()
    hands.open_dose()
    hands.weigh()
    shown = hands.step.findings_text().replace("\u00a0", " ")
    assert "DOSE 5.04 million international units" in shown
    assert "0.28 mL" in shown
    hands.premedicate()
    hands.check()
    assert hands.page.at.dose.check.verdict == "GO"
    hands.release()
    assert hands.page.at.dose.release is not None
    clock.moment += timedelta(minutes=62)  # to 15:02; the screen locks meanwhile
    hands.unlock()
    hands.record_given()
    hands.sign_second()
    hands.find("NPC-001")
    hands.amend_time("1501")
    hands.save_sheet(sheet)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", ["practice", "real"])
def test_the_whole_line(
    kind: str, start: Callable[..., Any], clock: SetClock, tmp_path: Path, site_copy_file: Path
) -> None:
    sheet = tmp_path / "sheet.pdf"
    hands = come_in(start, kind, tmp_path / "shared", site_copy_file)
    walk(hands, clock, sheet)
    assert hands.session.desk.practice == (kind == "practice")
    journal = Path(hands.session.desk.journal.path)
    hands.window.close()
    find_in_the_journal(journal)
    find_in_the_signatures(journal)
    find_on_paper(journal, sheet, practice=kind == "practice")
    find_whole(journal)


def find_in_the_journal(journal: Path) -> None:
    patient = of_patient(journal, "subjects")
    assert (patient["family_name"], patient["born"]) == ("Löwenstein", "1961-03-04")
    order = of_patient(journal, "orders")
    assert (order["ordered_dose_iu"], order["prescriber"]) == ("5040000", "M. Sato")
    weight = of_patient(journal, "weights")
    assert (weight["weight_kg"], weight["method"], weight["purpose"]) == (
        "70",
        "bed scale",
        "dosing",
    )
    planned = rows(
        journal,
        "SELECT * FROM planned_doses WHERE trial_code = 'NPC-001' ORDER BY dose_number",
    )
    assert len(planned) == 15
    assert planned[0]["planned_utc"] == "2026-03-12T14:00:00Z"
    assert planned[14]["planned_local"].startswith("2026-03-17T07:00")
    outcomes = rows(journal, "SELECT * FROM premedication WHERE trial_code = 'NPC-001'")
    assert [row["outcome"] for row in outcomes] == ["given", "given"]
    assert of_patient(journal, "assessments")["verdict"] == "GO"
    release = of_patient(journal, "releases")
    assert (release["prepared_dose_iu"], release["prepared_volume_ml"]) == ("5040000", "0.28")
    assert (release["total_volume_ml"], release["diluent"]) == ("10", "glucose 5 %")
    assert (release["lots"], release["expiries"]) == ("AB1234C7", "2026-06-30")
    given = of_patient(journal, "administrations")
    assert (given["dose_number"], given["outcome"]) == (1, "given")
    assert (given["given_at"], given["given_dose_iu"]) == ("2026-03-12T14:02:00Z", "5040000")
    assert given["volume_ml"] == "0.28"
    amended = of_patient(journal, "amendments")
    assert (amended["field"], amended["reason"]) == ("given_at", "typing error")
    assert amended["old"] == "2026-03-12T14:02:00Z"
    assert amended["new"] == "2026-03-12T14:01:00Z"


def find_in_the_signatures(journal: Path) -> None:
    release, given = of_patient(journal, "releases"), of_patient(journal, "administrations")
    assert (release["prepared_by"], release["checked_by"]) == ("K. Brandt", "A. Ruiz")
    assert (given["signed_by"], given["cosigned_by"]) == ("K. Brandt", "A. Ruiz")
    assert of_patient(journal, "amendments")["signed_by"] == "K. Brandt, A. Ruiz"
    # The table under the views: every amount is text, and the first record stands unchanged.
    kind = "administration-recorded"
    entry = rows(journal, f"SELECT * FROM entry WHERE kind = '{kind}' ORDER BY sequence DESC")[0]
    body = json.loads(entry["body"])
    assert (body["given_at"], body["volume_ml"]) == ("2026-03-12T14:02:00Z", "0.28")
    assert [one["name"] for one in body["signatures"]] == ["K. Brandt"]


def find_on_paper(journal: Path, sheet: Path, *, practice: bool) -> None:
    printed = of_patient(journal, "prints")
    assert printed["stamped_sha256"] == hashlib.sha256(sheet.read_bytes()).hexdigest()
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(sheet).pages).split())
    for fact in (
        "LÖWENSTEIN, Maria (Ms)", "04-Mar-1961", "NPC-001", "5.04 million international units",
        "0.28 mL", "10 mL", "70 kg", "bed scale", "M. Sato", "AB1234C7", "K. Brandt", "A. Ruiz",
        "Thu 12-Mar-2026 15:00", "Tue 17-Mar-2026", "GO 14:00",
        "was 12-Mar-2026 15:02, now 12-Mar-2026 15:01", "typing error", "Copy 1",
    ):  # fmt: skip
        assert fact in text, fact
    assert "NOT VERIFIED" not in text
    assert ("PRACTICE, NOT FOR PATIENT USE" in text) == practice


def find_whole(journal: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "il2desk", "verify", "--journal", str(journal), "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    details = {check["name"]: check["detail"] for check in json.loads(done.stdout)["checks"]}
    count = rows(journal, "SELECT count(*) AS n FROM entry")[0]["n"]
    assert details["journal"].startswith(f"{count} entries; chain whole")
