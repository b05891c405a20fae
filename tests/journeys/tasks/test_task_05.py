"""T5: "Prepare and have it checked", while the slip says 0.82 mL in the place of 0.28 mL.

The blind check here covers six facts (section 0.6), two more than the budget of 5.19 counts, and a
preparation names when it was reconstituted: B8 is 11 + 5 keys. Scanned codes and readings are apart.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from arranging import checked, place_of, to_dose
from PySide6.QtGui import QImage
from ward_of_tasks import EXPIRING, QUARANTINE

from il2desk.desk import WeightForm, new_token, record_weight


def prepare(person: Any, lot: str = EXPIRING, expiry: str = "20-Mar-2026") -> None:
    """What stands on the vial, and reconstituted just now."""
    person.apart(f"{lot}{{Enter}}{expiry}{{Enter}}1")
    person.keys("{Tab}{Tab}n")


def read(person: Any, volume: str, lot: str = EXPIRING) -> None:
    """The second person's readings, from weight to total volume."""
    person.apart("70.5")
    person.keys("{Tab}")
    person.apart(volume)
    person.keys("{Tab}")
    person.apart(lot[-4:])
    person.keys("{Tab}")
    person.apart("NPC-014")
    person.keys("{Tab}")
    names = [option.choice.words for option in person.panel.diluent._options]
    person.keys(f"{names.index('glucose 5 %') + 1}{{Tab}}")
    person.apart("10")
    person.keys("{Ctrl+Enter}")


def who(person: Any, name: str, pin: str) -> None:
    """Name and PIN of the second person."""
    person.apart(name)
    person.keys("{Tab}")
    person.apart(pin)
    person.keys("{Tab}")


def test_a_quarantined_lot_is_refused(person: Any) -> None:
    checked(person, "NPC-014", 7)
    to_dose(person, "NPC-014", 7)
    prepare(person, QUARANTINE, "31-May-2026")
    person.tab_into(person.step.entries.lot_reason)
    person.keys("scanned first")
    person.tab_into(person.step.entries.reconstituted.time)
    person.keys("n{Ctrl+Enter}")
    assert person.panel is None
    assert "quarantine" in person.text(person.step.problems)


def test_the_second_reading_finds_the_swapped_digits(person: Any, rows: Callable[..., Any]) -> None:
    checked(person, "NPC-014", 7)
    to_dose(person, "NPC-014", 7)
    with person.budget("T5", 16), person.budget("B8", 16):
        person.keys("{Alt+4}")
        prepare(person)
        person.keys("{Ctrl+Enter}")
        person.sign_apart()
        who(person, "A. Ruiz", "2222")
        read(person, "0.28")
    released = rows(person, "SELECT * FROM releases WHERE trial_code = 'NPC-014'")
    assert released[-1]["dose_number"] == 7
    assert [row["dose_number"] for row in released].count(7) == 1


def test_same_person_then_mismatch_then_agreement(person: Any, rows: Callable[..., Any]) -> None:
    checked(person, "NPC-014", 7)
    to_dose(person, "NPC-014", 7)
    prepare(person)
    person.keys("{Ctrl+Enter}")
    person.sign_apart()
    before = person.session.desk.journal.count()
    who(person, "K. Brandt", "1111")
    read(person, "0.82")
    assert "The second person must be someone else." in person.text(person.panel)
    person.tab_into(person.panel.name)
    person.keys("A. Ruiz{Tab}2222{Ctrl+Enter}")
    notice = person.text(person.panel)
    assert "Volume differs." in notice
    assert "The other entry is not shown." in notice
    assert "0.28" not in person.text().replace("0.82", "")
    assert all(entry.kind != "release-recorded" for entry in new_entries(person, before))
    person.tab_into(person.panel.volume)
    person.keys("0.28")
    person.tab_into(person.panel.pin)
    person.keys("2222{Ctrl+Enter}")
    released = rows(person, "SELECT * FROM releases WHERE trial_code = 'NPC-014'")
    assert [row["dose_number"] for row in released].count(7) == 1
    assert (released[-1]["prepared_by"], released[-1]["checked_by"]) == ("K. Brandt", "A. Ruiz")


def new_entries(person: Any, before: int) -> list[Any]:
    """What the journal grew by."""
    return [one for one in person.session.desk.journal.entries() if one.sequence > before]


def covered(person: Any, kilograms: str | None, minutes_ago: str) -> QImage:
    """The window above its status bar while the second person reads, after a first entry of this weight."""
    if kilograms is not None:
        place = place_of(person, "NPC-014", 7)
        desk = person.session.desk
        form = WeightForm(Decimal(kilograms), desk.clock.now(), "bed scale", "dosing")
        record_weight(desk, place.subject, form, new_token())
    checked(person, "NPC-014", 7)
    to_dose(person, "NPC-014", 7)
    prepare(person)
    person.keys("{Ctrl+Enter}")
    person.sign_apart()
    person.until(lambda: hasattr(person.panel, "volume"), "the second person's panel")
    person.work()
    status = person.window.status
    assert "DOSE" not in person.text(status)
    above = status.mapTo(person.window, status.rect().topLeft()).y()
    return person.picture(person.window).copy(0, 0, person.window.width(), above)


def test_the_first_values_are_on_no_pixel_the_second_person_sees(
    begin: Callable[..., Any],
) -> None:
    first = begin()
    one = covered(first, None, "now")
    first.window.close()
    other = covered(begin(), "74", "now")
    assert one == other
