"""The protocol versions in force: which text, and which two people approved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import ProtocolVersion, versions


@dataclass(frozen=True, slots=True)
class ActiveProtocol:
    """An active version, the names of the two who signed it, and when (UTC)."""

    version: ProtocolVersion
    by: tuple[str, ...]
    at: datetime


def active_protocols(desk: Desk) -> tuple[ActiveProtocol, ...]:
    """Every version in force, in the order of activation."""
    signed = {
        entry.body["fingerprint"]: entry
        for entry in desk.journal.entries(kind="protocol-activated")
    }
    found = []
    for version in versions(desk):
        entry = signed.get(version.fingerprint)
        if version.status == "active" and entry is not None:
            names = tuple(one["name"] for one in entry.body["signatures"])
            found.append(ActiveProtocol(version, names, entry.at))
    return tuple(sorted(found, key=lambda one: one.at))
