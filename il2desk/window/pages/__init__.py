"""The pages of the window, one a file; each is imported only when it is opened."""

from __future__ import annotations

__all__: list[str] = []
