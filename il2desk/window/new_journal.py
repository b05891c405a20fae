"""Makes the journal of a first run in the folder that was chosen, and remembers where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from il2desk import paths
from il2desk.desk import Desk, JournalFault, is_encrypted
from il2desk.window.folder_advice import cannot_write, not_encrypted
from il2desk.window.opening import Trouble, left_there, open_for_window
from il2desk.window.pages.folder import RESTORE, FolderPage
from il2desk.window.pages.restore import RestorePage
from il2desk.window.shell import MainWindow

_LATER = Qt.ConnectionType.QueuedConnection


class FirstFolder(QObject):
    """Asks for the folder, and what becomes of backups that lie there.

    `made` carries the open desk; `restored` says that a backup was put there instead, and is what
    this workstation opens from now on; `practice` asks for the practice trial.
    """

    made = Signal(object)
    restored = Signal()
    practice = Signal()

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._ask()

    def _ask(self) -> None:
        page = self._page = FolderPage(paths.default_journal_folder())
        page.chosen.connect(self._on_folder, _LATER)
        page.practice.connect(self.practice)
        self._window.lock(page)
        page.where.focus_entry()

    def _on_folder(self, folder: str, passphrase: str) -> None:
        """Make the journal; where backups lie there, only once a person chose what becomes of them."""
        chosen, answer = Path(folder) / paths.JOURNAL_FILE, self._page.about_backups()
        if answer == RESTORE:
            self._restore(chosen)
            return
        try:
            left = None if answer else left_there(chosen)
        except JournalFault as fault:
            self._page.refuse((fault.what, fault.safe, fault.do))
            return
        if left is not None:
            self._page.ask_about_backups(left.sentences)
            return
        self._use(make_in(Path(folder), passphrase))

    def _use(self, found: Desk | Trouble) -> None:
        if isinstance(found, Trouble):
            self._page.refuse(found.sentences)
        else:
            self.made.emit(found)

    def _restore(self, journal: Path) -> None:
        page = RestorePage(journal)

        def left() -> None:
            self._ask()
            self._page.use(journal.parent)
            if not journal.exists():
                return  # given up: the folder is asked again
            try:
                paths.remember_journal(journal)
            except OSError as error:
                self._page.refuse(cannot_write(error))
            else:
                self.restored.emit()

        page.left.connect(left, _LATER)
        self._window.lock(page)
        page.opened()


def make_in(folder: Path, passphrase: str) -> Desk | Trouble:
    """Return the open journal of a folder, made where there is none, or why it cannot be used.

    An empty `passphrase` is none. A journal that is there already stays as it is; where it is not
    encrypted though a passphrase was chosen, that is said and it is not taken.
    """
    chosen = folder / paths.JOURNAL_FILE
    found = open_for_window(chosen, practice=False, way="anew", passphrase=passphrase or None)
    if not isinstance(found, Desk):
        return found or Trouble(cannot_write(FileNotFoundError(2, "", str(folder))), ())
    if passphrase and not is_encrypted(found):
        found.close()
        return Trouble(not_encrypted(chosen), ())
    try:
        paths.remember_journal(chosen)
    except OSError as error:
        found.close()
        return Trouble(cannot_write(error), ())
    return found
