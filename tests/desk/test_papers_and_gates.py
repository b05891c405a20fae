"""What the program would not release or give, no paper of it prints as if it would."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from keeper import Keeper

from il2desk.desk import (
    OVERRIDE_FIRST,
    OVERRIDE_SECOND,
    OverrideForm,
    new_token,
    record_override,
    void_check,
)
from il2desk.desk.downtime_kit import downtime_kit_request
from il2desk.desk.papers import SheetRequest, prepare_sheet, read_sheet_code, record_print
from il2desk.desk.stock import QUARANTINED
from il2desk.desk.stock_books import record_of_version

SUMMARY = SheetRequest("trial-summary", of="npc-bolus-site")


@pytest.fixture
def ward(open_stage, site_file, activate_file):
    """A patient of 70 kg on the European product, whose limits of use are stated; half an hour before."""
    opened = open_stage("active")
    file = site_file(
        ('product = "proleukin-us"', 'product = "proleukin-eu"'), ('version = "1"', 'version = "2"')
    )
    activate_file(opened, file)
    return begun(opened)


@pytest.fixture
def for_good(active, site_file, activate_file, root):
    """A site whose own rule set stops for good at a heart rate above 130."""
    file = site_file(
        ('rule_set = { value = "jitc-2014"', 'rule_set = { value = "jitc-site"'),
        ("rulesets/jitc-2014", "rulesets/jitc-site"),
        ('version = "1"', 'version = "2"'),
    )
    text = (root / "resources" / "rulesets" / "jitc-2014.toml").read_text(encoding="utf-8")
    text = text.replace('id = "jitc-2014"', 'id = "jitc-site"', 1)
    text = text.replace('scope = "this cycle"', 'scope = "for good"', 1)
    (file.parent / "jitc-site.toml").write_text(text, encoding="utf-8", newline="\n")
    activate_file(active, file)
    return begun(active)


def begun(ward):
    ward.register()
    ward.made(ward.weight("70"))
    ward.made(ward.order())
    ward.cycle = ward.made(ward.plan())
    ward.at(minutes=-30)
    return ward


def sheet(ward, kind, number=None):
    return prepare_sheet(ward.desk, SheetRequest(kind, ward.subject, ward.cycle, number))


def kit(ward):
    return prepare_sheet(ward.desk, downtime_kit_request(ward.desk))


def words(made) -> list[str]:
    return [text.words.replace("\u00a0", " ") for text in made.composed.model.texts()]


def printed(ward, made, paper="A4") -> bytes:
    drawn = ward.made(prepare_sheet(ward.desk, made.request, paper))
    return ward.made(record_print(ward.desk, drawn, "print", new_token()))[1]


def stopped_for_good(ward):
    """The second cycle of the patient is stopped for good before its first dose."""
    ward.cycle = ward.made(ward.plan(datetime.fromisoformat("2026-03-20T08:00")))
    ward.clock.moment = ward.dose().planned - timedelta(minutes=30)
    ward.made(ward.weight("70"))
    ward.check(1, heart_rate="131")


# The check


def test_a_check_taken_back_after_the_release_takes_the_label_away(ward):
    ward.prepared()
    check = ward.dose().check.entry
    ward.made(void_check(ward.desk, ward.place(), check, "wrong patient", ward.two(), new_token()))
    assert "entered in error. Check again" in sheet(ward, "label-large", 1).text
    assert "DO NOT GIVE" in words(sheet(ward, "dose-worksheet", 1))
    ward.clock.moment += timedelta(minutes=2)
    ward.check()
    assert sheet(ward, "label-large", 1).pages


def test_a_later_check_that_cannot_assess_takes_the_label_away(ward):
    ward.prepared()
    ward.clock.moment += timedelta(minutes=3)
    ward.check(creatinine=None)
    assert sheet(ward, "label-large", 1).text.startswith("CANNOT ASSESS at ")


def test_a_held_dose_whose_time_is_over_is_neither_in_kit_nor_on_worksheet(ward):
    ward.check(bleeding="occult")
    ward.at(minutes=90)
    ward.premedicate()
    ward.check()
    assert ward.release().code == "hold-skips"
    assert sheet(ward, "dose-worksheet", 1).code == "hold-skips"
    said = words(ward.made(kit(ward)))
    assert "doses 2 to 4" in said
    assert any("Record it as Held" in one for one in said)


def test_the_minimum_interval_moves_the_time_on_every_sheet_of_the_dose(ward):
    ward.prepared(1)
    ward.at(hours=4)
    ward.made(ward.record(1, reason="late", decided_by="M. Sato"))
    ward.cosigned(1)
    for kind in ("dose-worksheet", "dose-check"):
        title = ward.made(sheet(ward, kind, 2)).composed.model.frame.title.words
        assert title.endswith("planned 02-Mar-2026 20:00, now due 02-Mar-2026 22:00")
    assert "02-Mar-2026 22:00" in words(ward.made(sheet(ward, "premedication")))


def test_under_a_stop_for_good_elsewhere_the_checklist_has_no_box(for_good):
    first = for_good.cycle
    for_good.given(1)
    stopped_for_good(for_good)
    for_good.cycle = first
    said = words(for_good.made(sheet(for_good, "premedication")))
    assert not any("\u2610 given" in one for one in said)
    assert sheet(for_good, "dose-check", 2).code == "stop"


# The kit


def test_an_open_dose_of_an_earlier_cycle_stays_in_the_kit(ward):
    for number in range(1, 13):
        ward.clock.moment = ward.dose(number).planned + timedelta(minutes=5)
        ward.made(ward.record(number, "omitted", reason="r", decided_by="M. Sato"))
    last = ward.dose(15).planned
    ward.clock.moment = last - timedelta(hours=2)
    ward.made(ward.weight("70"))
    start = (ward.desk.local(last) + timedelta(hours=10)).replace(tzinfo=None)
    ward.made(ward.plan(start, early_reason="sponsor agreed"))
    said = words(ward.made(kit(ward)))
    bars = [one for one in said if one.endswith((", cycle 1", ", cycle 2")) and "\u00b7" in one]
    assert [bar.rsplit(", ", 1)[1] for bar in bars] == ["cycle 1", "cycle 2"]
    assert "dose 15" in said  # the box; doses 13 and 14 are overdue by then
    for number in (13, 14):
        assert any(one.startswith(f"{number} at ") and "OVERDUE" in one for one in said)


def test_a_name_that_no_font_shows_keeps_the_kit_from_nobody(ward):
    ward.register(
        family_name="\u6b27\u9633", given_name="\u4fee", trial_code="NPC-018",
        hospital_number="999", bed="9", initials="XO",
    )  # fmt: skip
    ward.made(ward.weight("70"))
    ward.made(ward.order())
    ward.made(ward.plan(datetime(2026, 3, 2, 13, 0)))
    said = " ".join(words(ward.made(kit(ward))))
    assert "XO, NAME NOT SHOWN" in said
    assert "NPC-018" in said
    assert "NPC-017" in said


def test_a_later_kit_replaces_the_earlier(ward):
    first = ward.made(kit(ward))
    printed(ward, first)
    ward.clock.moment += timedelta(hours=6)
    second = ward.made(kit(ward))
    assert second.supersedes == first.sheet_id
    printed(ward, second)
    code = first.composed.model.frame.code
    assert second.sheet_id in ward.made(read_sheet_code(ward.desk, code)).warning


# The trial


def test_every_override_of_a_dose_is_listed(ward):
    ward.premedicate()
    for reason, changed in (("first reason", {}), ("second reason", {"creatinine": "2.9"})):
        ward.clock.moment += timedelta(minutes=5)
        ward.check(bleeding="occult", **changed)
        form = OverrideForm(reason, "M. Sato", "by phone")
        signed = ward.two(OVERRIDE_FIRST, OVERRIDE_SECOND)
        ward.made(record_override(ward.desk, ward.place(), form, signed, new_token()))
    said = " ".join(words(ward.made(prepare_sheet(ward.desk, SUMMARY))))
    assert "first reason" in said
    assert "second reason" in said


def test_a_complete_cycle_is_not_ended_by_a_later_stop_for_good(for_good):
    for number in range(1, 16):
        for_good.clock.moment = for_good.dose(number).planned + timedelta(minutes=5)
        for_good.made(for_good.record(number, "omitted", reason="r", decided_by="M. Sato"))
        for_good.cosigned(number)
    stopped_for_good(for_good)
    said = words(for_good.made(prepare_sheet(for_good.desk, SUMMARY)))
    assert "complete, signed by two" in said
    assert said[said.index("Cycles ended by a STOP") + 2] == "1 of 2 (50 percent)"


# The paper


def test_quarantine_makes_the_clean_worksheet_old_also_once_the_other_was_printed(ward):
    record = record_of_version(ward.desk, ward.located().cycle.fingerprint)
    keeper = Keeper(ward)
    ward.made(keeper.receive(record=record))
    ward.prepared()
    clean = ward.made(sheet(ward, "dose-worksheet", 1))
    printed(ward, clean)
    code = clean.composed.model.frame.code
    assert ward.made(read_sheet_code(ward.desk, code)).warning == ""
    ward.clock.moment += timedelta(minutes=2)
    ward.made(keeper.move(QUARANTINED, record=record))
    assert ward.made(read_sheet_code(ward.desk, code)).warning.startswith("OLD PAPER")
    printed(ward, clean)
    assert ward.made(read_sheet_code(ward.desk, code)).warning.startswith("OLD PAPER")


def test_another_caution_of_the_site_makes_another_label(ward):
    ward.prepared()
    first = ward.made(sheet(ward, "label-large", 1))
    printed(ward, first)
    ward.change_site(caution="For this study")
    second = ward.made(sheet(ward, "label-large", 1))
    assert second.supersedes == first.sheet_id != second.sheet_id


def test_the_code_on_a_roll_label_says_which_copy_it_is_and_leads_back(ward):
    ward.prepared()
    made = ward.made(sheet(ward, "label-small", 1))
    for copy in (1, 2):
        pdf = printed(ward, made, "Roll")
        picture = pypdfium2.PdfDocument(BytesIO(pdf))[0].render(scale=400 / 72).to_pil()
        (code,) = (one.text for one in zxingcpp.read_barcodes(picture))
        assert code == f"{made.composed.model.frame.code}|{copy}"
    assert ward.made(read_sheet_code(ward.desk, code)).warning == ""


def test_a_checklist_has_no_box_for_a_dose_that_is_stopped_or_held(ward):
    for changed, said in (
        ({"bleeding": "occult"}, "HOLD "),
        ({"bleeding": "frank"}, "cancelled: STOP"),
    ):
        ward.clock.moment += timedelta(minutes=1)
        ward.check(1, **changed)
        request = SheetRequest("premedication", ward.subject, ward.cycle, 1)
        model = ward.made(prepare_sheet(ward.desk, request)).composed.model
        words = [text.words for text in model.texts()]
        assert any(one.startswith(said) for one in words)
        row = words.index("1", words.index("Planned"))
        assert not any("\u2610" in one for one in words[row : words.index("2", row)])


def test_the_worksheet_of_a_held_dose_prints_no_amount_to_draw_up(ward):
    ward.check(1, bleeding="occult")
    request = SheetRequest("dose-worksheet", ward.subject, ward.cycle, 1)
    model = ward.made(prepare_sheet(ward.desk, request)).composed.model
    said = [text.words for text in model.texts()]
    large = [text.words for text in model.texts() if text.role.style.size >= 14]
    assert any("DO NOT GIVE" in one and "says HOLD" in one for one in said)
    assert not any("0.28" in one or "5.04" in one for one in large)
