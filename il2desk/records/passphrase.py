"""A passphrase in memory, which no message, log or crash file shows."""

from __future__ import annotations

import hmac
import unicodedata


class Passphrase:
    """What opens an encrypted journal. It is held as long as the journal is open and stored nowhere.

    Blanks at both ends are left out and letters take their usual form (Unicode NFKC), so that every
    keyboard says the same: NIST SP 800-63B-4 (2025), section 3.1.1.2.
    """

    __slots__ = ("_text",)

    def __init__(self, typed: str) -> None:
        """Keep what was typed, in its one form."""
        self._text = unicodedata.normalize("NFKC", typed).strip()

    def reveal(self) -> str:
        """Return the text, to be given to SQLCipher and to nobody else."""
        return self._text

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, compared in constant time."""
        if not isinstance(other, Passphrase):
            return NotImplemented
        one, two = (text.encode("utf-8", "surrogatepass") for text in (self._text, other._text))
        return hmac.compare_digest(one, two)

    __hash__ = None  # type: ignore[assignment]  # it is no key of a mapping

    def __repr__(self) -> str:
        """Say what it is and not what it says."""
        return "Passphrase(...)"

    def __reduce__(self) -> str:
        """It is never written anywhere."""
        msg = "a passphrase is stored nowhere"
        raise TypeError(msg)
