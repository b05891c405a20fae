"""IL2Desk: an offline dosing desk for aldesleukin trials, from protocol to paper."""

from __future__ import annotations

__version__ = "0.1.0"
