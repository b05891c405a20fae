"""Making a site's copy in the program: a draft text that grows answer by answer, then is brought in.

Every answer is kept in the journal as a new entry, so that nothing typed is lost. A draft is no
protocol: it becomes one only through the reader, by the way every file comes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from il2desk.desk.desk import Desk, new_id
from il2desk.desk.protocol_life import ProtocolVersion, bundle_of, store_version
from il2desk.desk.roles import PROTOCOLS
from il2desk.dosing import Evidence, Refusal, refuse, tell
from il2desk.protocols import (
    COUNTED_BY_PROGRAM,
    Bundle,
    Problem,
    Problems,
    Row,
    SiteSource,
    activation_blockers,
    answered,
    begun,
    data_of,
    load_protocol_text,
    named_parts,
    part_begun,
    problems_of_text,
    rows_of,
    stated,
    unusable,
    with_part,
    without_gap,
)
from il2desk.records import Entry

_TO_CONFIRM = (Evidence.UNCONFIRMED, Evidence.READING, Evidence.PROPOSAL)


@dataclass(frozen=True, slots=True)
class CopyDraft:
    """A copy in the making. `origin` is a specimen's id or the fingerprint of a version.

    `parts` are the texts of the parts that the site copied too ("rulesets/our-rules"). `saved_at` is
    None before the first answer; `step` says what was done last.
    """

    id: str
    origin: str
    text: str
    parts: Mapping[str, str]
    saved_at: datetime | None = None
    saved_by: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class CopyFile:
    """One file of a draft: "" is the protocol. A part that was not copied can only be read."""

    part: str
    text: str
    rows: tuple[Row, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class CopyView:
    """A draft as it stands: its files, what the reader finds wrong, what keeps it from activation."""

    files: tuple[CopyFile, ...]
    problems: tuple[str, ...]
    open_points: tuple[str, ...]


def open_copies(desk: Desk) -> tuple[CopyDraft, ...]:
    """Every draft that was neither brought in nor given up, the one begun first at the front."""
    latest = {
        entry.body["draft"]: entry for entry in desk.journal.entries(kind="protocol-draft-saved")
    }
    for entry in desk.journal.entries(kind="protocol-draft-closed"):
        latest.pop(entry.body["draft"], None)
    return tuple(_draft_of(desk, entry) for entry in latest.values())


def _draft_of(desk: Desk, entry: Entry) -> CopyDraft:
    body = entry.body
    names = {
        one.body["staff"]: one.body["name"] for one in desk.journal.entries(kind="staff-added")
    }
    return CopyDraft(
        body["draft"], body["origin"], body["text"], MappingProxyType(dict(body["parts"])), entry.at,
        names.get(entry.actor, entry.actor), body["step"],
    )  # fmt: skip


def open_copy(desk: Desk, origin: str) -> CopyDraft | Refusal:
    """The open draft of a specimen (id) or version (fingerprint), or a new one; nothing is stored yet."""
    if (refusal := desk.not_allowed(PROTOCOLS)) is not None:
        return refusal
    for draft in open_copies(desk):
        if draft.origin == origin:
            return draft
    bundle = _origin(desk, origin)
    if isinstance(bundle, Refusal):
        return bundle
    text = begun(bundle.text, bundle.protocol.id)
    return CopyDraft(new_id(), origin, text, MappingProxyType({}))


def _origin(desk: Desk, origin: str) -> Bundle | Refusal:
    if origin.startswith("sha256:"):
        return bundle_of(desk, origin)
    bundle = desk.catalogue.bundle_for(origin)
    return Refusal("unknown-protocol", bundle.sentences) if isinstance(bundle, Problems) else bundle


def view_copy(desk: Desk, draft: CopyDraft) -> CopyView:
    """Everything of a draft, read anew."""
    texts = _texts(desk, draft)
    data = data_of(draft.text)
    found = _load(desk, draft)
    files = [CopyFile("", draft.text, rows_of(data, _ages(texts), _unconfirmed(texts)), own=True)]
    files += [
        CopyFile(part, text, rows_of(data_of(text)), own=part in draft.parts)
        for part, text in texts.items()
    ]
    if isinstance(found, Problems):
        return CopyView(tuple(files), found.sentences, ())
    return CopyView(tuple(files), (), activation_blockers(found, practice=desk.practice))


def _texts(desk: Desk, draft: CopyDraft) -> dict[str, str]:
    """The text of every part that the draft names: its own, that of its origin, else the shipped one."""
    stored = _stored_parts(desk, draft)
    texts: dict[str, str] = {}
    for part in named_parts(data_of(draft.text)):
        folder, _, id_ = part.partition("/")
        if part in stored:
            texts[part] = stored[part]
        elif id_ in desk.catalogue.ids(folder):
            found = desk.catalogue.part(folder, id_)
            if not isinstance(found, Problem):
                texts[part] = found.text
    return texts


def _stored_parts(desk: Desk, draft: CopyDraft) -> dict[str, str]:
    origin = _origin(desk, draft.origin) if draft.origin.startswith("sha256:") else None
    kept = origin.parts if isinstance(origin, Bundle) else {}
    return {**kept, **draft.parts}


def _load(desk: Desk, draft: CopyDraft) -> Bundle | Problems:
    name = str(data_of(draft.text).get("id") or "the copy")
    return load_protocol_text(
        draft.text, _stored_parts(desk, draft), desk.catalogue, f"{name}.toml"
    )


def _ages(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The finding codes that the rule sets require, each once."""
    codes: list[str] = []
    for part, text in texts.items():
        required = data_of(text).get("required") if part.startswith("rulesets/") else None
        if isinstance(required, list):
            codes += [str(code) for code in required if code not in COUNTED_BY_PROGRAM]
    return tuple(dict.fromkeys(codes))


def _unconfirmed(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that hold readings and proposals which a site must confirm."""
    return tuple(
        part
        for part, text in texts.items()
        # No dose rests on the definitions of reports, so that nothing waits for their marks.
        if not part.startswith("definitions/")
        and any(one.source and one.source.evidence in _TO_CONFIRM for one in stated(data_of(text)))
    )


def answer_row(
    desk: Desk, draft: CopyDraft, part: str, row: Row, typed: Mapping[str, str], source: SiteSource
) -> CopyDraft | Refusal:
    """Answer a row: a value with its source, or, with no value, that what stands there is confirmed.

    Refused with the reader's own sentences where the file would be wrong at this place.
    """
    text = _own_text(draft, part)
    if isinstance(text, Refusal):
        return text
    given = {key: value.strip() for key, value in typed.items()}
    if (refusal := _unanswered(row, given, source)) is not None:
        return refusal
    named = (
        None if not row.needs_source else SiteSource(source.document.strip(), source.place.strip())
    )
    before = {(one.key, one.text) for one in problems_of_text(part, text)}

    places = (f"{row.field}.", f"{'.'.join(row.path).removesuffix('.value')}.", "sources.")

    def wrong(way: str) -> tuple[str, ...]:
        fresh = [one for one in problems_of_text(part, way) if (one.key, one.text) not in before]
        here = [one for one in fresh if f"{one.key}.".startswith(places)]
        # A value that cannot be read is missing as well: the first says what to do.
        precise = [one for one in here if one.key != row.field] or here
        return tuple(dict.fromkeys(one.text for one in precise))

    ways = answered(text, row, given, named)
    best = min(ways, key=lambda way: len(wrong(way)))
    if wrong(best):
        return Refusal("value", wrong(ways[0]) or wrong(best))
    what = " ".join(value for value in given.values() if value)
    return _saved(desk, draft, part, best, f"{row.name}: {what or 'confirmed as it stands'}")


def _unanswered(row: Row, given: Mapping[str, str], source: SiteSource) -> Refusal | None:
    if row.by_hand:
        return refuse(
            "by-hand", tell("{name}: write it into the text of the file below.", name=row.name)
        )
    if not all(value.isprintable() for value in (*given.values(), source.document, source.place)):
        return refuse("characters", "A sign that cannot be printed was typed. Type the text again.")
    for ask in row.asks:
        if ask.required and not given.get(ask.key):
            return refuse(ask.key, tell("Fill in: {label}.", label=ask.label))
    if row.needs_source and not (source.document.strip() and source.place.strip()):
        return refuse("source", "Name the document and the place in it (section, page or table).")
    return None


def remove_gap(desk: Desk, draft: CopyDraft, part: str, field: str) -> CopyDraft | Refusal:
    """Take a gap off the list because another value fills it; the reader says where that is not so."""
    text = _own_text(draft, part)
    if isinstance(text, Refusal):
        return text
    return _saved(
        desk,
        draft,
        part,
        without_gap(text, field),
        tell("gap {field} taken off the list", field=field),
    )


def copy_part(desk: Desk, draft: CopyDraft, part: str, id_: str) -> CopyDraft | Refusal:
    """Make a part the site's own under another id; the protocol then names that one."""
    texts, folder, new = _texts(desk, draft), part.partition("/")[0], id_.strip()
    if part not in texts or part in draft.parts:
        return refuse("part", tell("{part} is no part that can be copied here.", part=part))
    if not new or new in desk.catalogue.ids(folder) or f"{folder}/{new}" in texts:
        return refuse("id", "Give the copy an id of its own, which no other part has.")
    own = part_begun(texts[part], new)
    wrong = [one.text for one in problems_of_text(f"{folder}/{new}", own) if one.key == "id"]
    if wrong:
        return Refusal("id", tuple(wrong))
    changed = replace(draft, parts=MappingProxyType({**draft.parts, f"{folder}/{new}": own}))
    return _saved(
        desk,
        changed,
        "",
        with_part(draft.text, part, new),
        tell("{part} copied as {new}", part=part, new=new),
    )


def take_text(desk: Desk, draft: CopyDraft, part: str, text: str) -> CopyDraft | Refusal:
    """Take the text of a file as it was written by hand; it may still have problems."""
    old = _own_text(draft, part)
    if isinstance(old, Refusal):
        return old
    if why := unusable(text):
        return refuse("text", why)
    return _saved(desk, draft, part, text, "the text of the file was written by hand")


def _own_text(draft: CopyDraft, part: str) -> str | Refusal:
    if not part:
        return draft.text
    if part not in draft.parts:
        return refuse(
            "part", tell("{part} is shared. Make the site's own copy of it first.", part=part)
        )
    return draft.parts[part]


def _saved(desk: Desk, draft: CopyDraft, part: str, text: str, step: str) -> CopyDraft | Refusal:
    """Keep a new state of the draft; every state before it stays in the journal."""
    if (refusal := desk.not_allowed(PROTOCOLS)) is not None:
        return refusal
    changed = replace(draft, text=text) if not part else replace(
        draft, parts=MappingProxyType({**draft.parts, part: text})
    )  # fmt: skip
    named = named_parts(data_of(changed.text))
    body: dict[str, Any] = {
        "draft": draft.id, "origin": draft.origin, "text": changed.text, "step": step,
        "parts": {name: one for name, one in changed.parts.items() if name in named},
    }  # fmt: skip
    return _draft_of(desk, desk.append("protocol-draft-saved", body))


def close_copy(desk: Desk, draft: CopyDraft) -> Refusal | None:
    """Give a draft up; its states stay in the journal. None where that is done."""
    if (refusal := desk.not_allowed(PROTOCOLS)) is not None:
        return refusal
    if draft.saved_at is not None:
        desk.append("protocol-draft-closed", {"draft": draft.id, "why": "given up"})
    return None


def bring_in_copy(desk: Desk, draft: CopyDraft, token: str) -> ProtocolVersion | Refusal:
    """Bring the draft in as a version, through the same reader as any file; the draft is closed."""
    version = store_version(desk, lambda: _load(desk, draft), token)
    if isinstance(version, ProtocolVersion) and any(
        one.id == draft.id for one in open_copies(desk)
    ):
        body = {"draft": draft.id, "why": "brought in", "fingerprint": version.fingerprint}
        desk.append("protocol-draft-closed", body)
    return version
