"""Questions at the terminal. They go to standard error; standard output holds the answer only."""

from __future__ import annotations

import getpass
import sys

from il2desk.cli.answer import Refused
from il2desk.dosing import tell
from il2desk.words import say


def ask(prompt: str, unasked: str | None) -> str:
    """One line that was typed, without blanks around it; refused with `unasked` where none comes.

    Where nothing has to be answered, `unasked` is None and an empty line is an answer.
    """
    print(say(prompt), end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline().strip() if sys.stdin is not None else ""
    if not line and unasked is not None:
        raise Refused((unasked,))
    return line


def ask_hidden(prompt: str, unasked: str | None) -> str:
    """What is typed unseen; a program that pipes it in as a line is answered like a person."""
    if sys.stdin is None or not sys.stdin.isatty():
        return ask(prompt, unasked)
    try:
        return getpass.getpass(say(prompt), stream=sys.stderr)
    except EOFError:
        raise Refused((unasked or tell("Nothing was typed."),)) from None


def tell_line(text: str) -> None:
    """Say a line to whoever is asked."""
    print(say(text), file=sys.stderr, flush=True)
