"""Premedication checklists of fictional patients: empty, filled in, more items than one table holds.

What is recorded fits the planned doses: each item 30 minutes before its dose, totals that rise as
the desk adds them up (what was given exactly 24 hours ago counts no more).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import worked_dose
from fictional import cycles

from il2desk.dosing import write_clock, write_moment, write_number
from il2desk.sheets import (
    DosePremedication,
    GivenItem,
    Marks,
    PremedicationRow,
    PremedicationSheetFacts,
    SheetIssue,
    SheetModel,
    SignatureRow,
    compose_premedication,
)

BEFORE, EVERY, DAY = timedelta(minutes=30), timedelta(hours=8), timedelta(hours=24)
FIRST = datetime.fromisoformat("2026-03-10T14:00")
ALLERGY = "allergy to non-steroidal anti-inflammatory drugs"
NURSE = "A. Ruiz"
WATCH = (
    "Not judged by the program, read them: metoprolol.",
    (
        "Allergy, nsaid: no non-steroidal anti-inflammatory drug (IL2Desk, allergy cross-checks, rule "
        "logic, to be confirmed by the site (a proposal of this program, to be confirmed by the site))."
    ),
    "Allergies not judged by the program, read them: wheeze; latex.",
)
"""What the desk says of these allergies and drugs."""


class Item(NamedTuple):
    """An item of the examples: amount and daily maximum (0 for none) in mg, interval in hours."""

    row: PremedicationRow
    amount: str
    maximum: int
    interval: int


def items_of(count: int) -> tuple[Item, ...]:
    """The three items of the cycle example, then others until there are so many."""
    acetaminophen, indomethacin, ondansetron = cycles().make_full().premedication
    own = (
        Item(acetaminophen, "650", 3900, 4),
        Item(replace(indomethacin, blocked=ALLERGY), "25", 100, 6),
        Item(ondansetron, "10.26", 0, 8),
    )
    others = (
        ("famotidine", "20", 40, 12), ("cephalexin", "500", 1000, 12), ("metoclopramide", "10", 30, 8),
        ("hydroxyzine", "25", 100, 6), ("loperamide", "2", 16, 4), ("meperidine", "12.5", 0, 4),
    )  # fmt: skip
    more = tuple(
        Item(
            replace(
                acetaminophen, item=name, mandatory=False, amount=f"{amount}\u00a0mg",
                interval=f"every {hours}\u00a0hours",
                daily_maximum=f"{write_number(most)}\u00a0mg" if most else ondansetron.daily_maximum,
            ),
            amount, most, hours,
        )
        for name, amount, most, hours in others
    )  # fmt: skip
    return (*own, *more)[:count]


def _open(item: Item, at: datetime) -> GivenItem:
    return GivenItem(
        blocked=bool(item.row.blocked), due=f"due {write_clock(at - BEFORE)}",
        maximum=f"{write_number(item.maximum)}\u00a0mg" if item.maximum else "",
        wait=f"not within {item.interval}\u00a0hours of the last",
    )  # fmt: skip


def _recorded(item: Item, at: datetime) -> GivenItem:
    """Given 30 minutes before, with the total of every dose since less than 24 hours."""
    if item.row.blocked:
        return GivenItem("not given", ALLERGY, by=NURSE)
    total = ""
    if item.maximum:
        counted = sum(at - EVERY * back >= FIRST for back in range(DAY // EVERY))
        given = write_number(counted * int(item.amount))
        most = write_number(item.maximum)
        total = f"24 hours with this one: {given}\u00a0mg of {most}\u00a0mg"
        if counted * int(item.amount) > item.maximum:
            total = f"\u25b2 OVER, {total}"
    return GivenItem(f"given {write_clock(at - BEFORE)}", f"{item.amount}\u00a0mg", total, by=NURSE)


def _issue(given: int) -> SheetIssue:
    """As of the last entry: the plan, or what the nurse recorded before the last of these doses."""
    if not given:
        return cycles().issue(form="PRM")
    return cycles().issue(write_moment(FIRST + EVERY * (given - 1) - BEFORE), "PRM", NURSE)


def make_checklist(*, given: int, items: int = 3) -> PremedicationSheetFacts:
    """A cycle of 15 doses; so many of them with everything recorded, and so many items."""
    full = cycles().make_full()
    chosen = items_of(items)
    doses = tuple(
        DosePremedication(
            row.number,
            write_moment(FIRST + EVERY * at),
            tuple(
                (_recorded if row.number <= given else _open)(item, FIRST + EVERY * at)
                for item in chosen
            ),
        )
        for at, row in enumerate(full.doses)
    )
    return PremedicationSheetFacts(
        issue=_issue(given), marks=Marks(),
        patient=replace(full.patient, allergies_text="naproxen (wheeze), latex"),
        fingerprint=worked_dose.fingerprint(), cycle="course 1, cycle 2",
        dosing_weight=full.weight.dosing_weight, protocol=worked_dose.protocol_line(),
        set_name="high-dose-consensus, version 1", items=tuple(item.row for item in chosen),
        doses=doses,
        signatures=(SignatureRow("I checked amounts, intervals and what is blocked", "pharmacist"),
                    SignatureRow("What stands here as given was given", "nurse")),
        other_drugs="metoprolol", notes=WATCH,
    )  # fmt: skip


def stopped(facts: PremedicationSheetFacts) -> PremedicationSheetFacts:
    """A STOP at the tenth dose: of the later ones nothing is given."""
    none = tuple(GivenItem("cancelled: STOP") for _ in facts.items)
    doses = tuple(replace(one, items=none) if one.number > 10 else one for one in facts.doses)
    return replace(facts, doses=doses)


def _unjudged(allergies: str) -> str:
    """What of a long list nobody judged: all but the word that blocks."""
    parts = [part for line in allergies.split("\n") for part in line.split(", ")]
    left = "; ".join(part for part in parts if part != "naproxen")
    return f"Allergies not judged by the program, read them: {left}."


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    made = cycles()
    some = make_checklist(given=4)
    long = made.long_name().patient
    chinese = replace(some.patient, family_name="歐陽", given_name="大文", title="")
    long_allergies = replace(
        long, allergies_text=long.allergies_text.replace("allergy number 1,", "naproxen,")
    )  # the one that blocks
    facts = {
        "15 doses": make_checklist(given=0),
        "some given": some,
        "stopped": stopped(make_checklist(given=10)),
        "practice": replace(make_checklist(given=0), marks=Marks(practice=True)),
        "nine items": make_checklist(given=2, items=9),
        "four items": make_checklist(given=0, items=4),
        "chinese name": replace(some, patient=chinese),
        "long names and a five-line allergy": replace(
            some,
            patient=long_allergies,
            notes=(*WATCH[:2], _unjudged(long_allergies.allergies_text)),
        ),
    }
    return {name: compose_premedication(one) for name, one in facts.items()}
