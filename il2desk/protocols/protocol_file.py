"""A protocol file into a `Protocol`: regimens, course, facts, site rules, and everything open."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import WEIGHT_KG, Cap, Evidence, Protocol, Regimen, Sourced, plain, tell
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.interval_file import read_intervals
from il2desk.protocols.reader import Reader
from il2desk.protocols.regimen_file import read_regimen
from il2desk.protocols.site_file import read_site
from il2desk.protocols.sourced_values import sourced_days_or_none, sourced_whole
from il2desk.protocols.table import Table

STATUSES = ("specimen", "draft", "under review")
"""What a file may call itself: active, superseded and withdrawn are known to the journal alone."""

DRUGS = ("aldesleukin",)
"""The drug of a protocol: every product of kind "product" is one of it. Others are companions."""

WIDEST_TOLERANCE_PERCENT = Decimal(5)
"""Dose arithmetic page, section 3, line G: 5 percent unless the protocol is tighter."""

_TO_CONFIRM = (Evidence.UNCONFIRMED, Evidence.READING, Evidence.PROPOSAL)
_AT_THE_SITE = (Evidence.SITE, Evidence.PRACTICE)


def read_protocol(reader: Reader, root: Table, id_: str, fingerprint: str) -> Protocol:
    """The protocol of the file; worthless where the reader has problems."""
    gaps = GapList(reader, root)
    regimens = _regimens(root, gaps)
    site, site_gaps = read_site(root)
    intervals = read_intervals(root, gaps)
    rested = any(interval.leads_to == "next cycle" for interval in intervals)
    course, rest = _course(root, gaps, rested=rested)
    protocol = Protocol(
        id=id_,
        title=root.text("title"),
        version=root.text("version"),
        status=root.word("status", STATUSES),
        drug=root.word("drug", DRUGS),
        product_id=root.text("product"),
        regimens=regimens,
        caps=_caps(root),
        tolerance_percent=_tolerance(root),
        weight_range=_weight_range(root),
        course_cycles=course,
        rest_days=rest,
        intervals=intervals,
        toxicity_definitions=_definitions(root),
        facts=_facts(root, gaps),
        notes=root.texts("notes", required=False),
        source=root.text("citation"),
        gaps=(*gaps.close(), *site_gaps),
        fingerprint=fingerprint,
        site=site,
        unconfirmed=tuple(dict.fromkeys(mark for mark in reader.marks if mark[1] in _TO_CONFIRM)),
    )
    _check_copy(reader, root, protocol)
    _check_interval(reader, protocol)
    return protocol


def _check_interval(reader: Reader, protocol: Protocol) -> None:
    """What must not be longer than the interval between two doses.

    A longer minimum interval would make every dose come too soon, and a check that is valid longer
    would serve the next dose too.
    """
    apart = [one.interval_h.value for one in protocol.regimens if one.interval_h is not None]
    if not apart:
        return
    site, least = protocol.site, min(apart)
    for key, hours in (
        ("minimum_interval_h", site.minimum_interval_h),
        ("verdict_valid_h", site.verdict_valid_h),
    ):
        if hours is not None and hours > least:
            reader.problem(
                ("site", key),
                tell(
                    "{hours} hours are longer than the {least} hours between two doses. Correct one of them.",
                    hours=plain(hours),
                    least=plain(least),
                ),
            )


def _regimens(root: Table, gaps: GapList) -> tuple[Regimen, ...]:
    """One [regimen], or a [regimens.ARM] for each arm."""
    single = root.table("regimen")
    arms = tuple(root.rows("regimens"))
    if (single is None) == (not arms):
        root.problem(
            "regimen", tell("write [regimen], or [regimens.NAME] for every arm; one of the two.")
        )
    if single is not None:
        return (read_regimen(single, None, gaps),)
    return tuple(read_regimen(table, arm, gaps) for arm, table in arms)


def _course(
    root: Table, gaps: GapList, *, rested: bool
) -> tuple[Sourced[int] | None, Sourced[int] | None]:
    """Cycles of a course, and days of rest, which an interval to the next cycle may say instead."""
    found: list[Sourced[int] | None] = []
    for key, name in (
        ("course_cycles", tell("The number of cycles of a course")),
        ("rest_days", tell("The rest between cycles")),
    ):
        value = (
            sourced_days_or_none(root, key)
            if key == "rest_days"
            else sourced_whole(root, key, required=False)
        )
        if not (key == "rest_days" and rested and value is None):
            gaps.require(key, root, key, filled=value is not None, blocks=())
        if value is not None and value.source.evidence is Evidence.UNCONFIRMED:
            gaps.open(key, name, ("activation",))
            value = None
        found.append(value)
    return found[0], found[1]


def _definitions(root: Table) -> Sourced[tuple[str, ...]] | None:
    """The ids of the toxicity definitions that reports of this protocol use."""
    row = root.table("toxicity_definitions")
    if row is None:
        return None
    found = Sourced(row.texts("value"), row.source())
    row.close()
    return found


def _caps(root: Table) -> tuple[Cap, ...]:
    """The limits that the document states, in international units for a single dose."""
    caps: list[Cap] = []
    for row in root.list_of_tables("caps"):
        cap = Cap(row.text("name"), row.decimal("limit_iu") or Decimal(1), row.source())
        row.close()
        if cap.source.evidence is Evidence.UNCONFIRMED and cap.source.document:
            row.problem(
                "source",
                tell("a cap marked unconfirmed cannot be used. Confirm it, or leave it out."),
            )
        caps.append(cap)
    return tuple(caps)


def _tolerance(root: Table) -> Decimal:
    percent = root.decimal("tolerance_percent") or WIDEST_TOLERANCE_PERCENT
    if percent > WIDEST_TOLERANCE_PERCENT:
        text = tell(
            "{percent} is wider than {widest_tolerance_percent} percent. A protocol may only be tighter.",
            percent=percent,
            widest_tolerance_percent=WIDEST_TOLERANCE_PERCENT,
        )
        root.problem("tolerance_percent", text)
    return percent


def _weight_range(root: Table) -> tuple[Decimal, Decimal]:
    """Plausible weights in kg, inside what can be typed at all."""
    low, high = WEIGHT_KG.minimum, WEIGHT_KG.maximum
    ends = root.decimals("weight_range_kg")
    if "weight_range_kg" not in root:
        return low, high
    if len(ends) == 2 and low <= ends[0] < ends[1] <= high:  # noqa: PLR2004 - from and to
        return ends[0], ends[1]
    root.problem(
        "weight_range_kg",
        tell(
            "write two weights in kg from {low} to {high}, the smaller first.", low=low, high=high
        ),
    )
    return low, high


def _facts(root: Table, gaps: GapList) -> tuple[tuple[str, Sourced[str]], ...]:
    """Sourced lines in words for sheets and help; a gap may stand for one of them."""
    facts: dict[str, tuple[str, Sourced[str]]] = {}
    for name, row in root.rows("facts"):
        facts[name] = (row.text("label"), Sourced(row.text("value"), row.source()))
        row.close()
    for gap in tuple(gaps.gaps):
        if gap.field.startswith("facts."):
            filled = gap.field.removeprefix("facts.") in facts
            gaps.require(gap.field, root, "facts", filled=filled, blocks=())
    return tuple(facts.values())


def _check_copy(reader: Reader, root: Table, protocol: Protocol) -> None:
    """A specimen holds no value of a site; a site's copy is no specimen and has its own id."""
    origin = root.text_or_none("site_copy_of")
    _check_confirmed(reader)
    if root.text("status", "") not in STATUSES:
        return  # already a problem; what follows would only repeat it
    if origin is not None and protocol.status == "specimen":
        root.problem("status", tell('a site\'s copy is not a specimen. Write status = "draft".'))
    if origin is not None and origin == protocol.id:
        root.problem(
            "id",
            tell('a site\'s copy has its own id. Choose another than "{origin}".', origin=origin),
        )
    if origin is None and protocol.status != "specimen":
        root.problem(
            "site_copy_of",
            tell('"site_copy_of" is missing. Name the protocol this is a copy of, or "none".'),
        )
    for field, mark in reader.marks if protocol.status == "specimen" else ():
        if mark in _AT_THE_SITE:
            text = tell(
                '"{value}" values belong in a site\'s copy. Write status = "draft" and site_copy_of.',
                value=mark.value,
            )
            reader.problem(tuple(field.split(".")), text)


def _check_confirmed(reader: Reader) -> None:
    """Only the site itself confirms the readings and proposals of a part."""
    for field, mark in reader.marks:
        if field == "site.parts_confirmed" and mark not in _AT_THE_SITE:
            text = tell(
                'the site confirms parts, not a "{value}". Name a source of the site.',
                value=mark.value,
            )
            reader.problem(("site", "parts_confirmed"), text)
