"""What keeps a protocol version from being used for patients, each in one sentence."""

from __future__ import annotations

from il2desk.dosing import Evidence, Gap, tell
from il2desk.protocols.bundle import Bundle
from il2desk.protocols.pen_doses import pen_doubts

_USE = frozenset(("dose", "schedule", "verdict", "release", "activation"))
_TO_CONFIRM = (Evidence.UNCONFIRMED, Evidence.READING, Evidence.PROPOSAL)

# The program counts these from its own records, so they have no age.
COUNTED_BY_PROGRAM = frozenset(("doses_held",))


def activation_blockers(bundle: Bundle, *, practice: bool = False) -> tuple[str, ...]:
    """Every reason why two people cannot activate this version; empty where they can.

    Values invented for practice block, unless `practice` says that the journal is a practice one.
    """
    return (
        *_status(bundle),
        *_open_gaps(bundle),
        *_marks(bundle, practice=practice),
        *_part_status(bundle, practice=practice),
        *_ages(bundle),
        *_pens(bundle),
    )


def _status(bundle: Bundle) -> tuple[str, ...]:
    protocol = bundle.protocol
    if protocol.status == "specimen":
        text = tell("Make the site's own copy of the file, fill its gaps, and bring that copy in.")
        return (tell("{id} is a specimen. {text}", id=protocol.id, text=text),)
    return ()


def _open_gaps(bundle: Bundle) -> tuple[str, ...]:
    gaps: list[Gap] = [*bundle.protocol.gaps, *bundle.product.gaps]
    for rules in dict.fromkeys(bundle.rule_sets.values()):
        gaps.extend(rules.gaps if rules is not None else ())
    for items in dict.fromkeys(bundle.premedication.values()):
        gaps.extend(items.gaps if items is not None else ())
    return tuple(gap.sentence() for gap in gaps if _USE.intersection(gap.blocks))


def _marks(bundle: Bundle, *, practice: bool) -> tuple[str, ...]:
    found: list[str] = []
    for part, field, mark in bundle.marks:
        where = tell("{field} in {part}", field=field, part=part) if part else field
        if mark is Evidence.PRACTICE and not practice:
            found.append(
                tell(
                    "{where} is invented for practice. Replace it by the site's own value.",
                    where=where,
                )
            )
        elif mark in _TO_CONFIRM and part not in bundle.confirmed:
            found.append(
                tell(
                    "{where} is {in_words}. Compare it with the document, then {confirm}.",
                    where=where,
                    in_words=mark.in_words,
                    confirm=_confirm(part, mark),
                )
            )
        elif mark is Evidence.UNCONFIRMED:
            found.append(
                tell(
                    "{where} is unconfirmed. Confirm it in the site's own copy of that file.",
                    where=where,
                )
            )
    return tuple(dict.fromkeys(found))


def _confirm(part: str, mark: Evidence) -> str:
    """How a site confirms a value: by a source of its own, or a part's readings and proposals at once."""
    if not part:
        return 'name a source of the site (evidence "site") for it in the copy of the protocol'
    own = tell(
        'name a source of the site (evidence "site") for it in the site\'s own copy of {part}',
        part=part,
    )
    return (
        own
        if mark is Evidence.UNCONFIRMED
        else tell("list {part} under site.parts_confirmed, or {own}", part=part, own=own)
    )


def _part_status(bundle: Bundle, *, practice: bool) -> tuple[str, ...]:
    parts = (*bundle.rule_sets.values(), *bundle.premedication.values())
    refused = ("draft",) if practice else ("draft", "practice")
    return tuple(
        tell(
            "{id} has the status {status}. Name a part that may be used for patients.",
            id=part.id,
            status=part.status,
        )
        for part in dict.fromkeys(parts)
        if part is not None and part.status in refused
    )


def _ages(bundle: Bundle) -> tuple[str, ...]:
    """Every code that a rule set requires must have a maximum age, once ages are filled in."""
    ages = {code for code, _ in bundle.protocol.site.max_age_h}
    if not ages:
        return ()
    lacking: list[str] = []
    for rules in dict.fromkeys(bundle.rule_sets.values()):
        for code in rules.required if rules is not None else ():
            if code not in ages and code not in COUNTED_BY_PROGRAM and code not in lacking:
                lacking.append(code)
    return tuple(
        tell(
            "site.max_age_h has no hours for {code}, which the rule set requires. Fill it in.",
            code=code,
        )
        for code in lacking
    )


def _pens(bundle: Bundle) -> tuple[str, ...]:
    """Doses that the pen of the copy cannot give: nobody could prepare them."""
    found = pen_doubts(bundle.protocol, bundle.companion_products)
    return tuple(f"{doubt.key}: {doubt.text}" for doubt in found)
