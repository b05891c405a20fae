"""The baseline for typing: a line that echoes into a label when it is left, as ours derives then.

It types once for each line it is sent.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from typist import Painted, Typist, settle

app = QApplication(sys.argv[:1])
window = QMainWindow()
house = QWidget()
column = QVBoxLayout(house)
line, following, label = QLineEdit(), QLineEdit(), QLabel()
line.editingFinished.connect(lambda: label.setText(line.text()))
line.textEdited.connect(label.clear)
for part in (line, following, label):
    column.addWidget(part)
window.setCentralWidget(house)
window.resize(1280, 720)
window.show()
settle()
painted = Painted(label, label.text)
typist = Typist(line, painted, lambda seen, weight: seen == weight)
for _ in sys.stdin:
    typed = typist.type()
    print(json.dumps([typed.whole, typed.last]), flush=True)
