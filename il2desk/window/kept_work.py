"""The page that somebody left open when another person signed in, for when they come back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from il2desk.window.pages.page import Page

Trail = tuple[tuple[str, dict[str, object]], ...]


@dataclass(frozen=True, slots=True)
class KeptWork:
    """A page with what was typed, the way back from it, whose patient it is, and the focus."""

    page: Page
    trail: Trail
    patient_open: str | None
    focus: QWidget | None


class KeptWorks:
    """One kept page a person, by staff id. Nobody is given the page of somebody else."""

    def __init__(self) -> None:
        self._kept: dict[str, KeptWork] = {}

    def keep(self, who: str, work: KeptWork) -> None:
        """Keep a page; one that was kept before for the same person goes."""
        self.drop(who)
        self._kept[who] = work

    def take(self, who: str) -> KeptWork | None:
        """Give a person their page back, or None."""
        return self._kept.pop(who, None)

    def drop(self, who: str) -> None:
        """Let go of a person's page."""
        work = self._kept.pop(who, None)
        if work is not None and isValid(work.page):
            work.page.deleteLater()

    def drop_all(self) -> None:
        """Let go of every page."""
        for who in tuple(self._kept):
            self.drop(who)
