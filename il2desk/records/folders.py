"""Recognises folders where a journal is not safe: copied by a sync program, or across a network.

It is a warning only. Locks and durable writes are promised by local disks.
"""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

from il2desk.dosing import tell

_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}
_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "9p", "davfs", "glusterfs",
     "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs"}
)  # fmt: skip
_REMOTE_DRIVE = 4  # DRIVE_REMOTE, fileapi.h


def sync_or_network_folder(path: PurePath, mounts: Path = Path("/proc/mounts")) -> str | None:
    """Return a warning when `path` looks synced or remote, else None; raises nothing.

    `mounts` is the system's table of mounted disks (Linux); elsewhere it is not there.
    """
    for part in path.parts:
        for start, name in _SYNCED.items():
            if part.lower().startswith(start):
                return tell(
                    "The folder is copied by {name}, which can damage a journal in use. Choose a folder on this workstation's own disk.",
                    name=name,
                )
    if _is_remote(path, mounts):
        return tell(
            "The folder lies on another machine, where stored is not certain to be safe. "
            "Choose a folder on this workstation's own disk."
        )
    return None


def _is_remote(path: PurePath, mounts: Path) -> bool:
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE)
    return _mount_type(path, mounts) in _NETWORK_TYPES


def _mount_type(path: PurePath, mounts: Path) -> str:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        fields = line.split()
        if len(fields) < 3:  # noqa: PLR2004 - device, place, type
            continue
        place = PurePath(fields[1].replace("\\040", " "))
        if (place == path or place in path.parents) and len(place.parts) >= best:
            best, kind = len(place.parts), fields[2]
    return kind
