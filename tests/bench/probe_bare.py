"""The baseline process: a main window with one line, shown, and nothing else."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from watch import KeyWatch

app = QApplication(sys.argv[:1])
watch = KeyWatch(app.quit)
window = QMainWindow()
line = QLineEdit()
window.setCentralWidget(line)
window.resize(1280, 720)
line.setFocus()
window.show()
sys.exit(app.exec())
