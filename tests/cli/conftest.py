"""The command line as a test sees it: in this process, as a program of its own, without rights."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from il2desk.cli import main


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """Standard output as one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run one command in this process; refusals and failures never print an answer."""

    def command(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        if code in (2, 3, 70):
            assert out == ""
            assert err.strip()
        else:
            assert err == ""
        return Said(code, out, err)

    return command


@pytest.fixture
def program(root: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `il2desk` as a program of its own; `home` is the folder that holds the package."""

    def command(
        *words: object, home: Path | None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        called = [sys.executable, "-P", "-W", "error", "-m", "il2desk", *map(os.fspath, words)]
        environment = dict(os.environ) | {
            "PYTHONPATH": str(home or root),
            "PYTHONDONTWRITEBYTECODE": "1",
            **options.pop("environment", {}),
        }
        how: dict[str, Any] = {"capture_output": True, "encoding": "utf-8", "errors": "replace"}
        return subprocess.run(
            called, env=environment, stdin=subprocess.DEVNULL, check=False, **(how | options)
        )

    return command


@pytest.fixture
def copied_program(root: Path, tmp_path: Path) -> Path:
    """A folder with a copy of the program and its resources, to be broken at will."""
    home = tmp_path / "copy"
    leave = shutil.ignore_patterns("__pycache__", "window")
    shutil.copytree(root / "il2desk", home / "il2desk", ignore=leave)
    shutil.copytree(root / "resources", home / "resources")
    return home


@pytest.fixture
def without_rights() -> Callable[[], contextlib.AbstractContextManager[None]]:
    """Act as somebody who is no administrator, whom rights of files do not stop."""

    @contextlib.contextmanager
    def as_nobody() -> Iterator[None]:
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield
        finally:
            if root:
                os.seteuid(0)

    if os.name == "nt":
        pytest.skip("rights of files are tested on POSIX")
    return as_nobody
