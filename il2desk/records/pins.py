"""PINs are kept only as argon2id hashes.

The profile is OWASP's (Password Storage Cheat Sheet): 19 MiB of memory, 2 passes, 1 lane; about
20 ms on a ward workstation.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415 - only to sign

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of `pin`, with its own salt; raises ValueError for an empty PIN."""
    if not pin:
        message = "Type a PIN; it cannot be empty."
        raise ValueError(message)
    return _hasher().hash(pin)


def pin_matches(pin_hash: str, pin: str) -> bool:
    """Return whether `pin` is the one that `pin_hash` was made from.

    A hash that is not an argon2 hash matches nothing. A machine without 19 MiB to spare raises
    argon2's own error: that is not a wrong PIN.
    """
    from argon2.exceptions import (  # noqa: PLC0415
        InvalidHashError,
        VerificationError,
        VerifyMismatchError,
    )

    try:
        return _hasher().verify(pin_hash, pin)
    except (VerifyMismatchError, InvalidHashError):
        return False
    except VerificationError as error:
        if "Decoding failed" in str(error):  # argon2 has no class of its own for a spoiled hash
            return False
        raise
