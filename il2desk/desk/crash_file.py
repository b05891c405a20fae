"""A crash file: where a defect happened, without anything a patient could be known by."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path

from il2desk import __version__, paths


def write_crash_file(error: BaseException) -> Path | None:
    """Write where the error happened and return the file; None where it cannot be written.

    Only types, files, lines and functions are kept: a message or a value may hold patient data.
    """
    moment = datetime.now(UTC)  # noqa: TID251 - the time of a defect, of no record
    lines = [f"IL2Desk {__version__}", moment.isoformat(timespec="seconds")]
    seen: BaseException | None = error
    told: set[int] = set()
    while seen is not None and id(seen) not in told:
        told.add(id(seen))  # an error may name itself as its own cause
        lines.append(type(seen).__qualname__)
        lines.extend(
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or seen.__context__
    file = paths.crash_folder() / f"crash-{moment:%Y%m%d-%H%M%S-%f}.txt"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError:
        return None
    return file
