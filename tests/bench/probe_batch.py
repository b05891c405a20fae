"""The measured process: draws the cycle sheets of a trial into a folder, and tells how far it is."""

from __future__ import annotations

import sys
from pathlib import Path

import trial
from watch import tell

from il2desk.desk.papers import SheetBatch, cycle_sheets_of, protocols_with_cycles
from il2desk.dosing import Refusal

journal, many, few = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
desk = trial.opened(journal)
(protocol,) = protocols_with_cycles(desk)
batch = SheetBatch(desk, cycle_sheets_of(desk, protocol)[:many], journal.parent / "sheets")
if batch.begin() is not None or batch.total != many:
    sys.exit(2)
tell("begun")
while (task := batch.next_task()) is not None:
    batch.drawn(task, batch.draw(task))
    if batch.done == few:
        tell("few")
answer = batch.finish()
tell("all")
desk.close()
sys.exit(0 if not isinstance(answer, Refusal) and answer.saved == many else 3)
