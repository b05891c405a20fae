"""Folders where a journal is not safe."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from il2desk.records import sync_or_network_folder

if TYPE_CHECKING:
    from pathlib import PurePath

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/ward /mnt/ward nfs4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /mnt/ward/local ext4 rw 0 0
broken
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    table = tmp_path / "mounts"
    table.write_text(MOUNTS, encoding="utf-8")
    return table


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (PureWindowsPath(r"C:\Users\kb\OneDrive - Hospital\trial\journal.sqlite"), "OneDrive"),
        (PureWindowsPath(r"\\server\trial\journal.sqlite"), "another machine"),
        (PurePosixPath("/home/kb/Dropbox/journal.sqlite"), "Dropbox"),
        (PurePosixPath("/home/kb/Nextcloud/journal.sqlite"), "Nextcloud"),
        (PurePosixPath("/mnt/ward/trial/journal.sqlite"), "another machine"),
        (PurePosixPath("/mnt/my share/journal.sqlite"), "another machine"),
    ],
)
def test_an_unsafe_folder_is_named(path: PurePath, says: str, mounts: Path) -> None:
    sentence = sync_or_network_folder(path, mounts)
    assert sentence is not None
    assert says in sentence
    assert sentence.endswith("this workstation's own disk.")


@pytest.mark.parametrize(
    "path",
    [
        PurePosixPath("/var/lib/il2desk/journal.sqlite"),
        PurePosixPath("/mnt/ward/local/journal.sqlite"),
        PurePosixPath("/mnt/wardrobe/journal.sqlite"),
    ],
)
def test_an_own_disk_is_not_warned_about(path: PurePath, mounts: Path) -> None:
    assert sync_or_network_folder(path, mounts) is None


def test_a_machine_without_a_table_of_mounts_is_not_warned_about(tmp_path: Path) -> None:
    assert sync_or_network_folder(PurePosixPath("/srv/trial"), tmp_path / "none") is None
