"""What people do with a protocol version from the list: submit, send back, activate, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from il2desk.desk import (
    ACTIVATE_FIRST,
    ACTIVATE_SECOND,
    WITHDRAW_FIRST,
    WITHDRAW_SECOND,
    Comparison,
    ProtocolVersion,
    TwoSignatures,
    activate,
    new_token,
    send_back,
    submit_for_review,
    withdraw,
)
from il2desk.dosing import Refusal
from il2desk.window.pages.protocol_rows import Listed, in_groups
from il2desk.window.pages.reason_panel import ReasonPanel
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

Done = Callable[[], None]


def submit_now(office: Office, version: ProtocolVersion) -> Refusal | None:
    """Submit a draft for review; None where that is done."""
    answer = submit_for_review(office.desk, version.fingerprint, new_token())
    return answer if isinstance(answer, Refusal) else None


def activate_by_two(
    office: Office, one: Listed, compared: Comparison, doubts: tuple[str, ...], done: Done
) -> None:
    """Show what is activated and what changed, then ask for the two signatures."""
    if one.version is None:
        return
    print_, token = one.version.fingerprint, new_token()
    review = (
        one.title,
        say("Version {version}", version=one.number),
        say("Fingerprint {print}", print=in_groups(print_)),
        say("From now on it never changes: a change needs a new version."),
        *difference_lines(compared),
    )
    act = Act(say("Activate this protocol"), review, ACTIVATE_FIRST, ACTIVATE_SECOND, doubts)
    sign_twice(office, act, lambda signed: activate(office.desk, print_, signed, token), done)


def difference_lines(compared: Comparison) -> tuple[str, ...]:
    """What changed, as lines of a review: the heading, then a line for each difference."""
    if not compared.against:
        return (say("There is nothing to compare it with: every value is new."),)
    return (
        say("Compared with {other}: {n} differences", other=compared.against,
            n=len(compared.sentences)),
        *compared.sentences,
    )  # fmt: skip


def ask_to_send_back(office: Office, one: Listed, done: Done) -> None:
    """Ask why the version goes back to its author, then store that."""
    version = one.version
    if version is None:
        return
    token = new_token()

    def store(reason: str) -> str | None:
        answer = send_back(office.desk, version.fingerprint, reason, token)
        if isinstance(answer, Refusal):
            return answer.text
        office.window.close_panel()
        done()
        return None

    lines = (one.title, say("Version {version} becomes a draft again.", version=one.number))
    _open(
        office,
        ReasonPanel(say("Send back"), lines, say("Reason"), say("Send back"), store),
    )


def ask_to_withdraw(office: Office, one: Listed, done: Done) -> None:
    """Ask why the version is withdrawn, then for the two signatures."""
    version = one.version
    if version is None:
        return
    token = new_token()
    consequences = (
        say("No new cycle can be planned from it, and no order written."),
        say("Cycles that are planned stay on it; their board says that it was withdrawn."),
        say("This cannot be taken back. No other version becomes active by it."),
    )
    named = (one.title, say("Version {version}", version=one.number))

    def sign(reason: str) -> str | None:
        review = (*named, say("Reason: {reason}", reason=reason), *consequences)
        act = Act(say("Withdraw this version"), review, WITHDRAW_FIRST, WITHDRAW_SECOND)
        store = partial(_store_withdrawal, office, version.fingerprint, reason, token)
        sign_twice(office, act, store, done)
        return None

    panel = ReasonPanel(
        say("Withdraw this version"), (*named, *consequences), say("Reason"), say("Review and sign"),
        sign,
    )  # fmt: skip
    _open(office, panel)


def _store_withdrawal(
    office: Office, print_: str, reason: str, token: str, signed: TwoSignatures
) -> object:
    return withdraw(office.desk, print_, reason, signed, token)


def _open(office: Office, panel: ReasonPanel) -> None:
    panel.back.connect(office.window.close_panel)
    office.window.open_panel(panel)
