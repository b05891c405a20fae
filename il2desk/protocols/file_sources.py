"""The sources of one file: what each document is, and which values of the file rest on it."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.dosing import Gap, Protocol, tell
from il2desk.protocols.file_kinds import PARSERS, kind_of
from il2desk.protocols.problems import Problem, Problems
from il2desk.protocols.sourced_values import UsedSource


@dataclass(frozen=True, slots=True)
class FileSources:
    """A file with its sources and gaps. `citation` is what a protocol as a whole cites, else empty."""

    kind: str
    id: str
    title: str
    sources: tuple[UsedSource, ...]
    citation: str = ""
    gaps: tuple[Gap, ...] = ()


def sources_of(file: str, text: str) -> FileSources | Problems:
    """The sources of a file of any kind, or every problem of it."""
    kind = kind_of(text)
    if kind is None:
        return Problems(
            (Problem(file, 0, "kind", tell("this is no kind of file that is known here.")),)
        )
    parsed = PARSERS[kind](file, text, None)
    if parsed.problems:
        return Problems(parsed.problems)
    found = parsed.value
    title = found.name if kind in ("product", "companion product") else found.title
    citation = found.source if isinstance(found, Protocol) else ""
    return FileSources(kind, found.id, title, parsed.sources, citation, getattr(found, "gaps", ()))
