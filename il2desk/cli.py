"""The command line: the window's quiet twin, for validation, scripts and hospital IT.

Exit codes: 0 done, 2 refused, 3 the environment failed, 4 verify found something wrong, 70 a defect.
On 2, 3 and 70 nothing is written to standard output.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

DONE, REFUSED, ENVIRONMENT, WRONG, DEFECT = 0, 2, 3, 4, 70
LATER = ("report", "export", "import", "backup", "restore")
NOW = ("protocols", "dose", "schedule", "assess", "premedication", "sheet", "verify")


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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Refused((f"{message}. See il2desk --help.",))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        return _run(words)
    except _Refused as refused:
        return _say(refused.reasons, REFUSED)
    except SystemExit as leaving:  # argparse after --help
        return int(leaving.code or 0)
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
        from il2desk.window import run_window  # noqa: PLC0415 - Qt only where a window is opened

        return run_window(journal, practice=practice)
    options = _parser().parse_args(rest)
    answer: Answer = _COMMANDS[options.command](options, journal)
    if options.json:
        print(json.dumps(answer.object, ensure_ascii=False, indent=2))
    else:
        print(answer.text)
    return answer.code


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
        elif word == "--journal":
            if not left:
                raise _Refused(("--journal needs a file. Name the journal to use.",))
            journal = Path(left.pop(0))
        elif word.startswith("--journal="):
            journal = Path(word.partition("=")[2])
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


def _say(reasons: tuple[str, ...], code: int) -> int:
    for reason in reasons:
        print(reason.replace("\u00a0", " "), file=sys.stderr)
    return code


def _fault(error: Exception) -> int:
    """An environment fault says what is safe; anything else is ours, with a crash file."""
    if hasattr(error, "what") and hasattr(error, "safe") and hasattr(error, "do"):
        code = REFUSED if getattr(error, "refused", False) else ENVIRONMENT
        return _say((f"{error.what} {error.safe} {error.do}",), code)
    if isinstance(error, BrokenPipeError):
        return ENVIRONMENT
    if isinstance(error, OSError):
        named = f" ({error.filename})" if error.filename else ""
        return _say(
            (
                f"{error.strerror or error}{named}. Nothing was written. Check the disk, the folder and your rights.",
            ),
            ENVIRONMENT,
        )
    from il2desk.desk import write_crash_file  # noqa: PLC0415

    place = write_crash_file(error)
    return _say(
        (
            f"A defect in the program stopped this command. Nothing was written. Crash file: {place}",
        ),
        DEFECT,
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="il2desk", allow_abbrev=False, description="Without a command: opens the window."
    )
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    def command(name: str, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        made.add_argument(
            "--json", action="store_true", help="print one JSON object and nothing else"
        )
        return made

    catalogue = command("protocols", "the catalogue, or: protocols check FILE...")
    catalogue.add_argument("check", nargs="?", choices=["check"])
    catalogue.add_argument("files", nargs="*", type=Path)
    _dose_options(command("dose", "derive one dose and show the working"))
    plan = command("schedule", "the planned doses of one cycle")
    plan.add_argument("protocol")
    plan.add_argument("--start", required=True, help="local time, as 2026-03-02T08:00")
    plan.add_argument("--zone", required=True, help="IANA name, as Europe/Berlin")
    plan.add_argument("--arm")
    plan.add_argument("--policy", default="elapsed", choices=["elapsed", "clock"])
    check = command("assess", "the verdict of a rule set on findings")
    check.add_argument("ruleset")
    check.add_argument("findings", type=Path)
    check.add_argument("--weight")
    items = command("premedication", "the checklist with computed amounts")
    items.add_argument("protocol")
    items.add_argument("--weight")
    items.add_argument("--arm")
    sheet = command("sheet", "a specimen cycle sheet as PDF")
    _dose_options(sheet)
    sheet.add_argument("--start", required=True)
    sheet.add_argument("--zone", required=True)
    sheet.add_argument("--policy", default="elapsed", choices=["elapsed", "clock"])
    sheet.add_argument("--out", required=True, type=Path)
    verify = command("verify", "is this installation sound?")
    verify.add_argument("--out", type=Path, help="the qualification record (comes later)")
    return parser


def _dose_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("protocol", help="catalogue id, or path of a protocol file")
    for name in (
        "weight",
        "height",
        "bsa",
        "arm",
        "cycle",
        "day",
        "month",
        "product",
        "measure-step",
    ):
        parser.add_argument(f"--{name}")
    parser.add_argument("--vial-rule", choices=["withdrawable", "content"])
    parser.add_argument("--paper", choices=["A4", "Letter"], default="A4")


def _or_refused(value: Any) -> Any:  # noqa: ANN401 - any answer of the desk
    """The value, or the refusal raised."""
    from il2desk.dosing import Refusal  # noqa: PLC0415

    if isinstance(value, Refusal):
        raise _Refused(value.reasons)
    return value


def _protocols(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk.desk import catalogue_answer, check_protocol_files, open_catalogue  # noqa: PLC0415

    catalogue = open_catalogue()
    if options.check:
        if not options.files:
            raise _Refused(("Name the protocol files to check.",))
        return Answer(*_or_refused(check_protocol_files(catalogue, options.files)))
    found = catalogue_answer(catalogue)
    lines = [
        f"{one['id']:<18} version {one['version']}  {one['status']}\n    {one['title']}\n    {one['source']}"
        + "".join(f"\n    gap: {gap}" for gap in one["gaps"])
        for one in found["protocols"]
    ]
    return Answer(found, "\n".join(lines))


def _question(options: argparse.Namespace) -> Any:  # noqa: ANN401 - a DoseQuestion, imported late
    from il2desk.desk import DoseQuestion  # noqa: PLC0415

    return DoseQuestion(
        options.protocol, options.weight, options.height, options.arm, options.cycle, options.day,
        options.month, options.product, options.measure_step, options.vial_rule, options.bsa,
    )  # fmt: skip


def _dose(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk.desk import ask_dose, dose_answer, dose_text, open_catalogue  # noqa: PLC0415

    dose = _or_refused(ask_dose(open_catalogue(), _question(options)))
    return Answer(dose_answer(dose), dose_text(dose))


def _schedule(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk.desk import ask_schedule, open_catalogue, schedule_answer  # noqa: PLC0415

    asked = (options.protocol, options.arm, options.start, options.zone, options.policy)
    found = schedule_answer(_or_refused(ask_schedule(open_catalogue(), *asked)))
    lines = [f"dose {dose['number']:>2}  {dose['local']}  {dose['utc']}" for dose in found["doses"]]
    change = found["clock_change"]
    return Answer(found, "\n".join(lines + ([] if change is None else [change["text"]])))


def _assess(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk.desk import ask_verdict, assessment_answer, findings_from_file, open_catalogue  # noqa: PLC0415

    raw = _or_refused(findings_from_file(options.findings))
    verdict = _or_refused(ask_verdict(open_catalogue(), options.ruleset, raw, options.weight))
    found = assessment_answer(verdict)
    lines = [found["text"], f"Rule set {found['ruleset']}; {found['age']}."]
    lines += [
        f"  {row['result']:<8} {row['code']}: {row['limit']}; value {row['value'] or 'none'}"
        for row in found["criteria"]
    ]
    return Answer(found, "\n".join(lines))


def _premedication(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk.desk import ask_premedication, open_catalogue, premedication_answer  # noqa: PLC0415

    asked = (options.protocol, options.arm, options.weight)
    items = [
        premedication_answer(item)
        for item in _or_refused(ask_premedication(open_catalogue(), *asked))
    ]
    lines = [
        f"{item['name']}: {item['dose'] or 'amount is a gap'} {item['unit'] or ''}, {item['route'] or 'route is a gap'}, "
        f"{item['timing']}; {item['source']}"
        for item in items
    ]
    return Answer({"items": items}, "\n".join(lines))


def _sheet(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk.desk import open_catalogue, specimen_cycle_sheet, write_new_file  # noqa: PLC0415

    begin = (options.start, options.zone, options.policy)
    pdf = _or_refused(
        specimen_cycle_sheet(open_catalogue(), _question(options), begin, options.paper)
    )
    _or_refused(write_new_file(options.out, pdf))
    return Answer(
        {"file": str(options.out), "bytes": len(pdf)},
        f"Specimen cycle sheet written to {options.out}.",
    )


def _verify(options: argparse.Namespace, journal: Path | None) -> Answer:
    from il2desk.desk import verify_installation  # noqa: PLC0415

    if options.out is not None:
        raise _Refused(
            ("verify --out is not part of this version; the qualification record comes later.",)
        )
    found = verify_installation(journal)
    lines = [
        f"{'ok   ' if check['ok'] else 'WRONG'} {check['name']}: {check['detail']}"
        for check in found["checks"]
    ]
    return Answer(found, "\n".join(lines), DONE if found["ok"] else WRONG)


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
