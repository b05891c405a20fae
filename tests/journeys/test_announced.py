"""What assistive technology is told over the way of one dose: each thing once, in the moment it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The announcements that reach Qt's bridge, in order, while a reader of the screen is at work."""
    heard: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message().replace("\u00a0", " "))

    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    return heard


def with_words(told: list[str], words: str) -> list[str]:
    """What was announced and holds these words."""
    return [text for text in told if words in text]


def test_a_verdict_a_refusal_and_what_is_stored_are_each_announced_once(bedside, told) -> None:
    person = bedside
    person.premedicate()
    assert len(with_words(told, "Stored") + with_words(told, "All entries stored")) == 1
    told.clear()
    person.fill_check(creatinine="2.7")
    verdicts = [text for text in told if text.startswith("HOLD. ")]
    assert verdicts
    assert len(verdicts) == len(set(verdicts))  # at another field only what changed
    assert not [text for text in told if text.startswith("GO")]
    told.clear()
    person.keys("{Ctrl+Enter}")
    person.until(lambda: with_words(told, "All entries stored"), "stored")
    assert len(with_words(told, "All entries stored")) == 1
    told.clear()
    person.keys("{Alt+4}{Ctrl+Enter}")
    refused = with_words(told, "Release is blocked")
    assert len(refused) == 1
