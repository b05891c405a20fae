"""A patient on the way: registered, with an order, with a planned cycle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from il2desk.desk import (
    CyclePlan,
    Desk,
    OrderForm,
    Registration,
    new_token,
    plan_cycle,
    register_subject,
    versions,
    write_order,
)


@pytest.fixture
def registered(site_copy_desk: Desk) -> str:
    """A registered patient without an order."""
    form = Registration(
        trial_code="NPC-001", initials="ML", born="04-Mar-1961", sex="female",
        allergies_state="no known allergies", protocol=versions(site_copy_desk)[0].protocol,
        family_name="Löwenstein", given_name="Maria", title="Ms", hospital_number="402 118 7765",
    )  # fmt: skip
    subject = register_subject(site_copy_desk, form, new_token())
    assert isinstance(subject, str), subject
    return subject


@pytest.fixture
def ordered(site_copy_desk: Desk, registered: str) -> str:
    """A registered patient with an order of 5.04 million international units."""
    when = site_copy_desk.clock.now()
    form = OrderForm("M. Sato", when, Decimal(5040000), "M. Sato", "M. Sato")
    order = write_order(site_copy_desk, registered, form, new_token())
    assert isinstance(order, str), order
    return registered


@pytest.fixture
def planned(site_copy_desk: Desk, ordered: str) -> str:
    """A patient with a cycle whose first dose is planned at 14:00 today."""
    cycle = plan_cycle(
        site_copy_desk, ordered, CyclePlan(datetime.fromisoformat("2026-03-12T14:00")), new_token()
    )
    assert isinstance(cycle, str), cycle
    return ordered


@pytest.fixture
def unchanged(desk: Desk) -> Callable[[], bool]:
    """Whether the journal holds as many entries as when the test began."""
    before = desk.journal.count()
    return lambda: desk.journal.count() == before
