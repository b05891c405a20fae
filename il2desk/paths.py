"""Where things lie: what the program reads, where it writes, and which journal was chosen.

Nothing here creates a folder or a file except `remember_journal`; who writes makes the folder.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

PROGRAM = "il2desk"
JOURNAL_FILE = "journal.sqlite"
_PACKAGE = Path(__file__).resolve().parent


class SettingsFault(Exception):  # noqa: N818 - the house calls what the surroundings do a fault
    """The settings file cannot be used; `what`, `safe` and `do` are one sentence each.

    It is never read as "no choice made": that would open another, empty journal.
    """

    code = "settings.unreadable"

    def __init__(self, file: Path, cause: str) -> None:
        self.what = f"The settings file {file} cannot be used: {cause}."
        self.safe = "No journal was opened and none was changed."
        self.do = "Mend that file, or remove it and choose the journal's folder again."
        super().__init__(f"{self.what} {self.safe} {self.do}")


def resource_dir() -> Path:
    """Return the folder of everything the program reads and did not compute.

    In an installed wheel it lies inside the package, in a frozen build where the freezer unpacked
    it, in a checkout beside the package. Raises FileNotFoundError where none of them is there.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    places = [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    if frozen is not None:
        places[1:1] = [Path(frozen) / PROGRAM / "_resources", Path(frozen) / "resources"]
    for place in places:
        if place.is_dir():
            return place
    sought = ", ".join(str(place) for place in places)
    sentence = f"The program's resources are in none of these folders: {sought}"
    raise FileNotFoundError(sentence)


def resource(*parts: str) -> Path:
    """Return the path of one resource, such as `resource("products", "proleukin-us.toml")`."""
    return resource_dir().joinpath(*parts)


def default_journal_folder() -> Path:
    """Return the folder of a journal where no machine-wide folder was chosen: this user's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed for the first paint

    return user_data_path(PROGRAM, appauthor=False)


def remembered_journal() -> Path | None:
    """Return the journal chosen at the first run, or None where none was chosen yet.

    Raises SettingsFault where a choice was stored but cannot be read.
    """
    file = settings_file()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsFault(file, str(fault)) from fault
    try:
        stored = json.loads(text)["journal"]
        chosen = Path(stored)
    except (ValueError, KeyError, TypeError) as fault:
        raise SettingsFault(file, "it does not name a journal") from fault
    if not chosen.is_absolute():
        raise SettingsFault(file, f"it names no full path but {stored!r}")
    return chosen


def remember_journal(journal: Path) -> None:
    """Store which journal this user opens from now on; the path is stored in full.

    The file is replaced in one step, so a crash leaves the old choice or the new one. OSError
    where it cannot be written.
    """
    file = settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    text = json.dumps({"journal": str(journal.absolute())}, ensure_ascii=False, indent=2)
    try:
        with fresh.open("w", encoding="utf-8") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def journal_file() -> Path:
    """Return the journal to open: the one chosen at the first run, else this user's own.

    Raises SettingsFault where a choice was stored but cannot be read.
    """
    return remembered_journal() or default_journal_folder() / JOURNAL_FILE


def practice_journal() -> Path:
    """Return the journal of practice mode, which never lies in a real journal's folder."""
    return default_journal_folder() / "practice" / JOURNAL_FILE


def crash_folder() -> Path:
    """Return the folder of crash files, which hold no patient data."""
    from platformdirs import user_log_path  # noqa: PLC0415 - not needed for the first paint

    return user_log_path(PROGRAM, appauthor=False)


def settings_file() -> Path:
    """Return the small file that remembers which journal was chosen on this workstation."""
    from platformdirs import user_config_path  # noqa: PLC0415 - not needed for the first paint

    return user_config_path(PROGRAM, appauthor=False) / "settings.json"


def preferences_file() -> Path:
    """Return the file of what one person prefers of the window; it holds nothing of the site."""
    return settings_file().with_name("window.ini")
