"""What follows from a protocol or a product alone is worked out once for each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
_MOST = 128  # objects held by one table; the program has a few protocols open, never so many


class Once(Generic[Key, Value]):
    """A function of one frozen object, whose answers are kept by the identity of that object.

    The object is held beside its answer: while it is, no other object can have its identity. An
    equal object asks anew. A full table is emptied.
    """

    __slots__ = ("_kept", "_of")

    def __init__(self, of: Callable[[Key], Value]) -> None:
        self._of = of
        self._kept: dict[int, tuple[Key, Value]] = {}

    def __call__(self, one: Key) -> Value:
        """The answer for the object, worked out where it is not kept."""
        try:
            return self._kept[id(one)][1]
        except KeyError:
            answer = self._of(one)
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[id(one)] = (one, answer)
            return answer
