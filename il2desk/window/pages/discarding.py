"""Discarding a released preparation at the bedside: why, then the PIN of whoever discarded it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import (
    DISCARD_MEANING,
    DosePlace,
    Located,
    discard_preparation,
    may_discard,
    new_token,
    sign,
)
from il2desk.dosing import Refusal, write_dose, write_moment
from il2desk.window.pages.dose_lines import place_lines
from il2desk.window.pages.preparation_facts import lots_words
from il2desk.window.pages.reason_panel import ReasonPanel
from il2desk.window.sign_panel import SignRequest
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


def ask_discard(office: Office, place: DosePlace, at: Located) -> None:
    """Ask why the preparation is discarded, then for the signature; going back stores nothing."""
    release = may_discard(at)
    if isinstance(release, Refusal):
        office.say(release.text)
        return
    lines = (
        *place_lines(office.desk, at),
        say(
            "Released {when} by {who}: DOSE {dose}, {lots}.",
            when=write_moment(office.desk.local(release.at)),
            who=release.by,
            dose=write_dose(release.prepared_dose_iu),
            lots=lots_words(release.lots),
        ),
        say("It was given to nobody, not even in part. Its vials stay taken from the stock."),
        say("Afterwards the dose can be prepared and released anew."),
    )
    token = new_token()

    def store(reason: str, pin: str) -> str | None:
        signature = sign(office.desk, pin, DISCARD_MEANING)
        if isinstance(signature, Refusal):
            return signature.text
        stored = discard_preparation(office.desk, place, release.entry, reason, signature, token)
        if isinstance(stored, Refusal):
            return stored.text
        office.window.close_panel()
        office.replace("dose", place=place, step=4)  # what was typed of the first one is gone
        office.stored(say("Stored. The preparation of dose {n} is discarded.", n=place.number))
        return None

    def on(reason: str) -> str | None:
        person = office.desk.person
        signer = "" if person is None else f"{person.name}, {say(person.role)}"
        office.ask_sign(
            SignRequest(
                say("Discard the preparation"),
                (*lines, say("Because: {reason}", reason=reason)),
                DISCARD_MEANING,
                signer,
                sign_words=say("Sign"),
            ),
            lambda _name, pin: store(reason, pin),
        )
        return None

    panel = ReasonPanel(
        say("Discard the preparation"), lines, say("Why"), say("Review and sign"), on
    )
    panel.back.connect(office.window.close_panel)
    office.window.open_panel(panel)
