"""The program's own environment: made once from the lock files, then only looked at.

It lies in `.environment/` of the checkout, one folder for each Python version, or in the user's
cache folder where the checkout cannot be written. The checkout itself is not built and installed:
a path file names it, so `il2desk` is the files one reads, `resources/` lies where it belongs, and
neither a build tool nor a second copy that can go stale is needed.

A stamp, written last, holds the hash of what was installed. A folder without its stamp, or with
another one, is made again from nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import locale
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "run": ROOT / "packaging" / "requirements-run.txt",
    "test": ROOT / "packaging" / "requirements-test.txt",  # holds the run set too
}
PROBE = (
    "import importlib.util as i, sys;"
    "sys.exit(not all(map(i.find_spec, ('il2desk','PySide6','sqlite_utils','reportlab'))))"
)


class SetupError(Exception):
    """The environment could not be made; the text says what happened, is safe, and helps."""


def folder(root: Path = ROOT) -> Path:
    """Return where the environment of this Python lies; it need not exist yet."""
    name = f"{sys.implementation.cache_tag}-{sysconfig.get_platform()}"
    if os.access(root, os.W_OK):
        return root / ".environment" / name
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    place = hashlib.sha256(str(root).encode()).hexdigest()[:12]
    return Path(home).expanduser() / "il2desk" / "environment" / place / name


def python_of(place: Path) -> Path:
    """Return the interpreter inside an environment."""
    return place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_text(kind: str) -> str:
    """Return what the stamp of a finished 'run' or 'test' set must say."""
    return hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()


def is_ready(place: Path, kind: str) -> bool:
    """Tell whether the set is installed as locked and its interpreter still works."""
    try:
        if (place / f"{kind}.stamp").read_text(encoding="ascii") != stamp_text(kind):
            return False
        probe = [str(python_of(place)), "-I", "-c", PROBE]
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except (OSError, ValueError):
        return False


def ensure(kind: str, wheels: Path | None = None) -> Path:
    """Return the interpreter of an environment that holds the set, making it where needed.

    Raises SetupError. A second start finds the stamp and touches neither disk nor network.
    """
    place = folder()
    if is_ready(place, kind):
        return python_of(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _alone(place.parent / "setup.lock"):
            if not is_ready(place, kind):  # another start may have made it while this one waited
                _make(place, kind, wheels)
    except OSError as fault:
        sentence = (
            f"The environment could not be written to {place.parent}: {fault}. Nothing else was "
            "changed. Free some space or allow writing there, and start again."
        )
        raise SetupError(sentence) from fault
    return python_of(place)


def _make(place: Path, kind: str, wheels: Path | None) -> None:
    tell("Setting up IL2Desk once; this takes a minute or two and needs about 400 MB of disk.")
    if not (kind == "test" and is_ready(place, "run")):
        _create(place)
    _install(place, kind, wheels)
    _write_doors(place)
    for each in ("run", "test")[: 2 if kind == "test" else 1]:
        (place / f"{each}.stamp").write_text(stamp_text(each), encoding="ascii")
    if not is_ready(place, kind):
        sentence = (
            f"The environment in {place} was made but does not work. Remove that folder and start "
            "again; if it happens twice, this Python itself is damaged."
        )
        raise SetupError(sentence)


def _create(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    words = [sys.executable, "-m", "venv", "--clear", str(place)]
    done = subprocess.run(
        words, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        shutil.rmtree(place, ignore_errors=True)
        raise SetupError(
            "Python could not make an environment. Nothing was left behind. Python said: "
            + _last_words(done.stdout + done.stderr)
        )


def _install(place: Path, kind: str, wheels: Path | None) -> None:
    # --no-deps: the lock is complete. Only pip is left out of it, which one package asks for and
    # which every environment holds. --only-binary: nothing is compiled or run while installing.
    words = [str(python_of(place)), "-m", "pip", "install", "--quiet", "--no-input", "--no-deps"]
    words += ["--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    words += ["--retries", "2", "-r", str(LOCKS[kind])]
    environment = dict(os.environ)
    if wheels is not None:
        words += ["--no-index", "--find-links", str(wheels)]
        environment["PIP_CONFIG_FILE"] = os.devnull  # this folder and nothing else
        environment.pop("PIP_FIND_LINKS", None)
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=environment,
        check=False,
    )
    if done.returncode != 0:
        raise SetupError(_why(done.stdout + done.stderr, kind, wheels))


def _why(output: str, kind: str, wheels: Path | None) -> str:
    if "DO NOT MATCH THE HASHES" in output:
        what = "A package differs from the locked one and was refused; do not use its source."
    elif "No space left" in output:
        what = "The disk is full; free about 400 MB and start again."
    elif wheels is not None:
        what = (
            f"The folder {wheels} does not hold every locked wheel for this Python and system; "
            "on a machine with network fill it with: python3 -m pip download --no-deps "
            f"--require-hashes -r packaging/{LOCKS[kind].name} -d FOLDER."
        )
    else:
        what = (
            "The locked packages could not be fetched. Connect this machine to the network once, "
            "or bring a folder of wheels and start with --wheels FOLDER."
        )
    return f"{what} Nothing was installed. The installer said: {_last_words(output)}"


def _last_words(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines or ["nothing"]
    return errors[-1]


def _write_doors(place: Path) -> None:
    packages = next(place.glob("Lib/site-packages" if os.name == "nt" else "lib/*/site-packages"))
    try:
        checkout = os.path.relpath(ROOT, packages)
    except ValueError:  # another drive
        checkout = str(ROOT)
    path_file = packages / "il2desk-checkout.pth"
    path_file.write_text(checkout + "\n", encoding=locale.getencoding())
    if os.name == "nt":
        door = place / "Scripts" / "il2desk.cmd"
        door.write_text('@"%~dp0python.exe" -P -m il2desk %*\n', encoding="ascii")
        return
    door = place / "bin" / "il2desk"
    door.write_text(
        '#!/bin/sh\nexec "$(dirname "$0")/python" -P -m il2desk "$@"\n', encoding="ascii"
    )
    door.chmod(0o755)


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one start at a time make the environment; a second waits for the first."""
    with lock.open("a+b") as held:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            held.seek(0)
            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - exists elsewhere only

            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def tell(sentence: str) -> None:
    """Speak to the person; standard output stays free for the command that follows."""
    print(sentence, file=sys.stderr, flush=True)
