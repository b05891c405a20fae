"""The signature of an act, or two, one after the other, each in the panel beside the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from il2desk.desk import Signature, TwoSignatures, sign, sign_second
from il2desk.dosing import Refusal
from il2desk.window.sign_panel import SignRequest
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office

Store = Callable[[TwoSignatures], object]
"""The desk's act; it returns a Refusal or what it stored."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is signed: heading, review lines, and what each signature means.

    `second_meaning` is empty where one person signs alone.
    """

    heading: str
    review: tuple[str, ...]
    first_meaning: str
    second_meaning: str = ""
    warnings: tuple[str, ...] = ()


def sign_once(
    office: Office, act: Act, store: Callable[[Signature], object], then: Callable[[], None]
) -> None:
    """Ask the signed-in person's PIN, then store. `then` is called once the entry is stored."""

    def only(name: str, pin: str) -> str | None:  # noqa: ARG001 - the signed-in person
        signature = sign(office.desk, pin, act.first_meaning)
        if isinstance(signature, Refusal):
            return signature.text
        answer = store(signature)
        if isinstance(answer, Refusal):
            return answer.text
        then()
        return None

    office.ask_sign(_first_request(office, act, say("Sign and record")), only)


def _first_request(office: Office, act: Act, words: str) -> SignRequest:
    person = office.desk.person
    signer = "" if person is None else f"{person.name}, {say(person.role)}"
    return SignRequest(act.heading, act.review, act.first_meaning, signer, act.warnings, words)


def sign_twice(office: Office, act: Act, store: Store, then: Callable[[], None]) -> None:
    """Ask the signed-in person's PIN, then name and PIN of somebody else, then store.

    `then` is called once, after the entry is stored.
    """

    def first(name: str, pin: str) -> str | None:  # noqa: ARG001 - the signed-in person
        signature = sign(office.desk, pin, act.first_meaning)
        if isinstance(signature, Refusal):
            return signature.text
        _second(office, act, signature, store, then)
        return None

    office.ask_sign(_first_request(office, act, say("Sign")), first)


def _second(
    office: Office, act: Act, first: Signature, store: Store, then: Callable[[], None]
) -> None:
    def second(name: str, pin: str) -> str | None:
        signature = sign_second(office.desk, name, pin, act.second_meaning, first.staff)
        if isinstance(signature, Refusal):
            return signature.text
        answer = store(TwoSignatures(first, signature))
        if isinstance(answer, Refusal):
            return answer.text
        then()
        return None

    signed = say("First signature: {name}, {role}.", name=first.name, role=first.role)
    office.ask_sign(
        SignRequest(
            say("Second person"),
            (*act.review, signed),
            act.second_meaning,
            None,
            act.warnings,
        ),
        second,
    )
