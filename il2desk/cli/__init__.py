"""The command line: the window's quiet twin, for validation, scripts and hospital IT.

Exit codes: 0 done, 2 refused, 3 the environment failed, 4 verify found something wrong, 70 a defect.
On 2, 3 and 70 nothing is written to standard output.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from il2desk.cli.answer import DEFECT, ENVIRONMENT, REFUSED, Answer, Refused
from il2desk.cli.arguments import LATER, NO_DISPLAY, NOW, parser
from il2desk.cli.commands import COMMANDS
from il2desk.dosing import tell
from il2desk.words import ENGLISH, choose, say

__all__ = ["NOW", "main", "open_window"]

LANGUAGE = "IL2DESK_LANGUAGE"
"""Names the language of what people read; codes, JSON and file formats are English always."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file name may hold bytes that are no text; showing it must not fail.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with contextlib.suppress(ValueError):  # no such language: English stands
        choose(os.environ.get(LANGUAGE) or ENGLISH)
    try:
        return _flushed(_run(words))
    except Refused as refused:
        return _say(refused.reasons, REFUSED)
    except KeyboardInterrupt:
        return _say((tell("Stopped. Nothing was written."),), REFUSED)
    except Exception as error:  # noqa: BLE001 - the last door: no traceback reaches a terminal
        return _fault(error)


def open_window() -> int:
    """Open the window (the windowless twin on Windows)."""
    return main(sys.argv[1:])


def _run(words: list[str]) -> int:
    journal, practice, rest = _outer(words)
    if not rest:
        if not has_display(os.environ, sys.platform):
            raise Refused((NO_DISPLAY,))
        from il2desk.window import run_window  # noqa: PLC0415 - Qt only where a window is opened

        return run_window(journal, practice=practice)
    try:
        options = parser().parse_args(rest)
    except SystemExit as leaving:  # argparse after --help
        return int(leaving.code or 0)
    answer: Answer = COMMANDS[options.command](options, journal)
    if options.json:
        print(json.dumps(answer.object, ensure_ascii=False, indent=2))
    else:
        print(say(answer.text))
    return answer.code


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Tell whether a window can be shown; Qt would abort the program. A named platform is trusted."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in named)


def _flushed(code: int) -> int:
    """The code once everything printed has really left; raises OSError where it cannot."""
    if sys.stdout is not None:
        sys.stdout.flush()
    return code


def _outer(words: list[str]) -> tuple[Path | None, bool, list[str]]:
    """The options that may stand before or after any command: --journal FILE and --practice."""
    journal: Path | None = None
    practice = False
    rest: list[str] = []
    left = list(words)
    while left:
        word = left.pop(0)
        if word == "--practice":
            practice = True
        elif word == "--journal" or word.startswith("--journal="):
            if journal is not None:
                raise Refused((tell("--journal is given twice. Name one journal."),))
            journal = _journal_file(word.partition("=")[2] if "=" in word else "".join(left[:1]))
            del left[: 0 if "=" in word else 1]
        else:
            rest.append(word)
    if rest and rest[0] in LATER:
        raise Refused(
            (
                tell(
                    "{rest} is not part of this version; it comes later. There are: {now}.",
                    rest=rest[0],
                    now=", ".join(NOW),
                ),
            )
        )
    if rest and not rest[0].startswith("-") and rest[0] not in NOW:
        raise Refused(
            (tell("{rest} is not a command. There are: {now}.", rest=rest[0], now=", ".join(NOW)),)
        )
    if practice and rest:
        raise Refused((tell("--practice opens the window. Leave the command out."),))
    return journal, practice, rest


def _journal_file(name: str) -> Path:
    if not name:
        raise Refused((tell("--journal needs a file. Name the journal to use."),))
    return Path(name)


def _say(reasons: tuple[str, ...], code: int) -> int:
    with contextlib.suppress(OSError):  # nobody listens: the code still says it
        for reason in reasons:  # one line a reason, whatever was typed
            print(" ".join(say(reason).split()), file=sys.stderr, flush=True)
    return code


def _fault(error: Exception) -> int:
    """An environment fault says what is safe; anything else is ours, with a crash file."""
    if hasattr(error, "what") and hasattr(error, "safe") and hasattr(error, "do"):
        code = REFUSED if getattr(error, "refused", False) else ENVIRONMENT
        return _say((f"{error.what} {error.safe} {error.do}",), code)
    if isinstance(error, OSError):
        _leave_standard_output()
        if isinstance(error, BrokenPipeError):  # such as `| head`: nobody reads on
            return ENVIRONMENT
        named = f" ({error.filename})" if error.filename else ""
        if error.errno == errno.ENAMETOOLONG:
            return _say(
                (tell("The name is too long{named}. Type a shorter one.", named=named),), REFUSED
            )
        return _say(
            (
                tell(
                    "{what}{named}. Nothing was written. Check the disk, the folder and your rights.",
                    what=error.strerror or error,
                    named=named,
                ),
            ),
            ENVIRONMENT,
        )
    from il2desk.desk import write_crash_file  # noqa: PLC0415

    file = write_crash_file(error)
    where = (
        tell("No crash file could be written.")
        if file is None
        else tell("Crash file: {file}", file=file)
    )
    return _say(
        (
            tell(
                "A defect in the program stopped this command. Nothing was written. {where}",
                where=where,
            ),
        ),
        DEFECT,
    )


def _leave_standard_output() -> None:
    """What could not be written is not tried again, with a traceback, when Python ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
