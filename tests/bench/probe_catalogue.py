"""Our process again, for the share of the catalogue: arguments are the journal and "with" or "without".

Both import what reads protocol files; with it, the whole catalogue is read and checked before the
window is made. The program itself does that beside the open window.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication
from watch import KeyWatch

app = QApplication(sys.argv[:1])
watch = KeyWatch(QApplication.quit)

from il2desk import paths  # noqa: E402 - as the program: after Qt is up
from il2desk.protocols import load_catalogue  # noqa: E402

if sys.argv[2] == "with":
    for _ in load_catalogue(paths.resource_dir()).load():
        pass

from il2desk.cli import main  # noqa: E402

sys.exit(main(["--journal", sys.argv[1]]))
