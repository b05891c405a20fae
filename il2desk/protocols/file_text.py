"""The text of a file as it is fingerprinted and stored: UTF-8, LF, without a byte order mark."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from il2desk.dosing import tell
from il2desk.protocols.problems import Problem

LARGEST_FILE_BYTES = 1_000_000
"""A protocol file has a few thousand bytes; what is larger than this is another kind of file."""


def normalised_text(text: str) -> str:
    """The text with LF line ends and no byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def read_text(path: Path) -> str | Problem:
    """The normalised text of the file, or why it cannot be read."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            return Problem(
                path.name,
                0,
                "",
                tell("the file has {size} bytes; a protocol file is far smaller.", size=size),
            )
        return normalised_text(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(path.name, line, "", tell("this is not UTF-8 text. Save the file as UTF-8."))
    except OSError as error:
        text = tell(
            "the file cannot be read ({strerror}). Check its name and your permission.",
            strerror=error.strerror,
        )
        return Problem(path.name, 0, "", text)


def fingerprint_of(text: str, parts: Mapping[str, str]) -> str:
    """Return "sha256:" and hex over the protocol's text and that of every part, each with name and length.

    An auditor recomputes it: for "protocol", then each part name in sorted order, the bytes of
    `name LF length-in-bytes LF text LF`, texts in UTF-8 with LF line ends.
    """
    digest = hashlib.sha256()
    for name, content in (("protocol", text), *sorted(parts.items())):
        body = normalised_text(content).encode()
        digest.update(f"{name}\n{len(body)}\n".encode() + body + b"\n")
    return f"sha256:{digest.hexdigest()}"
