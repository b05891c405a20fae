"""The command line: the window's quiet twin, for validation, scripts and hospital IT.

Exit codes: 0 done, 2 refused, 3 the environment failed, 4 verify found something wrong, 70 a defect.
On 2, 3 and 70 nothing is written to standard output.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

DONE, REFUSED, ENVIRONMENT, WRONG, DEFECT = 0, 2, 3, 4, 70
LATER = ("report", "export", "import", "backup", "restore")
NOW = ("protocols", "dose", "schedule", "assess", "premedication", "sheet", "verify")
NO_DISPLAY = (
    "There is no display here, so the window cannot open; the command line works: "
    "il2desk dose npc-bolus --weight 70"
)
USAGE = "il2desk [--practice] [--journal FILE]\n       il2desk COMMAND [...] [--json]"
DESCRIPTION = """Without a command: opens the window.

  --practice      open it on a fresh practice trial with fictional patients
  --journal FILE  any command: use this journal instead of the workstation's"""
EPILOG = """examples:
  il2desk protocols
  il2desk dose npc-bolus --weight 70
  il2desk dose my-copy.toml --weight 70.5 --json
  il2desk schedule npc-bolus --start 2026-03-02T08:00 --zone Europe/Berlin
  il2desk protocols check my-copy.toml

exit codes:
  0  done                        4   verify found something wrong
  2  refused, nothing written    70  a defect; the crash file is named
  3  disk, file or rights failed

`il2desk COMMAND --help` lists the options of a command."""
DOSE_OPTIONS = (
    ("weight", "KG", "dosing weight"),
    ("height", "CM", "for doses by body surface area"),
    ("bsa", "M2", "body surface area, where only that is known"),
    ("arm", "ARM", "the patient's arm, where the protocol has arms"),
    ("cycle", "N", "cycle, where the dose depends on it"),
    ("day", "N", "day of the cycle"),
    ("month", "N", "month, where the dose depends on it"),
    ("product", "ID", "another product of the catalogue"),
    ("measure-step", "ML", "what the syringe is read to"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: a JSON object and the same as text."""

    object: dict[str, Any]
    text: str
    code: int = DONE


class _Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """The input was not acceptable: one line a reason."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class _Once(argparse.Action):
    """Take an option once: of two weights typed, none is the right one to guess."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        given = namespace.__dict__.setdefault("given", set())
        if option_string is not None and self.dest in given:
            parser.error(f"{option_string} is given twice. Give it once")
        if option_string is not None and isinstance(values, list):  # such as --weight=--
            parser.error(f"{option_string} needs a value")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(
            allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options
        )
        self.register("action", None, _Once)
        self.register("action", "store", _Once)

    def print_help(self, _file: object = None) -> None:
        """Print it ourselves: argparse keeps quiet about an answer that could not be written."""
        print(self.format_help(), end="")

    def error(self, message: str) -> NoReturn:
        raise _Refused((f"{message}. See {self.prog} --help.",))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file name may hold bytes that are no text; showing it must not fail.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _flushed(_run(words))
    except _Refused as refused:
        return _say(refused.reasons, REFUSED)
    except KeyboardInterrupt:
        return _say(("Stopped. Nothing was written.",), REFUSED)
    except Exception as error:  # noqa: BLE001 - the last door: no traceback reaches a terminal
        return _fault(error)


def open_window() -> int:
    """Open the window (the windowless twin on Windows)."""
    return main(sys.argv[1:])


def _run(words: list[str]) -> int:
    journal, practice, rest = _outer(words)
    if not rest:
        if not has_display(os.environ, sys.platform):
            raise _Refused((NO_DISPLAY,))
        from il2desk.window import run_window  # noqa: PLC0415 - Qt only where a window is opened

        return run_window(journal, practice=practice)
    try:
        options = _parser().parse_args(rest)
    except SystemExit as leaving:  # argparse after --help
        return int(leaving.code or 0)
    answer: Answer = _COMMANDS[options.command](options, journal)
    if options.json:
        print(json.dumps(answer.object, ensure_ascii=False, indent=2))
    else:
        print(answer.text)
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
                raise _Refused(("--journal is given twice. Name one journal.",))
            journal = _journal_file(word.partition("=")[2] if "=" in word else "".join(left[:1]))
            del left[: 0 if "=" in word else 1]
        else:
            rest.append(word)
    if rest and rest[0] in LATER:
        raise _Refused(
            (
                f"{rest[0]} is not part of this version; it comes later. There are: {', '.join(NOW)}.",
            )
        )
    if rest and not rest[0].startswith("-") and rest[0] not in NOW:
        raise _Refused((f"{rest[0]} is not a command. There are: {', '.join(NOW)}.",))
    if practice and rest:
        raise _Refused(("--practice opens the window. Leave the command out.",))
    return journal, practice, rest


def _journal_file(name: str) -> Path:
    if not name:
        raise _Refused(("--journal needs a file. Name the journal to use.",))
    return Path(name)


def _say(reasons: tuple[str, ...], code: int) -> int:
    with contextlib.suppress(OSError):  # nobody listens: the code still says it
        for reason in reasons:  # one line a reason, whatever was typed
            print(" ".join(reason.split()), file=sys.stderr, flush=True)
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
            return _say((f"The name is too long{named}. Type a shorter one.",), REFUSED)
        return _say(
            (
                f"{error.strerror or error}{named}. Nothing was written. Check the disk, the folder and your rights.",
            ),
            ENVIRONMENT,
        )
    from il2desk.desk import write_crash_file  # noqa: PLC0415

    file = write_crash_file(error)
    where = "No crash file could be written." if file is None else f"Crash file: {file}"
    return _say(
        (f"A defect in the program stopped this command. Nothing was written. {where}",), DEFECT
    )


def _leave_standard_output() -> None:
    """What could not be written is not tried again, with a traceback, when Python ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="il2desk", usage=USAGE, description=DESCRIPTION, epilog=EPILOG)
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True,
        prog="il2desk", parser_class=_Parser,
    )  # fmt: skip

    def command(name: str, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        made.add_argument(
            "--json", action="store_true", help="print one JSON object and nothing else"
        )
        return made

    catalogue = command("protocols", "the catalogue, or with `check`: lint protocol files")
    catalogue.add_argument("check", nargs="?", choices=["check"], help="look at files instead")
    catalogue.add_argument("files", nargs="*", type=Path, metavar="FILE")
    catalogue.add_argument("--against", metavar="PROTOCOL", help="with `check`: what changed")
    _dose_options(command("dose", "derive one dose and show the working"))
    plan = command("schedule", "the planned doses of one cycle")
    _protocol(plan)
    _begin(plan)
    plan.add_argument("--arm", help="the patient's arm, where the protocol has arms")
    check = command("assess", "the verdict of a rule set on findings")
    check.add_argument("ruleset", metavar="RULESET", help="id, as jitc-2014")
    check.add_argument("findings", type=Path, metavar="FINDINGS.json")
    check.add_argument("--weight", metavar="KG", help="dosing weight, for limits per kg")
    items = command("premedication", "the checklist with computed amounts and daily maxima")
    _protocol(items)
    items.add_argument("--weight", metavar="KG", help="dosing weight, for amounts per kg")
    items.add_argument("--arm", help="the patient's arm, where the protocol has arms")
    sheet = command("sheet", "a specimen cycle sheet as PDF")
    _dose_options(sheet)
    _begin(sheet)
    sheet.add_argument(
        "--out", required=True, type=Path, metavar="FILE.pdf", help="a new file; never replaced"
    )
    verify = command("verify", "is this installation sound?")
    verify.add_argument("--out", type=Path, help="the qualification record (comes later)")
    return parser


def _protocol(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("protocol", metavar="PROTOCOL", help="id, or path of a protocol file")


def _begin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--start", required=True, help="local time of dose 1, or of day 1")
    parser.add_argument("--zone", required=True, help="time zone, as Europe/Berlin")
    parser.add_argument("--policy", choices=["elapsed", "clock"], help="else the site's or elapsed")


def _dose_options(parser: argparse.ArgumentParser) -> None:
    _protocol(parser)
    for name, unit, words in DOSE_OPTIONS:
        parser.add_argument(f"--{name}", metavar=unit, help=words)
    parser.add_argument("--vial-rule", choices=["withdrawable", "content"])
    parser.add_argument("--paper", choices=["A4", "Letter"], default="A4", help="for sheets")


def _or_refused(value: Any) -> Any:  # noqa: ANN401 - any answer of the desk
    """The value, or the refusal raised."""
    from il2desk.dosing import Refusal  # noqa: PLC0415

    if isinstance(value, Refusal):
        raise _Refused(value.reasons)
    return value


def _protocols(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    catalogue = desk.open_catalogue()
    if options.against is None and not options.check:
        return Answer(desk.catalogue_answer(catalogue), desk.catalogue_text(catalogue))
    if not options.files:
        raise _Refused(("Name the protocol files to check.",))
    found = desk.check_protocol_files(catalogue, options.files, options.against)
    return Answer(*_or_refused(found))


def _question(options: argparse.Namespace) -> Any:  # noqa: ANN401 - a DoseQuestion, imported late
    from il2desk.desk import DoseQuestion  # noqa: PLC0415

    return DoseQuestion(
        options.protocol, options.weight, options.height, options.arm, options.cycle, options.day,
        options.month, options.product, options.measure_step, options.vial_rule, options.bsa,
    )  # fmt: skip


def _dose(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    dose = _or_refused(desk.ask_dose(desk.open_catalogue(), _question(options)))
    return Answer(desk.dose_json(dose), desk.dose_text(dose))


def _schedule(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    asked = (options.protocol, options.arm, options.start, options.zone, options.policy)
    catalogue = desk.open_catalogue()
    schedule = _or_refused(desk.ask_schedule(catalogue, *asked))
    text = desk.schedule_text(catalogue, *asked[:3], schedule)
    return Answer(desk.schedule_answer(schedule), text)


def _assess(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    raw = _or_refused(desk.findings_from_file(options.findings))
    asked = (options.ruleset, raw, options.weight)
    verdict = _or_refused(desk.ask_verdict(desk.open_catalogue(), *asked))
    return Answer(desk.assessment_answer(verdict), desk.assessment_text(verdict))


def _premedication(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    asked = (options.protocol, options.arm, options.weight)
    catalogue = desk.open_catalogue()
    items = _or_refused(desk.ask_premedication(catalogue, *asked))
    heading = desk.heading_text(catalogue, options.protocol)
    text = heading + "\n".join(desk.premedication_text(item) for item in items)
    return Answer({"items": [desk.premedication_answer(item) for item in items]}, text)


def _sheet(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    asked = (_question(options), (options.start, options.zone, options.policy), options.paper)
    pdf = _or_refused(desk.specimen_cycle_sheet(desk.open_catalogue(), *asked))
    _or_refused(desk.write_new_file(options.out, pdf))
    written = {"file": str(options.out), "bytes": len(pdf)}
    return Answer(written, f"Specimen cycle sheet written to {options.out}.")


def _verify(options: argparse.Namespace, journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    if options.out is not None:
        raise _Refused(("verify --out, the qualification record, comes later: leave it out.",))
    found = desk.verify_installation(journal)
    code = DONE if found.ok else WRONG
    return Answer(desk.verification_answer(found), desk.verification_text(found), code)


_COMMANDS: dict[str, Callable[[argparse.Namespace, Path | None], Answer]] = {
    "protocols": _protocols,
    "dose": _dose,
    "schedule": _schedule,
    "assess": _assess,
    "premedication": _premedication,
    "sheet": _sheet,
    "verify": _verify,
}

if __name__ == "__main__":
    raise SystemExit(main())
