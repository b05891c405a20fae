"""A protocol version on its way: submitted for review, sent back, withdrawn."""

from __future__ import annotations

from il2desk.desk.desk import Desk
from il2desk.desk.place import TwoSignatures
from il2desk.desk.protocol_life import (
    ProtocolVersion,
    blockers,
    frozen,
    known,
    version_of,
    versions,
)
from il2desk.desk.roles import PROTOCOLS, WITHDRAW, Act
from il2desk.dosing import Refusal, refuse, tell, write_date

WITHDRAWABLE = ("under review", "active", "superseded")


def submit_for_review(desk: Desk, fingerprint: str, token: str) -> ProtocolVersion | Refusal:
    """Put a draft under review. Refused with every open point: its text can be changed no more."""
    version = _ready(desk, fingerprint, "protocol-submitted", token, PROTOCOLS)
    if version is None or isinstance(version, Refusal):
        return version or known(desk, fingerprint)
    if version.status != "draft":
        return refuse(
            "not-a-draft",
            tell(
                "This version is {status}. A draft is submitted for review.", status=version.status
            ),
        )
    if (refusal := frozen(desk, version.protocol, version.version)) is not None:
        return refusal
    open_points = blockers(desk, fingerprint)
    if open_points:
        return Refusal("activation-blocked", open_points)
    return _store(desk, "protocol-submitted", version, token)


def send_back(desk: Desk, fingerprint: str, reason: str, token: str) -> ProtocolVersion | Refusal:
    """Make a version under review a draft again, with the reason."""
    version = _ready(desk, fingerprint, "protocol-sent-back", token, PROTOCOLS)
    if version is None or isinstance(version, Refusal):
        return version or known(desk, fingerprint)
    if version.status != "under review":
        return refuse(
            "not-under-review",
            tell(
                "This version is {status}. Only a version under review is sent back.",
                status=version.status,
            ),
        )
    if not reason.strip():
        return refuse("reason", "Enter why this version is sent back.")
    return _store(desk, "protocol-sent-back", version, token, reason=reason)


def withdraw(
    desk: Desk, fingerprint: str, reason: str, signed: TwoSignatures, token: str
) -> ProtocolVersion | Refusal:
    """Withdraw a version for good: two people and a reason. Nothing new is planned from it.

    Cycles that were planned from it stay on it, and no other version takes its place by itself.
    """
    version = _ready(desk, fingerprint, "protocol-withdrawn", token, WITHDRAW)
    if version is None or isinstance(version, Refusal):
        return version or known(desk, fingerprint)
    if (refusal := signed.refusal(desk, WITHDRAW)) is not None:
        return refusal
    if version.status not in WITHDRAWABLE:
        return refuse(
            "not-withdrawable",
            tell(
                "This version is {status}. A version is withdrawn while it is under review, active or superseded.",
                status=version.status,
            ),
        )
    if not reason.strip():
        return refuse("reason", "Enter why this version is withdrawn.")
    return _store(desk, "protocol-withdrawn", version, token, reason=reason, signed=signed)


def withdrawal_of(desk: Desk, fingerprint: str) -> str:
    """That the version of a planned cycle was withdrawn, in words; empty where it was not."""
    for version in versions(desk):
        if version.fingerprint == fingerprint and version.status == "withdrawn":
            day = write_date(desk.local(version.since).date())
            return tell(
                "{protocol} version {version} was withdrawn on {day}: {reason} This cycle stays on it; no new cycle is planned from it.",
                protocol=version.protocol,
                version=version.version,
                day=day,
                reason=version.reason,
            )
    return ""


def _ready(
    desk: Desk, fingerprint: str, kind: str, token: str, act: Act
) -> ProtocolVersion | Refusal | None:
    """The version to act on, why nobody may, or None where this very form was stored before."""
    if (refusal := desk.not_allowed(act)) is not None:
        return refusal
    if desk.stored_before(token, kind, protocol_fingerprint=fingerprint) is not None:
        return None
    return version_of(desk, fingerprint)


def _store(
    desk: Desk,
    kind: str,
    version: ProtocolVersion,
    token: str,
    *,
    reason: str = "",
    signed: TwoSignatures | None = None,
) -> ProtocolVersion:
    body = {
        "protocol": version.protocol, "version": version.version,
        "fingerprint": version.fingerprint,
        "signatures": [] if signed is None else signed.body(),
    }  # fmt: skip
    desk.append(
        kind, body, reason=_sentence(reason), form_token=token,
        protocol_fingerprint=version.fingerprint,
    )  # fmt: skip
    return known(desk, version.fingerprint)


def _sentence(reason: str) -> str:
    """The reason as it stands inside other sentences: ending in a full stop."""
    text = " ".join(reason.split())
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
