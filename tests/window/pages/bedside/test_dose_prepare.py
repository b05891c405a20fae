"""Step 4: preparing, the release by two people, and what blocks it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from il2desk.desk import WeightForm, new_token, record_premedication, record_weight
from il2desk.dosing import Refusal
from il2desk.window.pages.second_reading import diluent_choices
from il2desk.window.sign_panel import SignPanel, SignRequest

LOT = "AB1234C7{Enter}30-Jun-2026{Enter}1{Enter}{Tab}"


def spoken(text: str) -> str:
    return text.replace("\u00a0", " ")


def facts(step) -> dict[str, str]:
    return {fact.name: spoken(fact.text) for fact in step.facts.facts()}


def read_blind(office, typing, *, name="A. Ruiz", pin="2222", volume="0.28") -> None:
    panel = office.window.panel()
    typing(f"{name}{{Enter}}{pin}{{Tab}}70{{Enter}}{volume}{{Enter}}34C7{{Enter}}NPC-001{{Enter}}")
    panel.diluent.choose("glucose 5 %")
    panel.total.focus_entry()
    typing("10{Ctrl+Enter}")


@pytest.fixture
def ready(bedside):
    """Premedication and check are recorded and step 4 is open."""
    bedside.premedicate()
    bedside.check()
    return bedside.open(4)


def test_the_preparation_is_shown_in_the_order_of_the_work(ready):
    shown = facts(ready)
    assert shown["Draw"] == "0.28 mL"
    assert shown["that is"] == "5.04 million international units"
    assert shown["Total volume"] == "10 mL"
    assert "4.4 to 10.26 mL" in shown["Concentration"]
    assert shown["Take"].startswith("1 vial,")
    assert shown["Use before"].startswith("48 hours from dilution")
    assert any("bag is not offered" in line for line in ready.notes.text().split("\n"))


def test_what_other_drugs_mean_is_shown_before_the_release_and_signed_for(
    bedside, office, typing, review
):
    bedside.premedicate()
    bedside.check()
    made = record_premedication(office.desk, bedside.place(), (), new_token(), "dexamethasone")
    assert not isinstance(made, Refusal)
    step = bedside.open(4)
    assert any("systemic steroids lower the effect" in line for line in step.watch.sentences())
    typing(f"{LOT}1340{{Ctrl+Enter}}")
    assert "Other drugs: dexamethasone" in review()
    assert "systemic steroids lower the effect" in review()


def test_nothing_is_filled_in(ready):
    assert ready.entries.lots.lots() == ()
    assert ready.entries.reconstituted.time.typed() == ""
    assert ready.action().missing == ("Lot 1", "Reconstituted")


def test_release_by_keyboard_with_a_blind_second_person(bedside, ready, office, typing):
    before = bedside.count
    typing(f"{LOT}1340{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    read_blind(office, typing)
    assert bedside.count == before + 1
    release = bedside.dose().release
    assert (release.by, release.checked_by) == ("K. Brandt", "A. Ruiz")
    assert release.prepared_volume_ml == Decimal("0.28")
    assert release.lots[0].expiry == "2026-06-30"
    assert office.window.panel() is None
    assert facts(ready)["Volume"] == "0.28 mL"
    assert ready.state_word() == "ok"


def test_the_first_numbers_are_covered_while_the_second_person_reads(ready, office, typing):
    typing(f"{LOT}1340{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    banner = office.window.banner()
    assert ready.facts.isHidden() or not ready.facts.isVisible()
    assert ready.cover.isVisible()
    assert banner.facts().dosing_weight == "covered"
    assert banner.facts().dose == "covered"
    assert banner.facts().trial_number == "covered"
    assert banner.facts().family_name == "Löwenstein"
    typing("{Esc}")
    assert ready.facts.isVisible()
    assert spoken(office.window.banner().facts().dosing_weight) == "70 kg"
    assert ready.entries.lots.lots()[0].lot == "AB1234C7"


def test_a_difference_names_the_field_and_no_number_and_keeps_the_own_entry(
    bedside, ready, office, typing, qtbot
):
    typing(f"{LOT}1340{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    read_blind(office, typing, volume="0.27")
    panel = office.window.panel()
    assert panel.notice.sentences() == (
        "Volume differs. Read the syringe again. The other entry is not shown.",
    )
    assert panel.volume.typed() == "0.27"
    assert panel.pin.typed() == ""
    assert bedside.dose().release is None
    # The field that differs has the keyboard, says why, and is in view; so is the PIN.
    assert panel.volume.line.hasFocus()
    assert panel.volume.error_text().startswith("Volume differs.")
    assert panel.pin.error_text() == "Type your PIN again."
    qtbot.wait(20)
    for entry in (panel.volume, panel.pin):
        assert not entry.visibleRegion().isEmpty()
        assert entry.visibleRegion().boundingRect().height() == entry.height()
    typing("{Ctrl+Enter}")
    assert panel.pin.line.hasFocus()
    typing("2222{Ctrl+Enter}")
    assert panel.notice.sentences()[-1] == "Prepare again or call a third person."
    kinds = [e.kind for e in office.desk.journal.entries()][-2:]
    assert kinds == ["second-check-differed"] * 2


def test_the_same_person_is_refused(bedside, ready, office, typing):
    typing(f"{LOT}1340{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    before = bedside.count
    read_blind(office, typing, name="K. Brandt", pin="1111")
    assert office.window.panel().notice.sentences() == ("The second person must be someone else.",)
    assert bedside.count == before


def test_a_wrong_first_pin_opens_no_reading(bedside, ready, office, typing):
    before = bedside.count
    typing(f"{LOT}1340{{Ctrl+Enter}}9999{{Ctrl+Enter}}")
    assert "do not match" in office.window.panel().refusal_text()
    assert ready.facts.isVisible()
    assert bedside.count == before


def test_an_expired_lot_is_refused_and_stays_typed(bedside, ready, office, typing):
    before = bedside.count
    typing("AB1234C7{Enter}28-Feb-2026{Enter}1{Enter}{Tab}1340{Ctrl+Enter}")
    assert any("expired on 28-Feb-2026" in line for line in ready.problems.sentences())
    assert "expired" in ready.entries.lots.rows()[0].error_text()
    assert ready.entries.lots.rows()[0].lot.text() == "AB1234C7"
    assert office.window.panel() is None
    assert bedside.count == before


def test_ctrl_enter_with_things_missing_shows_them(bedside, ready, office, typing):
    before = bedside.count
    typing("AB12{Ctrl+Enter}")
    assert office.window.panel() is None
    assert ready.entries.lots.rows()[0].error_text()
    assert bedside.count == before


def test_a_later_time_is_asked_about(ready, typing):
    typing(f"{LOT}1430")
    moment = ready.entries.reconstituted
    assert moment.value() is None
    assert moment.time.question_text().startswith("You typed 14:30; it is now 14:00.")
    typing("{Tab}y")
    assert moment.value().strftime("%d %H:%M") == "11 14:30"


@pytest.mark.parametrize(
    ("changed", "word"),
    [({"creatinine": "2.7"}, "HOLD"), ({"creatinine": ""}, "CANNOT ASSESS")],
)
def test_hold_and_cannot_assess_show_the_preparation_and_block_the_release(
    bedside, office, typing, changed, word
):
    bedside.premedicate()
    if changed["creatinine"]:
        bedside.check(**changed)
    step = bedside.open(4)
    assert facts(step)["Draw"] == "0.28 mL"
    assert any(word in line for line in step.blocked.sentences())
    assert step.action().blocked
    before = bedside.count
    typing(f"{LOT}1340{{Ctrl+Enter}}")
    assert office.window.panel() is None
    assert bedside.count == before


def test_mandatory_premedication_open_blocks_the_release(bedside, office, typing):
    bedside.check()
    step = bedside.open(4)
    assert any("Mandatory premedication" in line for line in step.blocked.sentences())
    before = bedside.count
    typing(f"{LOT}1340{{Ctrl+Enter}}")
    assert office.window.panel() is None
    assert bedside.count == before


def test_stop_shows_no_preparation_and_offers_no_override(bedside):
    bedside.check(bleeding="frank", platelets="24000")
    step = bedside.open(4, number=2)
    assert step.facts.facts() == ()
    assert not step.override.isVisible()
    assert "STOP" in step.action().blocked
    assert "step 5" in step.action().blocked


def test_an_override_needs_reason_prescriber_way_and_two_people(bedside, office, typing):
    bedside.premedicate()
    bedside.check(creatinine="2.7")
    step = bedside.open(4)
    assert step.override.isVisible()
    step.override.click()
    before = bedside.count
    typing("{Ctrl+Enter}")
    assert bedside.count == before
    typing("benefit outweighs{Enter}M. Sato{Enter}2{Ctrl+Enter}1111{Ctrl+Enter}")
    typing("K. Brandt{Enter}1111{Ctrl+Enter}")
    assert office.window.panel().refusal_text() == "The second person must be someone else."
    assert bedside.count == before
    panel = office.window.panel()
    panel._name.line.setText("A. Ruiz")
    panel._pin.focus_entry()
    typing("2222{Ctrl+Enter}")
    assert bedside.count == before + 1
    assert bedside.dose().override.prescriber == "M. Sato"
    assert not step.override.isVisible()
    assert step.action().blocked == ""


def test_a_changed_weight_blocks_until_the_order_to_keep_it_is_signed(bedside, office, typing):
    daily = WeightForm(
        Decimal(80), bedside.clock.moment, "bed scale", "daily", answered=("weight-jump",)
    )
    record_weight(office.desk, bedside.subject, daily, new_token())
    bedside.premedicate()
    bedside.check()
    first = bedside.open(1)
    assert "may be fluid" in spoken(first.working().spoken())
    step = bedside.open(4)
    assert "may be fluid" in step.action().blocked
    assert step.keep.isVisible()
    step.keep.click()
    typing("oedema{Enter}M. Sato{Enter}2{Ctrl+Enter}1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    assert not step.keep.isVisible()
    assert step.action().blocked == ""
    (entry,) = office.desk.journal.entries(kind="dosing-weight-kept")
    assert entry.body["prescriber"] == "M. Sato"


def test_the_diluents_tell_nothing_by_their_place(ready):
    choices = diluent_choices(ready._dose)
    assert "glucose 5 %" in choices
    assert {"sodium chloride 0.9 %", "water for injections", "undiluted"} <= set(choices)
    assert list(choices[:-1]) == sorted(choices[:-1], key=str.casefold)


def test_the_page_behind_the_blind_panel_is_not_shifted_and_its_sentence_is_whole(
    ready, office, typing, qtbot
):
    typing(f"{LOT}1340{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    qtbot.wait(20)
    frame = office.window._frame
    frame.horizontalScrollBar().setValue(50)
    assert frame.horizontalScrollBar().value() == 0
    assert not frame.horizontalScrollBar().isVisible()
    edge = frame.viewport().mapToGlobal(frame.viewport().rect().topRight()).x()
    for label in ready.cover.findChildren(QLabel):
        assert label.mapToGlobal(label.rect().topRight()).x() <= edge


def test_the_review_before_the_release_says_all_that_is_signed_for(
    ready, office, typing, review, qtbot
):
    typing(f"{LOT}1340{{Ctrl+Enter}}")
    said = review().split("\n")
    assert said[0].startswith("LÖWENSTEIN, Maria (Ms), NPC-001, dose 1 of ")
    assert said[1].startswith("aldesleukin")
    assert "DOSE 5.04 million international units" in said
    assert "prepared 5.04 million international units in 0.28 mL" in said
    for part in (
        "Dosing weight 70 kg, bed scale, measured 12-Mar-2026 13:00",
        "Premedication: ",
        "Check: GO, recorded 12-Mar-2026 14:00 by K. Brandt, valid to 12-Mar-2026 15:50",
        "Lots: AB1234C7, expiry 30-Jun-2026, 1 vial",
        "glucose 5 %, total volume 10 mL",
        "Route ",
        "mL per hour",
        "Use before 14-Mar-2026 13:40",
    ):
        assert any(part in line for line in said), part
    assert " given" in next(line for line in said if line.startswith("Premedication: "))
    assert not any(" = " in line for line in said)
    qtbot.wait(50)
    assert office.window.height() == 720
    assert office.window.panel().review_fits()


def test_after_the_release_use_before_rate_and_route_stay_in_view(bedside, office):
    bedside.prepared()
    shown = facts(bedside.open(4))
    assert shown["Prepared dose"] == "5.04 million international units"
    assert "mL per hour" in shown["Give"]
    assert shown["Use before"].startswith("14-Mar-2026 14:00")


def test_the_action_bar_names_the_dose_and_what_is_drawn_apart(ready):
    lines = spoken(ready.action().sentence).split("\n")
    assert lines[:2] == [
        "DOSE 5.04 million international units",
        "prepared 5.04 million international units in 0.28 mL, total volume 10 mL",
    ]


def test_a_review_longer_than_the_panel_says_so_and_is_paged_from_the_pin(window, typing, qtbot):
    lines = tuple(f"line {number} of what is signed" for number in range(60))
    panel = SignPanel(SignRequest("Review", lines, "all of it", "K. Brandt, pharmacist"))
    window.open_panel(panel)
    qtbot.wait(50)
    assert window.height() == 720
    assert not panel.review_fits()
    assert panel._more.isVisible()
    assert not panel._pin.visibleRegion().isEmpty()
    for _ in range(10):
        typing("{PageDown}")
    assert not panel._more.isVisible()
    assert panel._pin.line.hasFocus()


def test_a_preparation_is_discarded_and_the_dose_released_anew(
    bedside, ready, office, typing, review, qtbot
):
    assert ready.discard.isHidden()
    typing(f"{LOT}1340{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    read_blind(office, typing)
    first = bedside.dose().release
    assert not ready.discard.hasFocus()  # Space after a release discards nothing
    qtbot.mouseClick(ready.discard, Qt.MouseButton.LeftButton)
    typing("bag leaked{Ctrl+Enter}")
    assert "given to nobody" in review()
    typing("1111{Ctrl+Enter}")
    (gone,) = bedside.dose().discarded
    assert (gone.release, gone.by, gone.reason) == (first, "K. Brandt", "bag leaked")
    step = office.page().step()
    assert step.discard.isHidden()
    assert step.entries.isVisible()
    assert step.entries.lots.lots() == ()
    assert "was discarded 12-Mar-2026" in step.watch.sentences()[0]
    typing(f"{LOT}1341{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    read_blind(office, typing)
    assert bedside.dose().release.entry != first.entry


def test_going_back_discards_nothing(bedside, ready, office, typing, qtbot):
    typing(f"{LOT}1340{{Ctrl+Enter}}1111{{Ctrl+Enter}}")
    read_blind(office, typing)
    before = bedside.count
    qtbot.mouseClick(ready.discard, Qt.MouseButton.LeftButton)
    typing("bag leaked{Esc}")
    assert office.window.panel() is None
    assert (bedside.count, bedside.dose().discarded) == (before, [])


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720)])
def test_every_field_of_a_lot_is_in_view(bedside, office, qtbot, size):
    bedside.premedicate()
    bedside.check()
    office.window.resize(*size)
    step = bedside.open(4)
    frame = office.window._frame
    qtbot.waitUntil(lambda: frame.viewport().width() < size[0])
    qtbot.waitUntil(lambda: not frame.horizontalScrollBar().isVisible())
    (row,) = step.entries.lots.rows()
    for line in (row.lot, row.expiry, row.vials):
        right = line.mapTo(frame.viewport(), line.rect().topRight()).x()
        assert 0 < right < frame.viewport().width()
    if size[0] == 1280:
        assert row.lot.mapTo(row, QPoint()).y() == row.vials.mapTo(row, QPoint()).y()
