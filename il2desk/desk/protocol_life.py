"""Protocols of the site: brought in as a file, reviewed, activated by two people, frozen from then on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from il2desk.desk.code_words import shown
from il2desk.desk.desk import Desk
from il2desk.desk.place import TwoSignatures
from il2desk.desk.roles import ACTIVATE, PROTOCOLS
from il2desk.dosing import Refusal, refuse, tell, write_date
from il2desk.protocols import Bundle, Problems, activation_blockers, load_protocol_text
from il2desk.records import Entry

FROZEN = ("active", "superseded", "withdrawn")
"""A version number that has come so far means one text for ever."""

_STATUS_AFTER = {
    "protocol-brought-in": "draft",
    "protocol-submitted": "under review",
    "protocol-sent-back": "draft",
    "protocol-activated": "active",
    "protocol-withdrawn": "withdrawn",
}


@dataclass(frozen=True, slots=True)
class ProtocolVersion:
    """A protocol version of this journal.

    `status` is "draft", "under review", "active", "superseded" or "withdrawn"; `since` is when it
    came to that (UTC), `reason` why it was sent back or withdrawn.
    """

    entry: str
    protocol: str
    title: str
    version: str
    fingerprint: str
    status: str
    brought_in_by: str
    gaps: tuple[str, ...]
    since: datetime
    reason: str = ""


def versions(desk: Desk) -> tuple[ProtocolVersion, ...]:
    """Every version brought in, oldest first; of each id at most one is active."""
    entries = [entry for kind in _STATUS_AFTER for entry in desk.journal.entries(kind=kind)]
    found: dict[str, ProtocolVersion] = {}
    for entry in sorted(entries, key=lambda one: one.sequence):
        fingerprint, status = entry.body["fingerprint"], _STATUS_AFTER[entry.kind]
        if status == "active":
            _supersede(found, fingerprint, entry.at)
        if entry.kind == "protocol-brought-in":
            found[fingerprint] = _brought_in(entry)
        else:
            found[fingerprint] = replace(
                found[fingerprint], status=status, since=entry.at, reason=entry.reason
            )
    return tuple(found.values())


def _supersede(found: dict[str, ProtocolVersion], newer: str, at: datetime) -> None:
    """The version that was active until now makes room for the newer one of its id."""
    for fingerprint, version in found.items():
        if version.status == "active" and version.protocol == found[newer].protocol:
            found[fingerprint] = replace(version, status="superseded", since=at)


def _brought_in(entry: Entry) -> ProtocolVersion:
    body = entry.body
    return ProtocolVersion(
        entry.id, body["protocol"], body["title"], body["version"], body["fingerprint"], "draft",
        entry.actor, tuple(body["gaps"]), entry.at,
    )  # fmt: skip


def bring_in(desk: Desk, path: Path, token: str) -> ProtocolVersion | Refusal:
    """Store a site copy of a protocol as a draft. Nothing is stored from a file with a problem."""
    return store_version(desk, lambda: desk.catalogue.bundle_for(path), token)


def store_version(
    desk: Desk, read: Callable[[], Bundle | Problems], token: str
) -> ProtocolVersion | Refusal:
    """Store what `read` gives as a draft version; every way in goes through here."""
    if (refusal := desk.not_allowed(PROTOCOLS)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "protocol-brought-in")) is not None:
        return known(desk, stored.body["fingerprint"])
    bundle = read()
    if isinstance(bundle, Problems):
        return Refusal("protocol-file", bundle.sentences)
    protocol = bundle.protocol
    if any(version.fingerprint == protocol.fingerprint for version in versions(desk)):
        return refuse(
            "known",
            tell(
                "{title} version {version} is here already, unchanged.",
                title=protocol.title,
                version=protocol.version,
            ),
        )
    if (refusal := frozen(desk, protocol.id, protocol.version)) is not None:
        return refusal
    body = {
        "protocol": protocol.id, "title": protocol.title, "version": protocol.version,
        "fingerprint": protocol.fingerprint, "text": bundle.text, "parts": dict(bundle.parts),
        "gaps": [gap.name for gap in protocol.gaps],
    }  # fmt: skip
    desk.append(
        "protocol-brought-in", body, form_token=token, protocol_fingerprint=protocol.fingerprint
    )
    return known(desk, protocol.fingerprint)


def known(desk: Desk, fingerprint: str) -> ProtocolVersion:
    """The version with this fingerprint, which is in the journal."""
    return next(found for found in versions(desk) if found.fingerprint == fingerprint)


def version_of(desk: Desk, fingerprint: str) -> ProtocolVersion | Refusal:
    """The version with this fingerprint, or a refusal where the journal holds none."""
    for found in versions(desk):
        if found.fingerprint == fingerprint:
            return found
    return refuse("unknown-version", "This version is not in the journal. Bring the file in first.")


def frozen(desk: Desk, protocol: str, version: str) -> Refusal | None:
    """Refused where this version number stands for a text that can never change."""
    for found in versions(desk):
        if (found.protocol, found.version) == (protocol, version) and found.status in FROZEN:
            return refuse(
                "version-frozen",
                tell(
                    "{protocol} version {version} is {status} here and can never change. Give the changed file a new version.",
                    protocol=protocol,
                    version=version,
                    status=found.status,
                ),
            )
    return None


def blockers(desk: Desk, fingerprint: str) -> tuple[str, ...]:
    """What keeps a version from being activated, one sentence each; empty when nothing does."""
    bundle = bundle_of(desk, fingerprint)
    if isinstance(bundle, Refusal):
        return bundle.reasons
    return activation_blockers(bundle, practice=desk.practice)


def activate(
    desk: Desk, fingerprint: str, signed: TwoSignatures, token: str
) -> ProtocolVersion | Refusal:
    """Activate a version under review: two different people who both checked it.

    It never changes afterwards; the version of the same id that was active is superseded.
    """
    if (refusal := desk.not_allowed(ACTIVATE)) is not None:
        return refusal
    stored = desk.stored_before(token, "protocol-activated", protocol_fingerprint=fingerprint)
    if stored is not None:
        return known(desk, fingerprint)
    if (refusal := signed.refusal(desk, ACTIVATE)) is not None:
        return refusal
    version = version_of(desk, fingerprint)
    if isinstance(version, Refusal):
        return version
    if version.status != "under review":
        return refuse(
            "not-under-review",
            tell(
                "This version is {status}. Two people activate a version that was submitted for review.",
                status=shown(version.status),
            ),
        )
    if (refusal := frozen(desk, version.protocol, version.version)) is not None:
        return refusal
    open_points = (*blockers(desk, fingerprint), *_too_soon(desk, fingerprint))
    if open_points:
        return Refusal("activation-blocked", open_points)
    body = {
        "protocol": version.protocol, "version": version.version, "fingerprint": fingerprint,
        "signatures": signed.body(),
    }  # fmt: skip
    desk.append(
        "protocol-activated",
        body,
        form_token=token,
        protocol_fingerprint=fingerprint,
    )
    return known(desk, fingerprint)


def _too_soon(desk: Desk, fingerprint: str) -> tuple[str, ...]:
    """Why a version cannot be in force yet: from activation on every new cycle is planned by it."""
    bundle = bundle_of(desk, fingerprint)
    if isinstance(bundle, Refusal) or bundle.effective is None:
        return ()
    if bundle.effective <= desk.now().date():
        return ()
    day = write_date(bundle.effective)
    return (
        tell("This version is effective from {day}. Activate it on that day or later.", day=day),
    )


def active_version(desk: Desk, protocol: str) -> ProtocolVersion | Refusal:
    """The active version of a protocol id, or what is missing before one can be planned from."""
    for version in versions(desk):
        if version.protocol == protocol and version.status == "active":
            return version
    if (withdrawn := _withdrawn(desk, protocol)) is not None:
        return withdrawn
    specimen = desk.catalogue.bundle_for(protocol)
    if isinstance(specimen, Problems):
        return refuse(
            "unknown-protocol",
            tell(
                "{protocol} is not a protocol of this journal. Choose another.", protocol=protocol
            ),
        )
    gaps = "; ".join(gap.name for gap in specimen.protocol.gaps if gap.blocks)
    return refuse(
        "specimen",
        tell(
            "{title} is a specimen: it computes, but no patient can be planned from it.",
            title=specimen.protocol.title,
        ),
        tell("Missing in it: {gaps}.", gaps=gaps) if gaps else "It has not been activated.",
        "Make the site's copy, fill these gaps, bring it in under Protocols and have two people activate it.",
    )


def _withdrawn(desk: Desk, protocol: str) -> Refusal | None:
    """Refused where the version used last was withdrawn and no other is active."""
    gone = [one for one in versions(desk) if (one.protocol, one.status) == (protocol, "withdrawn")]
    if not gone:
        return None
    last = max(gone, key=lambda one: one.since)
    return refuse(
        "withdrawn",
        tell(
            "{protocol} version {version} was withdrawn on {date}: {reason}",
            protocol=protocol,
            version=last.version,
            date=write_date(desk.local(last.since).date()),
            reason=last.reason,
        ),
        "Nothing new can be planned or ordered from it. Activate another version under Protocols.",
    )


def bundle_of(desk: Desk, fingerprint: str) -> Bundle | Refusal:
    """The protocol version as it was brought in, with every set it points at."""
    if fingerprint in desk.bundles:
        return desk.bundles[fingerprint]
    for entry in desk.journal.entries(kind="protocol-brought-in"):
        if entry.body["fingerprint"] == fingerprint:
            bundle = load_protocol_text(entry.body["text"], entry.body["parts"])
            if isinstance(bundle, Problems):
                return Refusal("protocol-unreadable", bundle.sentences)
            if bundle.protocol.fingerprint != fingerprint:
                return refuse(
                    "fingerprint",
                    "The stored protocol does not match its fingerprint. Stop, run verify.",
                )
            desk.bundles[fingerprint] = bundle
            return bundle
    return refuse("unknown-version", "This protocol version is not in the journal.")
