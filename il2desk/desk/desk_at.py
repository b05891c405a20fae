"""The desk as it stood at a moment's clock: what is due, overdue or too old is asked of then."""

from __future__ import annotations

from copy import copy
from datetime import datetime

from il2desk.desk.clock import SetClock
from il2desk.desk.desk import Desk


def desk_at(desk: Desk, moment: datetime) -> Desk:
    """The same journal, catalogue and person, with a clock that stands at the moment.

    What was recorded after it is there all the same: whoever asks sees to that.
    """
    other = copy(desk)
    other.clock = SetClock(moment)
    return other
