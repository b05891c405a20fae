"""Stations of patients: the board, the five steps in their states, records, order and plan."""

from __future__ import annotations

from datetime import timedelta

from first_hour import DUE, sign_in
from station import Opened, Station, Walk, both, drawn, find, keys, of_patient, page

from il2desk.window.routes import ROUTES

HOLD, STOPPED, FINISHED = "PRA-002", "PRA-003", "PRA-004"


def stale(program: Opened) -> None:
    """Three hours later: what was checked is too old, and the screen has locked meanwhile."""
    program.clock.moment += timedelta(hours=3)
    program.hands.unlock()
    program.hands.keys("{F5}")


def blind_wrong(program: Opened) -> None:
    """The second person reads another volume."""
    program.hands.keys("{Ctrl+Enter}")
    program.hands.sign()
    program.hands.keys("A. Ruiz{Enter}2222{Tab}")
    program.hands.read_blind("NPC-001", volume="0.82")


def wrong_value(program: Opened) -> None:
    """A heart rate ten times too high, left."""
    program.hands.keys("{Alt+3}")
    row = program.hands.step._rows[0]
    program.hands.tab_into(row.value_entry)
    program.hands.keys("880{Enter}")


def weight_error(program: Opened) -> None:
    """705 kg, left."""
    program.hands.keys("w705{Enter}")


def release_filled(program: Opened) -> None:
    """Vials, lot and time of step 4."""
    program.hands.fill_release()


# Pages by their routes, so that a program without one of them has one picture less.
LATER = tuple(
    Station(name, screen, "work", act, route)
    for name, screen, act, route in (
        ("s12-audit", "S12", page("audit"), "audit"),
        ("s05-course", "S5", both(find(FINISHED), of_patient("course"), drawn), "course"),
    )
    if route in ROUTES
)
PRACTICE = Walk(
    "practice", "practice",
    (
        Station("s01-sign-in", "S1", "loading", early=True),
        Station("s01-sign-in-open", "S1", "empty"),
        Station("s01-wrong-pin", "S1", "error", keys("K. Brandt{Enter}9999{Enter}")),
        Station("s03-today", "S3", "work", keys("1111{Enter}"), "today"),
        Station("s05-board-due", "S5", "work", find(DUE), "board"),
        Station("s05-board-overdue-hold", "S5", "blocked", find(HOLD), "board"),
        Station("s05-board-stopped", "S5", "blocked", find(STOPPED), "board"),
        Station("s05-board-finished", "S5", "work", find(FINISHED), "board"),
        Station("s06-weight-hold", "S6.1", "work", find(HOLD, "{Enter}{Alt+1}"), "dose"),
        Station("s06-new-weight", "S6.1", "work", keys("w"), "dose"),
        Station("s06-weight-jump", "S6.1", "question", keys("155{Enter}"), "dose"),
        Station("s06-check-hold", "S6.3", "blocked", keys("{Esc}{Alt+3}"), "dose"),
        Station("s06-prepare-hold", "S6.4", "blocked", keys("{Alt+4}"), "dose"),
        Station("s06-record-hold", "S6.5", "work", keys("{Alt+5}g"), "dose"),
        Station("s06-record-omitted", "S6.5", "work", keys("{Alt+4}{Alt+5}o"), "dose"),
        Station("s06-record-not-known", "S6.5", "work", keys("{Alt+4}{Alt+5}u"), "dose"),
        Station("s05-delay-refused", "S5", "error", keys("{F4}d"), "board"),
        Station("s05-delay", "S5", "question", find(DUE, "{Home}d"), "board"),
        Station("s07-second-person", "S7", "work", keys("{Esc}{F2}{Home}v"), "second"),
        Station("s08-records", "S8", "work", both(keys("{Esc}"), find(FINISHED, "{F7}{Home}")), "records"),
        Station("s08-amend", "S8", "work", keys("a"), "records"),
        Station("s09-sheets", "S9", "work", keys("{Esc}{F8}"), "sheets"),
        Station("s05-order", "S5", "work", of_patient("order"), "order"),
        Station("s05-plan", "S5", "work", of_patient("plan"), "plan"),
        Station("s04-find", "S4", "empty", keys("{F3}"), "find"),
        Station("s04-found", "S4", "work", keys("pra"), "find"),
        Station("s04-nothing-found", "S4", "error", keys("xy"), "find"),
        Station("s04-register", "S4", "work", keys("{Ctrl+Enter}"), "register"),
        Station("s04-register-error", "S4", "error", keys("{Ctrl+Enter}"), "register"),
        *LATER,
        Station("s11-trial", "S11", "work", keys("{F12}"), "trial"),
        Station("s13-settings", "S13", "work", page("settings"), "settings"),
        Station("s13-protocols", "S13", "work", page("protocols"), "protocols"),
        Station("s13-people", "S13", "work", page("staff"), "staff"),
        Station("s13-backups", "S13", "work", page("backups"), "backups"),
        Station("s13-encryption", "S13", "work", page("encryption"), "encryption", paired=False),
        Station("s09-papers", "S9", "work", page("papers"), "papers"),
        Station("s14-help", "S14", "work", both(keys("{F2}"), keys("{F1}")), "help"),
        Station("s14-keys", "S14", "work", page("help", topic="keys"), "help"),
        Station("s14-sources", "S14", "work", page("help", topic="sources"), "help"),
        Station("s14-installation", "S14", "work", page("help", topic="installation"), "help"),
        Station("s01-locked", "S1", "work", keys("{Ctrl+L}")),
        Station("s01-slowed", "S1", "error", keys("9999{Enter}9999{Enter}9999{Enter}")),
    ),
)  # fmt: skip

NO_DOSE_YET = Walk(
    "ward", "ward",
    (
        Station("s05-board-first", "S5", "work", both(sign_in, find("NPC-001")), "board"),
        Station("s06-premedication-none", "S6.2", "empty", keys("{Home}{Enter}{Alt+2}"), "dose"),
        Station("s06-check-error", "S6.3", "error", wrong_value, "dose"),
        Station("s06-prepare-unchecked", "S6.4", "blocked", keys("{Alt+4}"), "dose"),
        Station("s06-weight-error", "S6.1", "error", both(keys("{Alt+1}"), weight_error), "dose"),
    ),
)  # fmt: skip

CHECKED = Walk(
    "checked", "checked",
    (
        Station("s06-check-recorded", "S6.3", "work",
                both(sign_in, find("NPC-001", "{Home}{Enter}{Alt+3}")), "dose"),
        Station("s07-mismatch", "S7", "error", both(release_filled, blind_wrong), "dose"),
        Station("s06-check-stale", "S6.3", "stale", both(keys("{Esc}{Alt+3}"), stale), "dose"),
    ),
)  # fmt: skip

RELEASED = Walk(
    "released", "released",
    (
        Station("s06-record-future", "S6.5", "question",
                both(sign_in, find("NPC-001", "{Home}{Enter}{Alt+5}g1430{Enter}")), "dose"),
        Station("s06-record-part", "S6.5", "work", keys("p"), "dose"),
        Station("s08-no-records", "S8", "empty", keys("{F7}"), "records"),
    ),
)  # fmt: skip


def companions(program: Opened) -> None:
    """The keyboard on the list of companion drugs of the board; Enter opens the first dose."""
    program.hands.page.companions.table.view.setFocus()
    program.hands.keys("{Enter}")


COMPANION = Walk(
    "companion", "companion",
    (
        Station("s05-board-companion", "S5", "work", both(sign_in, find("NPC-001")), "board"),
        Station("s06-companion", "S6", "work", companions, "companion"),
    ),
)  # fmt: skip
WALKS = (PRACTICE, NO_DOSE_YET, CHECKED, RELEASED, COMPANION)
