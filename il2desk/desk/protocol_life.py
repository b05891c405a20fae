"""Protocols of the site: brought in as a file, activated by two people, frozen from then on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from il2desk.desk.desk import Desk
from il2desk.desk.place import TwoSignatures
from il2desk.dosing import Refusal, refuse
from il2desk.protocols import Bundle, Problems, activation_blockers, load_protocol_text
from il2desk.records import Entry


@dataclass(frozen=True, slots=True)
class ProtocolVersion:
    """A protocol version of this journal. `status` is "draft", "active" or "superseded"."""

    entry: str
    protocol: str
    title: str
    version: str
    fingerprint: str
    status: str
    brought_in_by: str
    gaps: tuple[str, ...]


def versions(desk: Desk) -> tuple[ProtocolVersion, ...]:
    """Every version brought in, oldest first; the last activated one of an id is active."""
    activated = [
        entry.body["fingerprint"] for entry in desk.journal.entries(kind="protocol-activated")
    ]
    brought = desk.journal.entries(kind="protocol-brought-in")
    latest: dict[str, str] = {}
    by_print = {entry.body["fingerprint"]: entry.body["protocol"] for entry in brought}
    for fingerprint in activated:
        latest[by_print[fingerprint]] = fingerprint
    return tuple(_version(entry, activated, latest) for entry in brought)


def _version(entry: Entry, activated: list[str], latest: dict[str, str]) -> ProtocolVersion:
    body = entry.body
    fingerprint = body["fingerprint"]
    if latest.get(body["protocol"]) == fingerprint:
        status = "active"
    else:
        status = "superseded" if fingerprint in activated else "draft"
    return ProtocolVersion(
        entry.id, body["protocol"], body["title"], body["version"], fingerprint, status,
        entry.actor, tuple(body["gaps"]),
    )  # fmt: skip


def bring_in(desk: Desk, path: Path, token: str) -> ProtocolVersion | Refusal:
    """Store a site copy of a protocol as a draft. Nothing is stored from a file with a problem."""
    if (refusal := desk.not_allowed()) is not None:
        return refusal
    if (stored := desk.stored_before(token, "protocol-brought-in")) is not None:
        return _known(desk, stored.body["fingerprint"])
    bundle = desk.catalogue.bundle_for(path)
    if isinstance(bundle, Problems):
        return Refusal("protocol-file", bundle.sentences)
    protocol = bundle.protocol
    if any(version.fingerprint == protocol.fingerprint for version in versions(desk)):
        return refuse(
            "known", f"{protocol.title} version {protocol.version} is here already, unchanged."
        )
    if (refusal := _frozen(desk, protocol.id, protocol.version)) is not None:
        return refusal
    body = {
        "protocol": protocol.id, "title": protocol.title, "version": protocol.version,
        "fingerprint": protocol.fingerprint, "text": bundle.text, "parts": dict(bundle.parts),
        "gaps": [gap.name for gap in protocol.gaps],
    }  # fmt: skip
    desk.append(
        "protocol-brought-in", body, form_token=token, protocol_fingerprint=protocol.fingerprint
    )
    return _known(desk, protocol.fingerprint)


def _known(desk: Desk, fingerprint: str) -> ProtocolVersion:
    return next(found for found in versions(desk) if found.fingerprint == fingerprint)


def _frozen(desk: Desk, protocol: str, version: str) -> Refusal | None:
    """Refused where another text was activated under this version number."""
    for found in versions(desk):
        if (found.protocol, found.version) == (protocol, version) and found.status != "draft":
            return refuse(
                "version-frozen",
                f"{protocol} version {version} was activated and can never change. "
                "Give the changed file a new version.",
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
    """Activate a draft: two different people who both checked it. It never changes afterwards."""
    if (refusal := desk.not_allowed()) is not None:
        return refusal
    stored = desk.stored_before(token, "protocol-activated", protocol_fingerprint=fingerprint)
    if stored is not None:
        return _known(desk, fingerprint)
    if (refusal := signed.refusal(desk)) is not None:
        return refusal
    version = next((found for found in versions(desk) if found.fingerprint == fingerprint), None)
    if version is None:
        return refuse(
            "unknown-version", "This version is not in the journal. Bring the file in first."
        )
    if version.status != "draft":
        return refuse("not-a-draft", f"This version is {version.status} already.")
    if (refusal := _frozen(desk, version.protocol, version.version)) is not None:
        return refusal
    open_points = blockers(desk, fingerprint)
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
    return _known(desk, fingerprint)


def active_version(desk: Desk, protocol: str) -> ProtocolVersion | Refusal:
    """The active version of a protocol id, or what is missing before one can be planned from."""
    for version in versions(desk):
        if version.protocol == protocol and version.status == "active":
            return version
    specimen = desk.catalogue.bundle_for(protocol)
    if isinstance(specimen, Problems):
        return refuse(
            "unknown-protocol", f"{protocol} is not a protocol of this journal. Choose another."
        )
    gaps = "; ".join(gap.name for gap in specimen.protocol.gaps if gap.blocks)
    return refuse(
        "specimen",
        f"{specimen.protocol.title} is a specimen: it computes, but no patient can be planned from it.",
        f"Missing in it: {gaps}." if gaps else "It has not been activated.",
        "Make the site's copy, fill these gaps, bring it in under Protocols and have two people activate it.",
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
