"""What the keys and screens of the frame do: they ask the page that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from il2desk.window import routes
from il2desk.window.shell import MainWindow

if TYPE_CHECKING:
    from il2desk.window.office import Office


class FrameKeys(QObject):
    """Listens to the frame for one office. While somebody signs, only the panel is heard."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office)
        self._office, self._window = office, window
        window.navigate.connect(self._navigate)
        window.help_asked.connect(self._help)
        window.key_sheet_asked.connect(self._key_sheet)
        window.resort_asked.connect(self._resort)
        window.print_asked.connect(self._print)
        window.find_in_list_asked.connect(self._find_in_list)
        window.lock_asked.connect(office.lock_asked)

    def end(self) -> None:
        """Listen no more."""
        window = self._window
        for signal in (
            window.navigate, window.help_asked, window.key_sheet_asked, window.resort_asked,
            window.print_asked, window.find_in_list_asked, window.lock_asked,
        ):  # fmt: skip
            signal.disconnect()

    def _free(self) -> bool:
        return self._office.page() is not None and self._window.panel() is None

    def _navigate(self, screen: str) -> None:
        office = self._office
        if self._window.panel() is not None or self._window.is_locked():
            return
        if screen in routes.OF_A_PATIENT:
            office.open(screen, subject=office.patient_open)
        elif screen == "help":
            self._help()
        else:
            office.patient_open = None
            office.open(screen)

    def _help(self) -> None:
        page = self._office.page()
        if page is not None and self._free():
            self._office.open("help", topic=page.help_topic)

    def _key_sheet(self) -> None:
        if self._free():
            self._office.open("help", topic="keys")

    def _resort(self) -> None:
        page = self._office.page()
        if page is not None and self._free():
            self._office.guarded(page.refresh)
            self._office.show_action()

    def _print(self) -> None:
        page = self._office.page()
        if page is not None and self._free():
            page.print_sheet()

    def _find_in_list(self) -> None:
        page = self._office.page()
        if page is not None and self._free():
            page.find_in_list()
