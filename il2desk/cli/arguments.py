"""The words a command line may hold: commands, options and their help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, NoReturn

from il2desk.cli.answer import Refused
from il2desk.dosing import tell
from il2desk.words import say

LATER = ("report", "export", "import")
NOW = (
    "protocols", "dose", "schedule", "assess", "premedication", "sheet", "verify", "backup", "restore",
    "downtime",
)  # fmt: skip
NO_DISPLAY = tell(
    "There is no display here, so the window cannot open; the command line works: "
    "il2desk dose npc-bolus --weight 70"
)
USAGE = "il2desk [--practice] [--journal FILE]\n       il2desk COMMAND [...] [--json]"
DESCRIPTION = tell("""Without a command: opens the window.

  --practice      open it on a fresh practice trial with fictional patients
  --journal FILE  any command: use this journal instead of the workstation's""")
EPILOG = tell("""examples:
  il2desk protocols
  il2desk dose npc-bolus --weight 70
  il2desk dose my-copy.toml --weight 70.5 --json
  il2desk schedule npc-bolus --start 2026-03-02T08:00 --zone Europe/Berlin
  il2desk protocols check my-copy.toml

exit codes:
  0  done                        4   verify found something wrong
  2  refused, nothing written    70  a defect; the crash file is named
  3  disk, file or rights failed

`il2desk COMMAND --help` lists the options of a command.""")
DOSE_OPTIONS = (
    ("weight", "KG", tell("dosing weight")),
    ("height", "CM", tell("for doses by body surface area")),
    ("bsa", "M2", tell("body surface area, where only that is known")),
    ("arm", "ARM", tell("the patient's arm, where the protocol has arms")),
    ("cycle", "N", tell("cycle, where the dose depends on it")),
    ("day", "N", tell("day of the cycle")),
    ("month", "N", tell("month, where the dose depends on it")),
    ("product", "ID", tell("another product of the catalogue")),
    ("measure-step", "ML", tell("what the syringe is read to")),
)


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
        raise Refused((tell("{message}. See {prog} --help.", message=message, prog=self.prog),))


def parser() -> argparse.ArgumentParser:
    """Every command with its options and its help."""
    top = _Parser(prog="il2desk", usage=USAGE, description=say(DESCRIPTION), epilog=say(EPILOG))
    commands = top.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True,
        prog="il2desk", parser_class=_Parser,
    )  # fmt: skip

    def command(name: str, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        made.add_argument(
            "--json", action="store_true", help=say("print one JSON object and nothing else")
        )
        return made

    catalogue = command("protocols", say("the catalogue, or with `check`: lint protocol files"))
    catalogue.add_argument("check", nargs="?", choices=["check"], help=say("look at files instead"))
    catalogue.add_argument("files", nargs="*", type=Path, metavar="FILE")
    catalogue.add_argument("--against", metavar="PROTOCOL", help=say("with `check`: what changed"))
    _dose_options(command("dose", say("derive one dose and show the working")))
    plan = command("schedule", say("the planned doses of one cycle"))
    _protocol(plan)
    _begin(plan)
    plan.add_argument("--arm", help=say("the patient's arm, where the protocol has arms"))
    check = command("assess", say("the verdict of a rule set on findings"))
    check.add_argument("ruleset", metavar="RULESET", help=say("id, as jitc-2014"))
    check.add_argument("findings", type=Path, metavar="FINDINGS.json")
    check.add_argument("--weight", metavar="KG", help=say("dosing weight, for limits per kg"))
    items = command("premedication", say("the checklist with computed amounts and daily maxima"))
    _protocol(items)
    items.add_argument("--weight", metavar="KG", help=say("dosing weight, for amounts per kg"))
    items.add_argument("--arm", help=say("the patient's arm, where the protocol has arms"))
    sheet = command("sheet", say("a specimen cycle sheet as PDF"))
    _dose_options(sheet)
    _begin(sheet)
    sheet.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FILE.pdf",
        help=say("a new file; never replaced"),
    )
    copy = command("backup", say("copy the journal, read the copy back, and keep its last hash"))
    copy.add_argument(
        "--to", type=Path, metavar="FOLDER", help=say("this folder instead of the journal's own")
    )
    back = command("restore", say("put a backup in the journal's place; two people sign"))
    back.add_argument("backup", type=Path, metavar="FILE", help=say("a file of the backups"))
    blank = command("downtime", say("the blank sheet to write on while the computer cannot store"))
    blank.add_argument("--paper", choices=["A4", "Letter"], default="A4", help=say("A4 or Letter"))
    blank.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FILE.pdf",
        help=say("a new file; never replaced"),
    )
    verify = command("verify", "say whether this installation is sound")
    verify.add_argument(
        "--out", type=Path, metavar="FILE.pdf", help=say("the qualification record, in a new file")
    )
    verify.add_argument("--paper", choices=["A4", "Letter"], default="A4", help=say("A4 or Letter"))
    return top


def _protocol(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("protocol", metavar="PROTOCOL", help=say("id, or path of a protocol file"))


def _begin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--start", required=True, help=say("local time of dose 1, or of day 1"))
    parser.add_argument("--zone", required=True, help=say("time zone, as Europe/Berlin"))
    parser.add_argument(
        "--policy", choices=["elapsed", "clock"], help=say("else the site's or elapsed")
    )


def _dose_options(parser: argparse.ArgumentParser) -> None:
    _protocol(parser)
    for name, unit, words in DOSE_OPTIONS:
        parser.add_argument(f"--{name}", metavar=unit, help=say(words))
    parser.add_argument("--vial-rule", choices=["withdrawable", "content"])
    parser.add_argument("--paper", choices=["A4", "Letter"], default="A4", help=say("for sheets"))
