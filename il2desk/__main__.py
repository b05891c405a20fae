"""`python -m il2desk`: the same as the `il2desk` command."""

from __future__ import annotations

from il2desk.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
