from __future__ import annotations

from collections.abc import Callable

from il2desk.desk import Desk, DosePlace, chart_of, locate
from il2desk.window.office import Office
from il2desk.window.pages.dose import DosePage
from il2desk.window.pages.dose_premedication import PremedicationStep
from il2desk.window.theme import PlainLabel

Typing = Callable[[str], None]


def _step(office: Office, subject: str) -> PremedicationStep:
    chart = chart_of(office.desk, subject)
    office.open("dose", place=DosePlace(subject, chart.cycle.id, 1), step=2)
    page = office.page()
    assert isinstance(page, DosePage)
    step = page.step()
    assert isinstance(step, PremedicationStep)
    return step


def _recorded(desk: Desk, subject: str) -> dict[str, str]:
    chart = chart_of(desk, subject)
    at = locate(desk, DosePlace(subject, chart.cycle.id, 1))
    return {item: found.outcome for item, found in at.dose.premedication.items()}


def test_nothing_is_chosen_at_the_start_and_there_is_no_way_to_tick_all(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    step = _step(office, planned)
    assert all(row.outcome.value() is None for row in step.rows())
    typing("{Ctrl+Enter}")
    items = len(step.rows())
    assert step.action().sentence == f"{items} items have no outcome."
    assert len(step.action().missing) == items
    assert unchanged()


def test_g_goes_to_the_next_item_and_both_are_recorded_together(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    step = _step(office, planned)
    typing("g")
    typing("g")
    typing("{Ctrl+Enter}")
    assert set(_recorded(site_copy_desk, planned).values()) == {"given"}
    assert step.action().primary == "On to the pre-dose check"


def test_not_given_asks_why(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    step = _step(office, planned)
    typing("n{Ctrl+Enter}")
    assert "Reason" in step.action().missing[0]
    assert _recorded(site_copy_desk, planned) == {}
    typing("3{Ctrl+Enter}")
    assert list(_recorded(site_copy_desk, planned).values()) == ["not given"]


def test_an_item_left_open_is_counted(office: Office, planned: str, typing: Typing) -> None:
    step = _step(office, planned)
    typing("g")
    assert step.action().sentence == "1 item has no outcome."


def test_a_time_without_its_day_is_not_recorded(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    step = _step(office, planned)
    typing("g")
    step.rows()[0].time.focus_entry()
    typing("1330{Enter}{Ctrl+Enter}")
    assert "Day of the times" in step.action().missing
    assert unchanged()


def test_n_in_a_time_stamps_the_day_too(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    step = _step(office, planned)
    typing("g")
    step.rows()[0].time.focus_entry()
    typing("n{Ctrl+Enter}")
    chart = chart_of(site_copy_desk, planned)
    at = locate(site_copy_desk, DosePlace(planned, chart.cycle.id, 1))
    (found,) = at.dose.premedication.values()
    assert found.at == site_copy_desk.clock.now()


def test_other_drugs_are_written_and_what_they_mean_is_shown(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    step = _step(office, planned)
    step._drugs.focus_entry()
    typing("dexamethasone, herbal tea{Enter}{Ctrl+Enter}")
    shown = " ".join(step.watch_lines())
    assert "dexamethasone, herbal tea" in shown
    assert "systemic steroids lower the effect" in shown
    assert "read them: herbal tea" in shown


def test_the_clock_of_an_item_is_shown_and_says_not_now(
    office: Office, site_copy_desk: Desk, planned: str, typing: Typing
) -> None:
    step = _step(office, planned)
    typing("g")
    typing("g")
    for row in step.rows():
        row.time.focus_entry()
        typing("n{Enter}")
    typing("{Ctrl+Enter}")
    chart = chart_of(site_copy_desk, planned)
    office.open("dose", place=DosePlace(planned, chart.cycle.id, 2), step=2)
    found = chart_of(site_copy_desk, planned)
    at = locate(site_copy_desk, DosePlace(planned, found.cycle.id, 1))
    assert len(at.dose.premedication) == 2, step.action()
    assert all(one.at is not None for one in at.dose.premedication.values())
    row = office.page().step().rows()[1]
    assert "in the last 24 hours" in row.clock_text()
    assert "NOT NOW" in row.clock_text()
    words = [label.text() for label in row.findChildren(PlainLabel)]
    assert not any("Due " in text for text in words)


def test_what_is_recorded_says_not_now_only_where_it_is_about_to_be_given_again(
    office: Office, planned: str, typing: Typing
) -> None:
    step = _step(office, planned)
    typing("g")
    typing("g")
    for row in step.rows():
        row.time.focus_entry()
        typing("n{Enter}")
    typing("{Ctrl+Enter}")
    row = step.rows()[1]
    assert "Next not before" in row.clock_text()
    assert "NOT NOW" not in row.clock_text()
    row.outcome.focus_entry()
    typing("n")
    assert "NOT NOW" not in row.clock_text()
    row.outcome.focus_entry()
    typing("g")
    assert "NOT NOW" in row.clock_text()


def test_what_other_drugs_mean_is_shown_while_they_are_written_and_before_the_record(
    office: Office, planned: str, typing: Typing, unchanged: Callable[[], bool]
) -> None:
    step = _step(office, planned)
    step._drugs.focus_entry()
    typing("dexamethasone, herbal tea")
    shown = " ".join(step.typed_watch_lines())
    assert "not recorded yet" in shown
    assert "systemic steroids lower the effect" in shown
    assert "read them: herbal tea" in shown
    assert unchanged()
    typing("{Ctrl+Enter}")
    assert step.typed_watch_lines() == ()
    assert "systemic steroids lower the effect" in " ".join(step.watch_lines())
