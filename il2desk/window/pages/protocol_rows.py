"""What the list of protocols shows: the site's versions, then the catalogue's specimens."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.desk import (
    Desk,
    Difference,
    ProtocolVersion,
    blockers,
    bundle_named,
    bundle_of,
    field_in_words,
    versions,
)
from il2desk.dosing import Refusal
from il2desk.window.spoken import spoken, spoken_all
from il2desk.words import say

SHORT = 17  # two groups are enough to tell two versions apart in a list
_GROUP = 8
_DONE = ("active", "superseded")


@dataclass(frozen=True, slots=True)
class Listed:
    """A protocol in the list. `version` is None for a specimen; `open_points` are whole sentences.

    `text` is its file as it was read, for whoever compares it with the document.
    """

    id: str
    title: str
    number: str
    status: str
    open_points: tuple[str, ...]
    doubts: tuple[str, ...]
    text: str
    version: ProtocolVersion | None

    def missing(self) -> str:
        """How many points are open, in words; of a withdrawn version, why it was withdrawn."""
        count = len(self.open_points)
        if self.version is not None and self.version.status == "withdrawn":
            return self.version.reason
        if self.version is not None and self.version.status in _DONE:
            print_ = in_groups(self.version.fingerprint)[:SHORT]
            return say("nothing; fingerprint {print}", print=print_)
        if count == 0:
            return say("nothing")
        return say("1 thing missing") if count == 1 else say("{n} things missing", n=count)


def where_in_words(found: Difference) -> str:
    """Where two versions differ, in words, with the place in the file for whoever opens it."""
    words = field_in_words(found.where)
    if found.kind == "part" or words == found.where:
        return found.where
    return f"{spoken(words)} ({found.where})"


def listed(desk: Desk) -> tuple[Listed, ...]:
    """Everything there is: this journal's versions, newest first, then the shipped specimens."""
    own = tuple(_of_version(desk, version) for version in reversed(versions(desk)))
    return (*own, *(_specimen(desk, id_) for id_ in desk.catalogue.ids()))


def _of_version(desk: Desk, version: ProtocolVersion) -> Listed:
    bundle = bundle_of(desk, version.fingerprint)
    is_draft = version.status in ("draft", "under review")
    readable = not isinstance(bundle, Refusal)
    return Listed(
        id=version.fingerprint,
        title=version.title,
        number=version.version,
        status=version.status,
        open_points=blockers(desk, version.fingerprint) if is_draft or not readable else (),
        doubts=()
        if isinstance(bundle, Refusal)
        else tuple(f"{one.key}: {spoken(one.text)}" for one in bundle.doubts),
        text="" if isinstance(bundle, Refusal) else _whole_text(bundle.text, dict(bundle.parts)),
        version=version,
    )


def _specimen(desk: Desk, id_: str) -> Listed:
    bundle = bundle_named(desk.catalogue, id_)
    if isinstance(bundle, Refusal):
        return Listed(id_, id_, "", "", bundle.reasons, (), "", None)
    protocol = bundle.protocol
    gaps = tuple(gap.sentence() for gap in protocol.gaps)
    text = _whole_text(bundle.text, dict(bundle.parts))
    return Listed(id_, protocol.title, protocol.version, protocol.status, gaps, (), text, None)


def _whole_text(text: str, parts: dict[str, str]) -> str:
    """The protocol's file, then every file it names."""
    return spoken_all((text, *(f"# {name}\n{part}" for name, part in parts.items())), "\n")


def in_groups(fingerprint: str) -> str:
    """A fingerprint in groups that eyes can compare and lines can break between."""
    digits = fingerprint.removeprefix("sha256:")
    return spoken_all(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
