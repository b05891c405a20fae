"""The words that the journal keeps as codes, as a person reads them.

A code is compared and stored as it stands; where it is shown, `shown` makes a sentence of it that
can be said in the site's language. What is no code, such as a typed reason, stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.dosing import tell

OUTCOME_WORDS = {
    "given": tell("Given"),
    "part given": tell("Part given"),
    "held": tell("Held"),
    "omitted": tell("Omitted"),
    "not known": tell("Not known"),
}
"""The outcomes of a dose as a sheet and a page begin a line with them."""
WAITING_WORDS = {
    "needs second person": tell("Needs second person"),
    "disputed": tell("Disputed"),
}
"""How a record waits for a second person."""
AMENDED_FIELDS = {
    "given_at": tell("given at"),
    "given_dose_iu": tell("given dose"),
    "volume_ml": tell("volume"),
    "in_error": tell("in error"),
    "outcome": tell("outcome"),
    "amount": tell("amount"),
    "product": tell("product"),
    "note": tell("note"),
    "against": tell("against"),
    "reason": tell("reason"),
    "lots": tell("lots"),
}
"""The fields of a record that an amendment can change."""
_SHOWN = {
    words: words
    for words in (
        # outcomes of a dose and of an item of premedication
        tell("given"), tell("part given"), tell("held"), tell("omitted"), tell("not known"),
        tell("not given"), tell("not applicable"),
        # scopes of a STOP
        tell("this cycle"), tell("for good"),
        # results and classes of a criterion
        tell("met"), tell("not met"), tell("not assessed"), tell("not judged"),
        tell("unconfirmed"), tell("too old"),
        # what moves stock
        tell("received"), tell("dispensed"), tell("count difference"), tell("quarantined"),
        tell("quarantine lifted"), tell("temperature excursion"), tell("wasted"),
        tell("returned by patient"), tell("returned to sponsor"), tell("destroyed"), tell("sent"),
        tell("arrived"), tell("transferred out"), tell("counted"), tell("control"),
        tell("in range"), tell("out of range"), tell("not recorded"), tell("intact"),
        tell("damaged"), tell("vials"), tell("lot"), tell("expiry"),
        # people
        tell("pharmacist"), tell("technician"), tell("nurse"), tell("prescriber"),
        tell("monitor"), tell("administrator"), tell("Female"), tell("Male"), tell("Not known"), tell("female"), tell("male"),
        # a protocol version
        tell("active"), tell("active when planned"), tell("withdrawn"), tell("superseded"),
        tell("practice"), tell("specimen"), tell("draft"), tell("under review"),
        # how far a step is
        tell("ok"), tell("weigh"), tell("again"),
        tell("no arms"), tell("All"), tell("recorded"), tell("entered in error"), tell("none"),
        # what a verification looks at
        tell("catalogue"), tell("files"), tell("fonts"), tell("journal"), tell("backups"), tell("disk"),
        tell("protocol"), tell("rule set"), tell("policy"), tell("elapsed"), tell("clock"),
        # outcomes as they stand across a page
        tell("GIVEN"), tell("PART GIVEN"), tell("HELD"), tell("OMITTED"), tell("NOT KNOWN"),
        # fields of a protocol file whose gaps are named by them
        tell("rule set"), tell("premedication"), tell("single max"), tell("rounding"),
        tell("dose"), tell("days"), tell("route"), tell("product"), tell("presentation"),
        # vial rules
        tell("withdrawable"), tell("content"),
    )
}  # fmt: skip


def shown(code: str) -> str:
    """The code as a sentence, or the text as it is where it is no code."""
    return _SHOWN.get(code, code)


def alternatives(names: Iterable[str]) -> str:
    """The names as alternatives: creatinine or bicarbonate."""
    parts = list(names)
    made = parts[0] if parts else ""
    for other in parts[1:]:
        made = tell("{first} or {second}", first=made, second=other)
    return made


def both(names: Iterable[str]) -> str:
    """The names together: K. Brandt and A. Ruiz."""
    parts = list(names)
    made = parts[0] if parts else ""
    for other in parts[1:]:
        made = tell("{first} and {second}", first=made, second=other)
    return made


def with_scope(verdict: str, scope: str | None) -> str:
    """A verdict with how far it reaches: STOP this cycle. The verdict itself is never translated."""
    return verdict if not scope else tell("{verdict} {scope}", verdict=verdict, scope=shown(scope))
