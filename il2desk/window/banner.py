"""Whose data this is: the banner of the one open patient."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from il2desk.dosing import tell
from il2desk.window.flow import FlowLayout
from il2desk.window.list_header import HeaderFacts, ListHeader
from il2desk.window.natural_label import NAME_PX, Drug, Fact, Natural
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import colour, tokens_of
from il2desk.words import say

__all__ = ["ALLERGIES", "BannerFacts", "HeaderFacts", "ListHeader", "PatientBanner"]

_NO_BREAK = "\u00a0"
# Four facts that must never look alike: what is known, that nothing is, that nobody asked, that the
# answer cannot be had now.
ALLERGIES: dict[str, tuple[str, str]] = {
    "known allergies": ("▲", tell("Known allergies")),
    "no known allergies": ("✓", tell("No known allergies")),
    "allergies not recorded": ("□", tell("Allergies not recorded")),
    "allergies unavailable": ("∅", tell("Allergies unavailable")),
}


@dataclass(frozen=True, slots=True)
class BannerFacts:
    """Who the open patient is, in texts ready to be shown; None is shown as "Not recorded"."""

    trial_number: str
    family_name: str | None = None
    given_name: str | None = None
    title: str | None = None
    initials: str | None = None
    born: str | None = None
    age: str | None = None
    sex: str | None = None
    hospital_number: str | None = None
    allergies: str = "allergies not recorded"
    allergy_detail: str = ""
    dosing_weight: str | None = None
    dosing_weight_note: str = ""
    course: str = ""
    drug_line: str = ""
    dose: str | None = None
    deceased: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError where the allergies are none of the four phrases."""
        if self.allergies.lower() not in ALLERGIES:
            msg = f"{self.allergies!r} is none of the four allergy phrases"
            raise ValueError(msg)

    def name(self) -> str:
        """Return LÖWENSTEIN, Maria (Ms); initials where no name is recorded; never a cut name."""
        if not self.family_name:
            return self.initials or say("Name not recorded")
        # The capital sharp s keeps the name's own letters; plain upper() writes SS.
        family = self.family_name.replace("ß", "ẞ").upper()
        given = f", {self.given_name}" if self.given_name else ""
        if not self.family_name.isascii() and not any(c.isupper() for c in self.family_name[:1]):
            family, given = self.family_name, f" {self.given_name}" if self.given_name else ""
        return family + given + (f" ({self.title})" if self.title else "")


class PatientBanner(QFrame):
    """The one patient of this window: always at the top, full width, never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: BannerFacts | None = None
        self.setAutoFillBackground(True)
        self.dress_again()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 7, 14, 7)
        column.setSpacing(4)
        who, what = FlowLayout(), FlowLayout()
        column.addLayout(who)
        column.addLayout(what)
        self._name = Natural(px=NAME_PX, bold=True, parent=self)
        self._born = Fact(say("Born"), self)
        self._sex = Fact(say("Sex"), self)
        self._hospital = Fact(say("Hospital No."), self)
        self._trial = Fact(say("Trial No."), self)
        self._weight = Fact(say("Dosing weight"), self)
        self._allergies = Natural(bold=True, parent=self)
        self._drug = Drug(self)
        self._dose = Fact(say("DOSE"), self)
        who.addWidget(self._name)
        for fact in self._pairs()[:-1]:
            who.addWidget(fact)
        what.addWidget(self._allergies)
        what.addWidget(self._drug)
        what.addWidget(self._dose)
        for fact in self._pairs():
            fact.dress("banner_label", "banner_text")
        self._name.set_ink("banner_text")
        self._drug.dress("banner_text")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def dress_again(self) -> None:
        """Take the fill of the theme that is in use now; the ring of the focus shows on it too."""
        tokens, mine = tokens_of(self), self.palette()
        mine.setColor(QPalette.ColorRole.Window, colour(tokens.banner))
        mine.setColor(QPalette.ColorRole.Link, colour(tokens.banner_label))
        self.setPalette(mine)

    def _pairs(self) -> tuple[Fact, ...]:
        return (self._born, self._sex, self._hospital, self._trial, self._weight, self._dose)

    def set_facts(self, facts: BannerFacts) -> None:
        """Show another patient; all of it changes at once."""
        self._facts = facts
        missing = say("Not recorded")
        born = facts.born if not facts.age else f"{facts.born}{_NO_BREAK}({facts.age})"
        self._name.setText(facts.name())
        self._born.show_value(born if facts.born else None, missing=missing)
        self._sex.show_value(facts.sex, missing=missing)
        self._hospital.show_value(facts.hospital_number, missing=missing)
        self._trial.show_value(facts.trial_number, missing=missing)
        self._weight.show_value(facts.dosing_weight, missing=missing)
        self._weight.setToolTip(facts.dosing_weight_note)
        icon, phrase = ALLERGIES[facts.allergies.lower()]
        detail = f": {facts.allergy_detail}" if facts.allergy_detail else ""
        self._allergies.setText(f"{icon} {say(phrase)}{detail}")
        self._dress_allergies(known=icon == "▲")
        line = spoken_all((part for part in (facts.drug_line, facts.course) if part), "  ")
        self._drug.setText(line)
        self._drug.setVisible(bool(line))
        self._dose.show_value(facts.dose, missing=missing)
        self._dose.setVisible(facts.dose is not None)
        self.setAccessibleName(self.accessible_sentence())
        self.updateGeometry()
        self.update()

    def _dress_allergies(self, *, known: bool) -> None:
        """Put what is known on a fill of its own; shape, words and emphasis all differ."""
        if known:
            self._allergies.set_ink("hold_text", "hold")
        else:
            self._allergies.set_ink("banner_text")

    def facts(self) -> BannerFacts | None:
        """Return what is shown."""
        return self._facts

    def accessible_sentence(self) -> str:
        """Return everything shown, in reading order."""
        shown = [fact.sentence() for fact in self._pairs() if not fact.isHidden()]
        text = [
            self._name.text(),
            *shown[:5],
            self._allergies.text(),
            self._drug.text(),
            *shown[5:],
        ]
        return spoken_all((part for part in text if part), ". ")

    def hasHeightForWidth(self) -> bool:
        """Return that long names make it taller, never cut."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the trial number, the identifier that holds no name."""
        if event.matches(QKeySequence.StandardKey.Copy) and self._facts is not None:
            QGuiApplication.clipboard().setText(self._facts.trial_number)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hatch the edge of a deceased patient's banner: pattern and colour."""
        super().paintEvent(event)
        if self._facts is not None and self._facts.deceased:
            painter = QPainter(self)
            hatch = QBrush(colour(tokens_of(self).banner_label), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(0, 0, 10, self.height(), hatch)
            painter.fillRect(0, self.height() - 5, self.width(), 5, hatch)
