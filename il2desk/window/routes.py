"""Which class draws which screen; a page's module is imported when the screen is first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from il2desk.window.keys import key_text
from il2desk.window.nav_rail import NavEntry
from il2desk.words import say

_PAGES = "il2desk.window.pages"


@dataclass(frozen=True, slots=True)
class Route:
    """A screen: the module and class of its page, and the entry of the rail that it belongs to."""

    module: str
    page: str
    screen: str

    def page_class(self) -> Any:  # noqa: ANN401 - pages take different arguments
        """Return the class of the page, imported now."""
        return getattr(import_module(f"{_PAGES}.{self.module}"), self.page)


ROUTES: dict[str, Route] = {
    "today": Route("today", "TodayPage", "today"),
    "find": Route("find", "FindPage", "find"),
    "register": Route("register", "RegisterPage", "find"),
    "order": Route("order", "OrderPage", "order"),
    "plan": Route("plan", "PlanPage", "plan"),
    "board": Route("board", "BoardPage", "board"),
    "dose": Route("dose", "DosePage", "board"),
    "companion": Route("companion_dose", "CompanionDosePage", "board"),
    "second": Route("second", "SecondPersonPage", "board"),
    "records": Route("records", "RecordsPage", "records"),
    "course": Route("course", "CoursePage", "course"),
    "sheets": Route("sheets", "SheetsPage", "sheets"),
    "papers": Route("sheets", "SheetsPage", "papers"),
    "stock": Route("stock", "StockPage", "stock"),
    "trial": Route("trial", "TrialPage", "trial"),
    "audit": Route("audit", "AuditPage", "audit"),
    "protocols": Route("protocols", "ProtocolsPage", "protocols"),
    "site-copy": Route("site_copy", "SiteCopyPage", "protocols"),
    "staff": Route("staff", "StaffPage", "staff"),
    "restored": Route("restored", "RestoredPage", "restored"),
    "backups": Route("backups", "BackupsPage", "backups"),
    "encryption": Route("encryption", "EncryptionPage", "backups"),
    "settings": Route("settings", "SettingsPage", "settings"),
    "first-run": Route("first_run", "FirstRunPage", ""),
    "help": Route("help", "HelpPage", "help"),
}
# These belong to the patient who is open and take the subject.
OF_A_PATIENT = ("board", "course", "records", "sheets", "order", "plan")


def entries(*, patient: bool, restored: bool = False) -> tuple[NavEntry, ...]:
    """Return the screens that can be opened now; those of a patient only where one is open.

    `restored`: patients wait for two people to look since a restore.
    """
    of_one = (
        NavEntry("board", say("Board"), key_text("board"), "patient"),
        NavEntry("course", say("Course"), "", "patient"),
        NavEntry("records", say("Records"), key_text("records"), "patient"),
        NavEntry("sheets", say("Sheets"), key_text("sheets"), "patient"),
        NavEntry("order", say("Order"), "", "patient"),
        NavEntry("plan", say("Plan a cycle"), "", "patient"),
    )
    return (
        NavEntry("today", say("Today"), key_text("today")),
        NavEntry("find", say("Find"), key_text("find")),
        *(of_one if patient else ()),
        NavEntry("stock", say("Stock"), key_text("stock"), "house"),
        NavEntry("trial", say("Trial"), key_text("trial"), "house"),
        NavEntry("audit", say("Audit"), "", "house"),
        NavEntry("papers", say("Papers"), "", "house"),
        NavEntry("protocols", say("Protocols"), "", "house"),
        NavEntry("staff", say("People"), "", "house"),
        NavEntry("backups", say("Backups"), "", "house"),
        NavEntry("settings", say("Settings"), "", "house"),
        *((NavEntry("restored", say("Restored"), "", "house"),) if restored else ()),
        NavEntry("help", say("Help"), key_text("help"), "house"),
    )
