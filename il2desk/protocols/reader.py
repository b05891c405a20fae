"""One TOML text while it is read: its problems with their lines, its sources, its marks."""

from __future__ import annotations

from datetime import date

import tomli

from il2desk.dosing import Evidence, Source, tell
from il2desk.protocols.locator import KeyPath, line_of, line_of_syntax_error
from il2desk.protocols.problems import Problem

END_MARK = "# end of file"
"""The last line of every file: a file that was cut off does not have it."""


class BinaryFraction:
    """Stands where the file holds a TOML float, so that none is ever made."""

    def __init__(self, written: str) -> None:
        self.written = written


class Reader:
    """The problems, the sources and the evidence marks of one file while it is read.

    `uses` are the fields with the name of the source that each rests on.
    """

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text.replace("\r\n", "\n")
        self.problems: list[Problem] = []
        self.marks: list[tuple[str, Evidence]] = []
        self.sources: dict[str, Source] = {}
        self.source_dates: dict[str, date] = {}
        self.content: dict[str, object] = {}
        self.uses: list[tuple[str, str]] = []

    def problem(self, path: KeyPath, text: str) -> None:
        """Keep a problem at the key."""
        line = line_of(self.text, path)
        self.problems.append(Problem(self.file, line, ".".join(path), text))

    def data(self) -> dict[str, object]:
        """The parsed text, kept as `content`; empty and with a problem where it cannot be parsed."""
        try:
            data = tomli.loads(self.text, parse_float=BinaryFraction)
        except (ValueError, RecursionError) as error:
            line = line_of_syntax_error(self.text, str(error))
            text = tell(
                "this is not valid TOML, or the file was cut off ({error}). Mend this line.",
                error=error,
            )
            self.problems.append(Problem(self.file, line, "", text))
            return {}
        if not self.text.rstrip().endswith(f"\n{END_MARK}"):
            last = self.text.rstrip().count("\n") + 1
            text = tell(
                'the file was cut off: its last line is not "{end_mark}". Take a whole copy.',
                end_mark=END_MARK,
            )
            self.problems.append(Problem(self.file, last, "", text))
        self.content = data
        return data
