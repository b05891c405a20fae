"""A rule set file into a `RuleSet`: rows with limits, what is required, what no source says."""

from __future__ import annotations

from il2desk.dosing import (
    FINDING_CODES,
    Criterion,
    Evidence,
    RuleSet,
    ShownRow,
    joined,
    limit_in_words,
    tell,
    told,
)
from il2desk.protocols.conditions import read_conditions
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.reader import Reader
from il2desk.protocols.table import Table

KINDS = ("withhold", "relative", "permanent", "absolute")
SCOPES = ("this cycle", "for good")
PART_STATUSES = ("shipped", "draft", "site", "practice")


def read_rule_set(reader: Reader, root: Table, id_: str, fingerprint: str) -> RuleSet:
    """The rule set of the file; worthless where the reader has problems."""
    gaps = GapList(reader, root, tell("rule set"))
    read = [_criterion(name, row) for name, row in root.rows("criteria")]
    for gap in tuple(gaps.gaps):
        wanted = gap.field.removeprefix("criteria.")
        filled = any(one.id == wanted or one.id.startswith(f"{wanted}-") for one, _ in read)
        gaps.require(gap.field, root, "gaps", filled=filled, blocks=("verdict",))
    kept: list[Criterion] = []
    shown: list[ShownRow] = []
    for criterion, wording in read:
        if criterion.source.evidence is Evidence.UNCONFIRMED:
            row = _shown(criterion, wording)
            shown.append(row)
            name = tell("The row {row} (unconfirmed)", row=row.id)
            gaps.open(f"criteria.{row.id}", name, ("verdict", "activation"))
        else:
            kept.append(criterion)
    if not read and not gaps.gaps:
        root.problem("criteria", tell("the set has no row. Write at least one [criteria.NAME]."))
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
        unconfirmed=tuple(shown),
    )
    gaps.close()
    return rules


def _criterion(name: str, row: Table) -> tuple[Criterion, str]:
    """A row with its conditions, and its wording where the file gives one."""
    kind = row.word("kind", KINDS)
    stops = kind in ("permanent", "absolute")
    scope = row.word("scope", SCOPES) if stops or "scope" in row else None
    if scope is not None and not stops:
        row.problem("scope", tell("only rows that stop have a scope. Leave it out."))
    wording, source = row.text("text", ""), row.source()
    criterion = Criterion(
        name,
        kind,
        () if wording and "when" not in row else read_conditions(row, "when"),
        scope,
        source,
        read_conditions(row, "until", ends_a_hold=True),
        row.text("until_text", ""),
    )
    _check_words(row, criterion)
    _check_end(row, criterion)
    row.close()
    return criterion, wording


def _check_words(row: Table, criterion: Criterion) -> None:
    """Words alone are shown, and nothing is computed with them: only an unconfirmed row has no more."""
    confirmed = criterion.source.evidence is not Evidence.UNCONFIRMED
    if confirmed and not criterion.conditions and "when" not in row and "text" in row:
        row.problem(
            "when",
            tell(
                "a row in words cannot be judged. Write the finding codes and limits that meet it, or "
                "list the row under gaps."
            ),
        )


def _check_end(row: Table, criterion: Criterion) -> None:
    """What ends a hold is told in words and in codes; only an unconfirmed row may lack the codes."""
    if criterion.until and criterion.stops:
        row.problem("until", tell("a row that stops has no end. Leave until out."))
    if criterion.until and not criterion.until_text:
        row.problem("until_text", tell('"until_text" is missing. Say in words what ends the hold.'))
    confirmed = criterion.source.evidence is not Evidence.UNCONFIRMED
    if confirmed and criterion.until_text and "until" not in row:
        row.problem(
            "until",
            tell(
                "the words say what ends the hold, and no finding code does. Write until, or leave "
                "until_text out."
            ),
        )


def _shown(criterion: Criterion, wording: str) -> ShownRow:
    """An unconfirmed row in words: its own, or those of its limits, and what ends it."""
    limits = joined(
        "; ",
        (
            tell(
                "{name}: {limit}",
                name=FINDING_CODES[one.code].name,
                limit=limit_in_words(one, None),
            )
            for one in criterion.conditions
            if one.code in FINDING_CODES
        ),
    )
    text = wording or limits
    if criterion.until_text:
        text = tell("{text}; until {until}", text=text, until=criterion.until_text)
    if criterion.scope is not None:
        text = tell("{text}; stops {scope}", text=text, scope=told(criterion.scope))
    codes = tuple(dict.fromkeys(one.code for one in criterion.conditions))
    return ShownRow(criterion.id, criterion.kind, codes, text, criterion.source)


def _required(root: Table) -> tuple[str, ...]:
    codes = root.texts("required")
    for code in codes:
        if code not in FINDING_CODES or FINDING_CODES[code].counts_as is not None:
            root.problem(
                "required",
                tell(
                    '"{code}" is no finding code of the rules. See the list in the help.', code=code
                ),
            )
    if not codes:
        root.problem("required", tell("at least one required code must be named."))
    return codes
