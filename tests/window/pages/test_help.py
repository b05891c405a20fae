"""Help, offline: topics, words found in them, sources of every printed number, the installation."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from il2desk.desk import (
    DoseQuestion,
    ask_dose,
    chart_of,
    dose_json,
    open_catalogue,
    spoken,
    versions,
)
from il2desk.desk.papers import prepare_cycle_sheet
from il2desk.dosing import Dose, Refusal
from il2desk.window.keys import KEYS
from il2desk.window.office import Office
from il2desk.window.pages.help import INSTALLATION, SOURCES, HelpPage, key_sheet

ASKED = (
    DoseQuestion("npc-bolus", weight="70"),
    DoseQuestion("proleukin-us", weight="78.03", measure_step="0.1"),
    DoseQuestion("nci-720k", weight="70", vial_rule="content"),
    DoseQuestion("nci-720k", weight="70", product="proleukin-eu"),
    DoseQuestion("yang-2003", weight="70", arm="low"),
    DoseQuestion("yang-2003", weight="70", arm="subcutaneous", day="8"),
    DoseQuestion("proleukin-eu-civ", height="180", weight="70"),
    DoseQuestion("cgvhd-low-dose", bsa="1.8"),
    DoseQuestion("atzpodien", height="180", weight="70", day="8"),
)


def opened(office: Office, topic: str, **more: str) -> HelpPage:
    office.open("help", topic=topic, **more)
    page = office.page()
    assert isinstance(page, HelpPage)
    return page


def topics(page: HelpPage) -> list[str]:
    return [row.id for row in page.topics.rows()]


def test_every_key_is_on_the_key_sheet() -> None:
    sheet = key_sheet()
    assert [key for key in KEYS if key.words not in sheet] == []


def test_f1_opens_help_and_esc_returns(bare_office, typing) -> None:
    bare_office.open("protocols")
    bare_office.window.help_asked.emit()
    assert bare_office.page().title == "Help"
    assert "Protocol" in bare_office.page().text.toPlainText()
    typing("{Esc}")
    assert bare_office.page().title == "Protocols"


# Words


def test_words_find_their_topics_and_stand_marked(bare_office: Office, typing) -> None:
    page = opened(bare_office, "start")
    everything = topics(page)
    assert {SOURCES, INSTALLATION, "start", "glossary", "keys"} <= set(everything)
    typing("{Ctrl+F}10.1159/000055306")
    assert topics(page) == [SOURCES]
    assert page.text.textCursor().selectedText() == "10.1159/000055306"
    before = page.text.textCursor().position()
    typing("{Enter}")
    assert page.text.textCursor().selectedText() == "10.1159/000055306"
    assert page.text.textCursor().position() > before
    page.words.clear_entry()
    page.words.edited.emit()
    assert topics(page) == everything


def test_words_that_stand_nowhere_are_said_to(bare_office: Office, typing) -> None:
    page = opened(bare_office, "start")
    typing("{Ctrl+F}no such words at all")
    assert topics(page) == []
    assert page.topics.footer() == "No topic holds these words."


def test_the_arrow_leads_from_the_words_to_the_topics(bare_office: Office, typing) -> None:
    page = opened(bare_office, "start")
    typing("{Ctrl+F}blindly{Down}")
    assert page.topics.view.hasFocus()


# Sources


@pytest.mark.parametrize("question", ASKED, ids=lambda one: f"{one.protocol} {one.arm or ''}")
def test_every_source_of_a_working_is_found_in_the_topic(
    bare_office: Office, question: DoseQuestion
) -> None:
    dose = ask_dose(open_catalogue(), question)
    assert isinstance(dose, Dose), dose
    text = spoken(opened(bare_office, SOURCES).text.toPlainText())
    lines = dose_json(dose)["working"]
    assert len(lines) > 6
    for line in lines:
        for source in line["source"].replace("); ", ")\n").splitlines():
            own = source.partition(", section ")[0] if "arithmetic, section" in source else source
            assert own in text, source


def test_every_source_printed_on_a_sheet_leads_to_its_citation_and_mark(
    office: Office, planned: str
) -> None:
    chart = chart_of(office.desk, planned)
    assert not isinstance(chart, Refusal)
    sheet = prepare_cycle_sheet(office.desk, planned, chart.cycle.id)
    assert not isinstance(sheet, Refusal)
    printed = [
        spoken(text.words).split("  ", 1)[1]
        for text in sheet.composed.model.texts()
        if re.match(r"S[0-9]+\u00a0 ", text.words)
    ]
    assert len(printed) > 10
    version = versions(office.desk)[0].fingerprint
    text = spoken(opened(office, SOURCES, version=version).text.toPlainText())
    for cited in printed:
        for source in cited.replace("); ", ")\n").splitlines():
            own = source.partition(", section ")[0] if "arithmetic, section" in source else source
            assert own in text, source


def test_a_source_shows_document_place_mark_and_what_rests_on_it(bare_office: Office) -> None:
    text = opened(bare_office, SOURCES).text.toPlainText()
    begin = text.index("Protocol npc-bolus:")
    entry = text[begin : text.index("Protocol post-transplant-civ:")]
    assert "Document: Chi KH, Myers JN, Chow KC" in entry
    assert "Place: abstract, page 110" in entry
    assert "Mark: published paper" in entry
    assert "What rests on it: dose; route; interval, hours; doses of a cycle; " in entry
    for kind in ("Product", "Rule set", "Premedication set", "Toxicity definitions"):
        assert f"\n{kind} " in text


def test_nothing_in_the_topic_is_taken_for_markup(bare_office: Office) -> None:
    text = opened(bare_office, SOURCES).text.toPlainText()
    assert "**" not in text
    assert "\\" not in text
    assert "arithmetic, section 3" in opened(bare_office, "dose-arithmetic").text.toPlainText()


def test_the_protocols_screen_leads_to_the_sources_of_the_chosen_one(
    bare_office: Office, qtbot: QtBot
) -> None:
    bare_office.open("protocols")
    bare_office.page().table.select("npc-bolus")
    bare_office.page().sources.click()
    page = bare_office.page()
    assert isinstance(page, HelpPage)
    assert page.text.textCursor().selectedText() == "Protocol npc-bolus:"
    qtbot.waitUntil(lambda: 0 <= page.text.cursorRect().top() < page.text.height() // 2)


def test_a_version_of_the_journal_comes_before_the_catalogue(office: Office) -> None:
    office.open("protocols")
    page = office.page()
    version = page.table.rows()[0].id
    page.table.select(version)
    page.sources.click()
    text = office.page().text.toPlainText()
    own = text.index("Protocol npc-bolus-site:")
    assert own < text.index("Protocol atzpodien:")
    assert "confirmed by the site" in text[own:]


def test_a_damaged_shipped_file_is_said_and_is_no_crash(
    bare_office: Office, resources: Path
) -> None:
    file = resources / "rulesets" / "jitc-2014.toml"
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    bare_office.desk.catalogue = open_catalogue()
    text = opened(bare_office, SOURCES).text.toPlainText()
    assert "jitc-2014.toml" in text
    assert text.endswith("Install the program again.")
    (resources / "protocols" / "yang-2003.toml").write_text("", encoding="utf-8")
    bare_office.desk.catalogue = open_catalogue()
    bare_office.open("protocols")
    card = bare_office.window.panel()
    assert "yang-2003.toml" in card.sentences[0]
    assert card.sentences[2] == "Install the program again."
    assert not bare_office.unsafe


# The installation


@pytest.fixture
def resources(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's resources, found as a frozen build finds its own."""
    copy = tmp_path / "frozen" / "resources"
    shutil.copytree(root / "resources", copy)
    monkeypatch.setattr(sys, "_MEIPASS", str(copy.parent), raising=False)
    return copy


@pytest.fixture
def checked(bare_office: Office, typing: Callable[[str], None], qtbot: QtBot):
    """Check by the key of the action bar, and wait for the result."""

    def check() -> HelpPage:
        page = opened(bare_office, INSTALLATION)
        typing("{Ctrl+Enter}")
        assert page.installation.is_running()
        qtbot.waitUntil(lambda: not page.installation.is_running(), timeout=30_000)
        return page

    return check


def test_nothing_is_claimed_before_it_was_computed(bare_office: Office) -> None:
    panel = opened(bare_office, INSTALLATION).installation
    assert panel.state.text() == "Not checked since this page was opened."
    assert panel.table.isHidden()
    assert panel.checks.sentences() == ()


def test_a_sound_installation_says_so_with_moment_and_version(checked) -> None:
    panel = checked().installation
    said = panel.state.text()
    assert said.startswith("Nothing wrong was found. Checked 12-Mar-2026 14:00 by program version ")
    assert panel.wrong.sentences() == panel.advice.sentences() == ()
    assert any(
        one.startswith("journal: 4 entries; chain whole") for one in panel.checks.sentences()
    )
    rows = {row.id: row.cells for row in panel.table.rows()}
    assert rows["protocol npc-bolus"] == (
        "protocol npc-bolus", "23", "23 of 23", "23 of 23", "23 of 23", "none asked",
    )  # fmt: skip
    assert rows["rule set jitc-2014"][3] == "one engine"
    assert rows["protocol mirocals"][1:] == ("none", *["no case"] * 4)
    (unproved,) = (one for one in panel.checks.sentences() if one.startswith("No reference case"))
    assert "mirocals" in unproved
    assert "npc-bolus" not in unproved


def test_progress_is_told_and_other_topics_can_be_read(
    bare_office: Office, typing, qtbot: QtBot
) -> None:
    page = opened(bare_office, INSTALLATION)
    seen: list[str] = []
    typing("{Ctrl+Enter}")
    qtbot.waitUntil(lambda: page.installation.state.text().startswith("Checking p"), timeout=20_000)
    seen.append(page.installation.state.text())
    page.topics.select("glossary")
    assert "Fingerprint" in page.text.toPlainText()
    assert page.action().primary is None
    qtbot.waitUntil(lambda: not page.installation.is_running(), timeout=30_000)
    page.topics.select(INSTALLATION)
    assert page.installation.state.text() not in seen
    assert page.action().primary == "Check now"


def test_it_can_be_stopped_and_says_nothing_then(bare_office: Office, typing, qtbot: QtBot) -> None:
    page = opened(bare_office, INSTALLATION)
    typing("{Ctrl+Enter}")
    assert page.action().primary == "Stop"
    typing("{Ctrl+Enter}")
    qtbot.waitUntil(lambda: not page.installation.is_running(), timeout=20_000)
    assert page.installation.state.text() == "Stopped. Nothing is said about this installation."
    assert page.installation.table.isHidden()


def test_a_second_check_takes_the_old_result_away_first(checked, typing, qtbot: QtBot) -> None:
    page = checked()
    page.installation.start()
    assert page.installation.state.text() == "Checking ..."
    assert page.installation.table.isHidden()
    assert page.installation.checks.sentences() == ()
    qtbot.waitUntil(lambda: not page.installation.is_running(), timeout=30_000)
    assert page.installation.state.text().startswith("Nothing wrong was found.")


def test_leaving_while_it_runs_harms_nothing(bare_office: Office, typing, qtbot: QtBot) -> None:
    for _ in range(3):
        opened(bare_office, INSTALLATION)
        typing("{Ctrl+Enter}{Esc}")
        bare_office.open("today")
        qtbot.wait(20)
    assert bare_office.page().title == "Today"
    assert not bare_office.unsafe


def test_put_aside_for_another_person_it_is_stopped_and_says_so_when_back(
    bare_office: Office, typing, qtbot: QtBot
) -> None:
    page = opened(bare_office, INSTALLATION)
    typing("{Ctrl+Enter}")
    work = bare_office.put_aside(None)
    assert work is not None
    assert not page.installation.is_running()
    qtbot.wait(50)
    bare_office.bring_back(work)
    assert page.installation.state.text() == "Stopped. Nothing is said about this installation."
    assert page.action().primary == "Check now"


def test_a_wrong_case_is_named_with_what_to_do(resources: Path, checked) -> None:
    file = resources / "reference" / "dose_cases.json"
    cases = json.loads(file.read_text(encoding="utf-8"))
    cases[0]["expect"]["exact_dose_iu"] = "7263361"
    file.write_text(json.dumps(cases), encoding="utf-8")
    panel = checked().installation
    assert panel.state.text().startswith("Something is wrong. Checked ")
    differs = "exact_dose_iu is '7263360', expected '7263361'"
    case = "dose_cases.json, case 1: npc-bolus --weight 100.88"
    assert panel.wrong.sentences() == (
        "dose cases: 69 of 70 cases match to the letter",
        f"{case}: first engine: {differs}",
        f"{case}: second engine: {differs}",
    )
    assert "use the paper procedure" in panel.advice.sentences()[0]
    rows = {row.id: row.cells for row in panel.table.rows()}
    assert rows["protocol npc-bolus"][:3] == ("▲ protocol npc-bolus", "23", "22 of 23")


def test_a_damaged_file_is_named_with_what_to_do(resources: Path, checked) -> None:
    (resources / "products" / "proleukin-eu.toml").write_text("format = 1", encoding="utf-8")
    panel = checked().installation
    assert panel.state.text().startswith("Something is wrong.")
    assert "proleukin-eu" in panel.wrong.sentences()[0]
    assert len(panel.advice.sentences()) == 1
    assert panel.table.rows() == ()
