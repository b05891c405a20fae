"""The topic of sources: from what a working prints to the whole document, as markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from il2desk.desk import (
    CatalogueFault,
    SourceEntry,
    SourceGroup,
    catalogue_sources,
    version_sources,
)
from il2desk.dosing import Refusal, tell
from il2desk.window.office import Office
from il2desk.window.spoken import spoken_all
from il2desk.words import say

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+.!|~&-])")

ENTERED = (
    (
        "measured, actual body weight",
        tell("The dosing weight as it was entered; nothing is corrected."),
    ),
    (
        "site rule",
        tell(
            "A rule that the site wrote in its copy of the protocol: see site rule under its sources."
        ),
    ),
    ("entered", tell("The body surface as it was entered; nothing is worked out from it.")),
    (
        tell("Mosteller; the source names no formula, so the formula is a site choice"),
        tell("Mosteller's formula for the body surface: the square root of (cm x kg / 3,600)."),
    ),
    (
        "dose arithmetic",
        tell(
            "A rule of this program's arithmetic, with its section: see the topic Dose arithmetic."
        ),
    ),
)
"""What a working names instead of a document, and what it means."""


def sources_text(office: Office, version: str = "") -> str:
    """The whole topic, or what is damaged; a version of this journal (its fingerprint) comes first."""
    try:
        return _whole(office, version)
    except CatalogueFault as fault:
        said = (_plain(text) for text in (fault.what, fault.safe, fault.do))
        return spoken_all((f"# {title()}", *said), "\n\n")


def _whole(office: Office, version: str) -> str:
    lines = [f"# {title()}", "", say("Every value names its document, place and mark."), ""]
    lines += [
        say(
            "What stands behind a line of a working is the bold line here; Find in help takes any "
            "part of it."
        ),
        "",
    ]
    if version:
        found = version_sources(office.desk, version)
        if isinstance(found, Refusal):
            lines += [_plain(found.text), ""]
        else:
            lines += _groups(found)
    lines += _groups(catalogue_sources(office.desk))
    lines += [f"### {say('What is no document')}", ""]
    for printed, meaning in ENTERED:
        lines += [f"**{_plain(printed)}**", "", f"* {_plain(say(meaning))}", ""]
    return spoken_all(lines, "\n")


def title() -> str:
    """The topic's name."""
    return say("Sources")


def group_start(id_: str, kind: str = "protocol") -> str:
    """How the heading of a file's sources begins, to be looked for in the topic."""
    return f"{kind[:1].upper()}{kind[1:]} {id_}:"


def _groups(groups: Iterable[SourceGroup]) -> list[str]:
    lines: list[str] = []
    for group in groups:
        lines += [f"### {_plain(f'{group_start(group.id, group.kind)} {group.title}')}", ""]
        if group.citation:
            lines += [say("Cited as a whole: {citation}", citation=_plain(group.citation)), ""]
        for entry in group.entries:
            lines += _entry(entry)
        for where, names in group.unread:
            lines += [f"**{_plain(where)}**", ""]
            lines += [
                f"* {say('Not read; gaps that it would fill')}: {_plain(spoken_all(names, '; '))}",
                "",
            ]
    return lines


def _entry(entry: SourceEntry) -> list[str]:
    rests = spoken_all(entry.fields, "; ") if entry.fields else say("nothing")
    return [
        f"**{_plain(entry.printed)}**",
        "",
        f"* {say('Document')}: {_plain(entry.citation)}",
        f"* {say('Place')}: {_plain(entry.place)}",
        f"* {say('Mark')}: {_plain(entry.mark)}",
        f"* {say('What rests on it')}: {_plain(rests)}",
        "",
    ]


def _plain(text: str) -> str:
    """The text as markdown that shows it to the letter."""
    return _MARKUP.sub(r"\\\1", text)


def unmarked(markdown: str) -> str:
    """The markdown as it reads, near enough to search in."""
    return re.sub(r"\\(.)", r"\1", markdown).replace("**", "")
