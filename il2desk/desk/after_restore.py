"""After a restore: what happened to a patient may stand in the other file only, until two people looked.

Doses given, a STOP, an amended order, a weight entered in error: whatever was stored after the backup
is not here. So nothing is prepared for a patient who was registered before the restore until two
people compared paper, the patient's chart and the kept file, and said so.
"""

from __future__ import annotations

from il2desk.desk.chart import subjects
from il2desk.desk.desk import Desk
from il2desk.desk.place import TwoSignatures
from il2desk.desk.roles import COMPLETE
from il2desk.dosing import Refusal, joined, refuse, tell, write_moment
from il2desk.records import Entry

COMPLETE_FIRST = tell(
    "I compared paper, the patient's chart and the kept file, and recorded what "
    "happened since the backup"
)
COMPLETE_SECOND = tell("I compared them too, and nothing is missing")


def not_complete_since_restore(desk: Desk, subject: str) -> str:
    """Why nothing may be prepared for a patient, or given of what was prepared; empty where all is known."""
    restored = _last_restore(desk)
    if restored is None or _complete(desk, subject, restored):
        return ""
    when = write_moment(desk.local(restored.at))
    return tell(
        "The journal was restored from a backup at {when}: what happened to this "
        "patient since that backup may be missing here. Compare paper, the patient's "
        "chart and the kept file, record what happened, and let two people say so on "
        "the page Restored.",
        when=when,
    )


def restore_note(desk: Desk, subject: str) -> tuple[str, ...]:
    """What a sheet says while nobody looked since the restore; nothing where all is known."""
    restored = _last_restore(desk)
    if restored is None or _complete(desk, subject, restored):
        return ()
    when = write_moment(desk.local(restored.at))
    return (
        (
            tell(
                "The journal was restored from a backup at {when}. What happened after that "
                "backup may be missing on this sheet.",
                when=when,
            )
        ),
    )


def waiting_since_restore(desk: Desk) -> tuple[str, ...]:
    """The patients (ids) of whom two people have not said yet that their records are complete."""
    restored = _last_restore(desk)
    if restored is None:
        return ()
    return tuple(one.id for one in subjects(desk) if not _complete(desk, one.id, restored))


def complete_records(
    desk: Desk, subject: str, signed: TwoSignatures, token: str
) -> Entry | Refusal:
    """Store that two people found a patient's records complete after the last restore."""
    if (refusal := desk.not_allowed(COMPLETE)) is not None:
        return refusal
    if (stored := desk.stored_before(token, "records-completed", subject=subject)) is not None:
        return stored
    restored = _last_restore(desk)
    if restored is None or _complete(desk, subject, restored):
        return refuse("complete", "Nothing waits for this. Open the page again.")
    if (refusal := signed.refusal(desk, COMPLETE)) is not None:
        return refusal
    body = {"restore": restored.id, "signatures": signed.body()}
    return desk.append("records-completed", body, subject=subject, form_token=token)


def restored_words(desk: Desk) -> str:
    """From which backup the journal was restored, what was lost by it, and where the other file is."""
    restored = _last_restore(desk)
    if restored is None:
        return ""
    body = restored.body
    lost = sum(int(one["entries"]) for one in body.get("lost", ()))
    words: list[str] = [
        tell(
            "Backup {backup}, restored {moment}.",
            backup=body["backup"],
            moment=write_moment(desk.local(restored.at)),
        )
    ]
    if lost == 1:
        words.append(tell("1 entry stored after it stand in the kept file only."))
    elif lost:
        words.append(tell("{lost} entries stored after it stand in the kept file only.", lost=lost))
    if body.get("kept_as"):
        kept = body["kept_as"]
        words.append(tell("The kept file is {kept_as}, beside the journal.", kept_as=kept))
    words.append(tell("Where stock is kept, count every lot again: F9 says which."))
    return joined(" ", words)


def _last_restore(desk: Desk) -> Entry | None:
    found = desk.journal.entries(kind="journal-restored")
    return found[-1] if found else None


def _complete(desk: Desk, subject: str, restored: Entry) -> bool:
    """Whether the patient came after the restore, or two people have looked since; by order, not by clock."""
    entries = desk.journal.entries(kind="subject-registered", subject=subject)
    if entries and entries[0].sequence > restored.sequence:
        return True
    said = desk.journal.entries(kind="records-completed", subject=subject)
    return bool(said) and said[-1].sequence > restored.sequence
