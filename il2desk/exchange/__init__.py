"""What goes out of the program for others to read. This is the room's door."""

from __future__ import annotations

from il2desk.exchange.csv_table import csv_bytes

__all__ = ["csv_bytes"]
