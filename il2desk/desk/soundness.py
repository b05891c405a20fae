"""Whether this installation was found sound since it was started; if not, nothing is prepared."""

from __future__ import annotations

from il2desk.desk.desk import Desk
from il2desk.desk.replay_all import Replayed
from il2desk.dosing import Refusal, refuse, tell


def take_soundness(desk: Desk, replayed: Replayed) -> None:
    """Keep what catalogue and reference cases came to, for as long as the journal is open."""
    desk.unsound = tuple(
        f"{check.name}: {check.detail}" for check in replayed.checks if not check.ok
    )


def not_sound(desk: Desk) -> Refusal | None:
    """Why nothing may be prepared or printed, or None. What really happened is still recorded."""
    if desk.altered:
        return refuse(
            "not-as-written",
            tell(
                "This journal is not as it was written ({altered}). Nothing is prepared or printed from it; read the last backup, and use the paper procedure.",
                altered=desk.altered[0],
            ),
        )
    if not desk.unsound:
        return None
    return refuse(
        "not-sound",
        tell(
            "This installation is not sound ({unsound}). Nothing can be prepared or printed; use the paper procedure and install the program again.",
            unsound="; ".join(desk.unsound),
        ),
    )
