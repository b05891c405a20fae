"""A rule set file into a `RuleSet`: rows with limits, what is required, what no source says."""

from __future__ import annotations

from il2desk.dosing import FINDING_CODES, Criterion, Evidence, RuleSet
from il2desk.protocols.conditions import read_conditions
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.reader import Reader
from il2desk.protocols.table import Table

KINDS = ("withhold", "relative", "permanent", "absolute")
SCOPES = ("this cycle", "for good")
PART_STATUSES = ("shipped", "draft", "site", "practice")


def read_rule_set(reader: Reader, root: Table, id_: str, fingerprint: str) -> RuleSet:
    """The rule set of the file; worthless where the reader has problems."""
    gaps = GapList(reader, root)
    read = [(name, _criterion(name, row)) for name, row in root.rows("criteria")]
    for gap in tuple(gaps.gaps):
        wanted = gap.field.removeprefix("criteria.")
        filled = any(name == wanted or name.startswith(f"{wanted}-") for name, _ in read)
        gaps.require(gap.field, root, "gaps", filled=filled, blocks=("verdict",))
    kept: list[Criterion] = []
    for name, criterion in read:
        if criterion.source.evidence is Evidence.UNCONFIRMED:
            gaps.open(f"criteria.{name}", f"The row {name}", ("verdict", "activation"))
        else:
            kept.append(criterion)
    if not read and not gaps.gaps:
        root.problem("criteria", "the set has no row. Write at least one [criteria.NAME].")
    rules = RuleSet(
        id=id_,
        title=root.text("title"),
        version=root.text("version"),
        status=root.word("status", PART_STATUSES),
        criteria=tuple(kept),
        required=_required(root),
        stop_from_relative=root.whole("stop_from_relative", required=False),
        action_on_hold=root.text("action_on_hold"),
        gaps=tuple(gaps.gaps),
        source=root.source(),
        fingerprint=fingerprint,
    )
    gaps.close()
    return rules


def _criterion(name: str, row: Table) -> Criterion:
    kind = row.word("kind", KINDS)
    stops = kind in ("permanent", "absolute")
    scope = row.word("scope", SCOPES) if stops or "scope" in row else None
    if scope is not None and not stops:
        row.problem("scope", "only rows that stop have a scope. Leave it out.")
    until = read_conditions(row, "until", ends_a_hold=True)
    until_text = row.text("until_text", "")
    if until and stops:
        row.problem("until", "a row that stops has no end. Leave until out.")
    if until and not until_text:
        row.problem("until_text", '"until_text" is missing. Say in words what ends the hold.')
    criterion = Criterion(
        name, kind, read_conditions(row, "when"), scope, row.source(), until, until_text
    )
    row.close()
    return criterion


def _required(root: Table) -> tuple[str, ...]:
    codes = root.texts("required")
    for code in codes:
        if code not in FINDING_CODES or FINDING_CODES[code].counts_as is not None:
            root.problem(
                "required", f'"{code}" is no finding code of the rules. See the list in the help.'
            )
    if not codes:
        root.problem("required", "at least one required code must be named.")
    return codes
