"""Makes the journal of a first run in the folder that was chosen, and remembers where it lies."""

from __future__ import annotations

from pathlib import Path

from il2desk import paths
from il2desk.desk import Desk, is_encrypted
from il2desk.window.folder_advice import cannot_write, not_encrypted
from il2desk.window.opening import Trouble, open_for_window


def make_in(folder: Path, passphrase: str) -> Desk | Trouble:
    """Return the open journal of a folder, made where there is none, or why it cannot be used.

    An empty `passphrase` is none. A journal that is there already stays as it is; where it is not
    encrypted though a passphrase was chosen, that is said and it is not taken.
    """
    chosen = folder / paths.JOURNAL_FILE
    found = open_for_window(chosen, practice=False, create=True, passphrase=passphrase or None)
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
