"""Questions at the terminal. They go to standard error; standard output holds the answer only."""

from __future__ import annotations

import getpass
import sys

from il2desk.cli.answer import Refused


def ask(prompt: str, unasked: str) -> str:
    """One line that was typed, without blanks around it; refused with `unasked` where none comes."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.strip():
        raise Refused((unasked,))
    return line.strip()


def ask_hidden(prompt: str, unasked: str) -> str:
    """What is typed unseen; a program that pipes it in as a line is answered like a person."""
    if sys.stdin is None or not sys.stdin.isatty():
        return ask(prompt, unasked)
    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:
        raise Refused((unasked,)) from None


def tell(text: str) -> None:
    """Say a line to whoever is asked."""
    print(text, file=sys.stderr, flush=True)
