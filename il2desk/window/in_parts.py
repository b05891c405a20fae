"""Long reading of the open journal in short parts, so that keys are answered in between.

The journal belongs to the thread of the window: what reads it cannot run beside the window as a `Job`
does. A few parts are read at once, so that a short list is there when its page is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from il2desk.window.office import Office

_FEW = 8
_TURN_S = 0.012
"""How long one turn reads; a part that takes longer ends its turn."""
_TELL_S = 0.4
"""How often it is told how far it is: laying out the words anew costs more than a turn."""


class Part(Protocol):
    """How far a reading is: `done` of `of`; the last part is `whole` and carries the answer."""

    @property
    def done(self) -> int: ...  # noqa: D102
    @property
    def of(self) -> int: ...  # noqa: D102
    @property
    def whole(self) -> bool: ...  # noqa: D102


P = TypeVar("P", bound=Part)


class Reading(QObject, Generic[P]):
    """One reading. `told` hears how far it is, `ended` its last part; nobody after `stop`.

    The first turn raises what the journal raises; in later turns the office shows it, and `failed`
    is called.
    """

    def __init__(
        self,
        office: Office,
        parts: Iterator[P],
        told: Callable[[P], object],
        ended: Callable[[P], object],
        failed: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._parts: Iterator[P] | None = parts
        self._told, self._ended, self._failed = told, ended, failed
        self._told_at = 0.0
        self._one_a_turn = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_turn)

    def begin(self) -> None:
        """Read the first turn now, the rest between the events of the window."""
        self._turn()

    def begin_later(self) -> None:
        """Read nothing until the page is on screen, then a part a turn however few there are."""
        self._one_a_turn = True
        self._timer.start(0)

    def is_running(self) -> bool:
        """Return whether something is still to be read."""
        return self._parts is not None

    def stop(self) -> None:
        """Read no further."""
        self._parts = None
        self._timer.stop()

    def _on_turn(self) -> None:
        if self._office.guarded(self._turn) is None:
            self.stop()
            self._failed()

    def _turn(self) -> bool:
        end = monotonic() + _TURN_S
        while self._parts is not None:
            part = next(self._parts)
            if part.whole:
                self.stop()
                self._ended(part)
            elif self._one_a_turn or (part.of > _FEW and monotonic() > end):
                if monotonic() - self._told_at > _TELL_S:
                    self._told_at = monotonic()
                    self._told(part)
                self._timer.start(0)
                break
        return True
