"""The talk before a restore: what would change is shown, then two people sign with their PINs.

Everything said and asked goes to standard error; standard output holds the answer only.
"""

from __future__ import annotations

from pathlib import Path

from il2desk.cli.answer import Answer, Refused
from il2desk.cli.asking import ask, ask_hidden, tell_line
from il2desk.cli.passphrase import asked_for
from il2desk.dosing import tell

_UNASKED = tell("A restore is signed by two people. Start it at a terminal where both can type.")


def restored(backup: Path, journal: Path | None) -> Answer:
    """Show what would change, ask for reason and signatures, and restore; else why not."""
    from il2desk import desk, paths  # noqa: PLC0415
    from il2desk.dosing import Refusal  # noqa: PLC0415

    path = journal if journal is not None else paths.journal_file()
    plan = desk.plan_restore(path, backup, asked_for(backup, path))
    if isinstance(plan, desk.RestorePlan) and plan.locked:
        tell_line(tell("What was typed does not open the journal that is there."))
        typed = ask_hidden(tell("Passphrase of the journal (empty where nobody has it): "), None)
        plan = desk.plan_unlocked(plan, typed) if typed else plan
    if isinstance(plan, Refusal):
        raise Refused(plan.reasons)
    for line in desk.restore_lines(plan):
        tell_line(line)
    reason = ask(tell("Why is the journal restored? "), _UNASKED)
    first = _person(tell("First person"), desk.RESTORE_FIRST)
    second = _person(tell("Second person"), desk.RESTORE_SECOND)
    entry = desk.restore(plan, (first, second), reason, desk.SystemClock())
    if isinstance(entry, Refusal):
        raise Refused(entry.reasons)
    kept = entry.body["kept_as"]
    body = {
        "journal": str(path), "backup": str(backup), "entries": plan.backup_head.sequence,
        "lost": dict(plan.lost), "kept_as": kept,
        "restored_by": [one["name"] for one in entry.body["signatures"]],
    }  # fmt: skip
    was = "" if kept is None else tell(" The file that was there is kept as {kept}.", kept=kept)
    return Answer(
        body,
        tell(
            "Restored to entry {entry}.{was} Record again from paper, and from the kept file, what "
            "really happened since.",
            entry=plan.backup_head.sequence,
            was=was,
        ),
    )


def _person(which: str, meaning: str) -> tuple[str, str]:
    tell_line(tell("{which}. Signing means: {meaning}.", which=which, meaning=meaning))
    return ask(tell("Name: "), _UNASKED), ask_hidden(tell("PIN: "), _UNASKED)
