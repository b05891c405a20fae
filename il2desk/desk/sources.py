"""From a printed number to its document: every source, whole, with what rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from il2desk.desk.desk import Desk
from il2desk.desk.field_words import field_in_words
from il2desk.desk.protocol_life import bundle_of
from il2desk.dosing import Refusal
from il2desk.protocols import FileSources, Problems, UsedSource, sources_of


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source. `printed` is how working and sheet print it, `citation` the whole document.

    `fields` are the values that rest on it, in words.
    """

    printed: str
    citation: str
    place: str
    mark: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """The sources of one file. `citation` is what a protocol as a whole cites, else empty.

    `unread` are documents that nobody has read, each with the gaps that it would fill.
    """

    kind: str
    id: str
    title: str
    citation: str
    entries: tuple[SourceEntry, ...]
    unread: tuple[tuple[str, tuple[str, ...]], ...]


def catalogue_sources(desk: Desk) -> tuple[SourceGroup, ...]:
    """The sources of every shipped file. Raises CatalogueFault where one is damaged."""
    return _groups(desk.catalogue.sources())


def version_sources(desk: Desk, fingerprint: str) -> tuple[SourceGroup, ...] | Refusal:
    """The sources of a protocol version of this journal, and of every file it names."""
    bundle = bundle_of(desk, fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    read = [
        sources_of(name, text)
        for name, text in (("protocol", bundle.text), *sorted(bundle.parts.items()))
    ]
    problems = tuple(
        sentence for one in read if isinstance(one, Problems) for sentence in one.sentences
    )
    if problems:
        return Refusal("protocol", problems)
    return _groups(one for one in read if isinstance(one, FileSources))


def _groups(files: Iterable[FileSources]) -> tuple[SourceGroup, ...]:
    return tuple(
        SourceGroup(
            one.kind,
            one.id,
            one.title,
            one.citation,
            tuple(_entry(used) for used in one.sources),
            _unread(one),
        )
        for one in files
    )


def _unread(one: FileSources) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where the gaps of a file would be filled from, in the order of the gaps."""
    found: dict[str, list[str]] = {}
    for gap in one.gaps:
        found.setdefault(gap.fill_from, []).append(gap.name)
    return tuple((where, tuple(names)) for where, names in found.items())


def _entry(used: UsedSource) -> SourceEntry:
    source = used.source
    return SourceEntry(
        printed=source.cite(),
        citation=source.citation or source.document,
        place=source.place,
        mark=source.evidence.in_words,
        fields=tuple(field_in_words(field) for field in used.fields),
    )
