"""One variant, in a process of its own: walks to its stations and takes their pictures.

    take.py FOLDER HOME SIZE THEME LANGUAGE NAMES STATION ...

Started by run.py. What was taken stands in HOME/told.json afterwards.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import program as il2desk_program
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from station import Station, Walk
from variants import NAMES, SIZES, Variant

from il2desk.window.routes import ROUTES

WINDOW_TREE = il2desk_program.ROOT / "tests" / "window" / "tree"
_HELP_WIDTH = 960


def tree() -> Any:
    """Return the checks of the widget tree."""
    return il2desk_program.package("window_tree", WINDOW_TREE)


class Camera:
    """Takes pictures into a folder and keeps what the checks said."""

    def __init__(self, folder: Path, variant: Variant) -> None:
        self.folder, self.variant = folder, variant
        self.taken: list[dict[str, object]] = []

    def take(self, station: Station, window: Any) -> None:
        """One picture, the same in grey, and what the checks find."""
        il2desk_program.settle(window)
        look = tree().look_at(window)
        image = look.image()
        for kind, shown in (
            ("", image),
            ("grey", image.convertToFormat(QImage.Format.Format_Grayscale8)),
        ):
            place = self.folder / self.variant.name / kind
            place.mkdir(parents=True, exist_ok=True)
            shown.save(str(place / f"{station.name}.png"))
        if station.help and self.variant == Variant():
            save_for_help(image, self.folder / "help", station.help)
        faults = {name: told for name, told in tree().all_faults(look).items() if told}
        self.tell(station, {} if station.early else faults)

    def tell(self, station: Station, faults: dict[str, list[str]]) -> None:
        """Keep what was found."""
        self.taken.append(
            {
                "name": station.name, "screen": station.screen, "state": station.state,
                "variant": self.variant.name, "faults": faults,
            }
        )  # fmt: skip


def save_for_help(image: QImage, folder: Path, name: str) -> None:
    """A small picture: 960 px wide, 64 greys and colours."""
    from PySide6.QtCore import Qt  # noqa: PLC0415

    folder.mkdir(exist_ok=True)
    small = image.scaledToWidth(_HELP_WIDTH, Qt.TransformationMode.SmoothTransformation)
    small.setDevicePixelRatio(1)
    palette = small.convertToFormat(
        QImage.Format.Format_Indexed8, Qt.ImageConversionFlag.ThresholdDither
    )
    palette.save(str(folder / f"{name}.png"), "PNG", 0)


def walk_to(program: Any, camera: Camera, walk: Walk, names: Sequence[str]) -> None:
    """Go through a walk up to the last station that is wanted."""
    last = max(at for at, station in enumerate(walk.stations) if station.name in names)
    program.clock.moment = il2desk_program.START
    journal = program.journal(walk.stage) if walk.stage not in ("", "practice") else None
    size = SIZES[camera.variant.size][:2]
    with (
        walk.around(program, journal),
        program.opened(journal, practice=walk.stage == "practice", size=size) as hands,
    ):
        for station in walk.stations[: last + 1]:
            if station.early:
                continue
            station.act(program)
            arrived(station, hands)
            if station.name in names:
                camera.take(station, hands.window)


def arrived(station: Station, hands: Any) -> None:
    """Raise where another page is shown than the station is about."""
    if not station.route:
        return
    shown, wanted = type(hands.page).__name__, ROUTES[station.route].page
    if shown != wanted:
        message = f"{station.name}: {shown} is shown and not {wanted}"
        raise AssertionError(message)


def main(words: Sequence[str]) -> None:
    """Take every station that is named."""
    folder, home, *rest = words
    variant, names = Variant(*rest[:4]), rest[4:]
    il2desk_program.at_home(Path(home))
    app = QApplication([])
    il2desk_program.dress(app, variant.theme, variant.language)
    from stations import WALKS  # noqa: PLC0415 - the pages are imported in their language

    program = il2desk_program.Program(Path(home), *NAMES[variant.names])
    camera = Camera(Path(folder), variant)
    for walk in WALKS:
        wanted = [station for station in walk.stations if station.name in names]
        if not wanted:
            continue
        try:
            walk_to(program, camera, walk, names)
        except Exception:  # noqa: BLE001 - the other walks are taken all the same
            told = traceback.format_exc()
            print(told, file=sys.stderr)
            done = {each["name"] for each in camera.taken}
            for station in wanted:
                if station.name not in done:
                    camera.tell(station, {"not reached": [told.strip().splitlines()[-1]]})
    Path(home, "told.json").write_text(json.dumps(camera.taken), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
