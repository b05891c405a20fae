"""The menus: every act that has a key, by its words, for whoever does not know the key.

A menu is filled when it is opened and shows the key beside the words. It acts through the same
functions as the keys do; while somebody signs, and on a locked screen, it offers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from il2desk.window import keys
from il2desk.window.nav_rail import NavEntry
from il2desk.words import say

_PRINT_FIRST = ("print", "lock")
_VIEW = ("resort", "find-in-list", "next-region", "previous-region", "full-screen")
_HELP = ("help", "key-sheet")


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a menu: what it does, its key, and the act."""

    words: str
    key: str
    act: Callable[[], object]


class Menus(QObject):
    """Fills the menu bar. `navigate` carries the screen that was chosen, `closing` asks to close."""

    navigate = Signal(str)
    close_asked = Signal()

    def __init__(
        self,
        bar: QMenuBar,
        everywhere: Mapping[str, keys.Act],
        ways_on: Callable[[], list[Offer]],
    ) -> None:
        super().__init__(bar)
        self._bar, self._ways_on = bar, ways_on
        self._everywhere = dict(everywhere)
        self._screens: tuple[NavEntry, ...] = ()
        self._page_acts: tuple[Offer, ...] = ()
        self._resting, self._turn = False, 0
        fills = (
            self._fill_file, self._fill_go, self._fill_record, self._fill_view, self._fill_help,
        )  # fmt: skip
        self._menus = [bar.addMenu(words) for words in _titles()]
        for menu, fill in zip(self._menus, fills, strict=True):
            menu.aboutToShow.connect(_Filled(menu, fill, self))

    def speak_anew(self) -> None:
        """Bear the titles of the language that is spoken now."""
        for menu, words in zip(self._menus, _titles(), strict=True):
            menu.setTitle(words)

    def set_screens(self, screens: Sequence[NavEntry]) -> None:
        """Offer these screens under Go."""
        self._screens = tuple(screens)

    def set_page_acts(self, acts: Sequence[Offer]) -> None:
        """Offer these acts of the page under Record; a menu that is open for another page closes."""
        self._page_acts = tuple(acts)
        self._close()

    def rest(self, *, resting: bool) -> None:
        """Offer nothing while somebody signs or the screen is locked; an open menu closes."""
        self._resting = resting
        if resting:
            self._close()

    def resting(self) -> bool:
        """Return whether nothing is offered now."""
        return self._resting

    def turn(self) -> int:
        """Return a number that changes with the page and with every rest: acts of before are dead."""
        return self._turn

    def _close(self) -> None:
        self._turn += 1
        for menu in self._menus:
            menu.close()

    def open_first(self) -> None:
        """Go to the menus by the keyboard."""
        first = self._bar.actions()[0]
        self._bar.setFocus()
        self._bar.setActiveAction(first)

    def _known(self, actions: Sequence[str]) -> list[Offer]:
        return [
            Offer(say(key.words), keys.key_text(key.action), self._everywhere[key.action])
            for action in actions
            for key in keys.KEYS
            if key.action == action and key.context == "everywhere"
        ]

    def _fill_file(self) -> list[Offer]:
        close = Offer(say("Close the program"), "", self.close_asked.emit)
        return [*self._known(_PRINT_FIRST), close]

    def _fill_go(self) -> list[Offer]:
        return [Offer(one.words, one.key, _Go(self, one.id)) for one in self._screens]

    def _fill_record(self) -> list[Offer]:
        return [*self._ways_on(), *self._page_acts]

    def _fill_view(self) -> list[Offer]:
        return self._known(_VIEW)

    def _fill_help(self) -> list[Offer]:
        return self._known(_HELP)

    def offers(self, fill: Callable[[], list[Offer]]) -> list[Offer]:
        """Return what a menu offers now."""
        return [] if self._resting else fill()

    def empty(self) -> str:
        """Return why a menu offers nothing."""
        if self._resting:
            return say("Sign or go back first.")
        return say("Nothing can be done from here.")


def _titles() -> tuple[str, ...]:
    return (say("&File"), say("&Go"), say("&Record"), say("&View"), say("&Help"))


class _Filled:
    """Fills one menu when it is opened."""

    def __init__(self, menu: QMenu, fill: Callable[[], list[Offer]], menus: Menus) -> None:
        self._menu, self._fill, self._menus = menu, fill, menus

    def __call__(self) -> None:
        menu = self._menu
        menu.clear()
        offers = self._menus.offers(self._fill)
        for offer in offers:
            # The key is shown beside the words; it is heard where the registry has installed it.
            tail = f"\t{offer.key}" if offer.key else ""
            menu.addAction(offer.words.replace("&", "&&") + tail).triggered.connect(
                _Acted(offer.act, self._menus)
            )
        if not offers:
            menu.addAction(self._menus.empty()).setEnabled(False)


class _Acted:
    """One act, without the tick that a menu hands over; dead once page or person has changed."""

    def __init__(self, act: Callable[[], object], menus: Menus) -> None:
        self._act, self._menus, self._turn = act, menus, menus.turn()

    def __call__(self, _ticked: object = None) -> None:
        if not self._menus.resting() and self._menus.turn() == self._turn:
            self._act()


class _Go:
    """The way to one screen."""

    def __init__(self, menus: Menus, screen: str) -> None:
        self._menus, self._screen = menus, screen

    def __call__(self) -> None:
        self._menus.navigate.emit(self._screen)


def page_offers(acts: Mapping[str, Mapping[str, keys.Act]]) -> tuple[Offer, ...]:
    """Return the lines for the keys of a page, in the order of the registry, each act once."""
    found: dict[str, Offer] = {}
    for key in keys.KEYS:
        act = acts.get(key.context, {}).get(key.action)
        if act is not None and key.action not in found:
            name = keys.key_text(key.action, key.context)
            found[key.action] = Offer(say(key.words), name, act)
    return tuple(found.values())


def menu_bar(parent: QWidget) -> QMenuBar:
    """Return an empty menu bar for the window."""
    bar = QMenuBar(parent)
    bar.setAccessibleName(say("Menus"))
    return bar
