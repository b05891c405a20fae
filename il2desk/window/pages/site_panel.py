"""The site as it stands, and its change: what was, what will be, then two signatures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from il2desk.desk import PAPERS, Desk, Site, new_token
from il2desk.desk.site_settings import (
    CHANGE_SITE_FIRST,
    CHANGE_SITE_SECOND,
    SiteDifference,
    change_site,
    site_differences,
    site_set_up,
)
from il2desk.dosing import Refusal, write_moment
from il2desk.window.fields import Choice, Entry, NumberedChoice, TextEntry
from il2desk.window.pages.facts_grid import Fact
from il2desk.window.pages.form_panel import FormPanel
from il2desk.window.pages.signing import Act, sign_twice
from il2desk.words import language_name, languages, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from il2desk.window.office import Office


def site_facts(desk: Desk) -> tuple[Fact, ...]:
    """The site, who signed it as it stands, and when."""
    found = site_set_up(desk)
    if found is None:
        return ()
    site, names = found.site, _names()
    by = say(" and ").join(found.by) or say("stored at the first run")
    at = write_moment(desk.local(found.at))
    return (
        Fact(names["site"], site.name),
        Fact(names["zone"], say("{zone}, now {offset}", zone=site.zone, offset=_now(desk))),
        Fact(names["paper"], site.paper),
        Fact(names["language"], language_name(site.language)),
        Fact(names["caution"], site.caution or say("None. Labels say so.")),
        Fact(say("Set up"), say("{moment}, {people}", moment=at, people=by)),
    )


def _now(desk: Desk) -> str:
    return desk.now().tzname() or ""


def _names() -> dict[str, str]:
    return {
        "site": say("Site name"),
        "zone": say("Time zone"),
        "paper": say("Paper"),
        "language": say("Language of sheets"),
        "caution": say("Caution on labels"),
    }


def ask_for_another_site(office: Office, done: Callable[[], None]) -> None:
    """Open the panel in which the site is changed; nothing is stored before two people signed."""
    site = office.desk.site
    if site is not None:
        panel = _SitePanel(office, site, done)
        panel.back.connect(office.window.close_panel)
        office.window.open_panel(panel)


_LINE = 264  # beside a scroll bar too


class _SitePanel(FormPanel):
    """The five facts of the site, as they stand, to be changed."""

    def __init__(self, office: Office, site: Site, done: Callable[[], None]) -> None:
        lines = (
            say("Paper that was printed keeps what stands on it; sheets made from now on follow."),
            say("Another time zone is refused once a patient is registered."),
        )
        super().__init__(say("Change the site"), lines, say("Review and sign"), self._review)
        self._office, self._site, self._done, self._token = office, site, done, new_token()
        names = _names()
        self.name = TextEntry(names["site"], required=True)
        self.name.line.setText(site.name)
        self.zone = TextEntry(names["zone"], required=True)
        self.zone.line.setText(site.zone)
        self.paper = NumberedChoice(names["paper"], [Choice(one, one) for one in PAPERS], columns=2)
        self.paper.choose(site.paper)
        self.language = NumberedChoice(
            names["language"], [Choice(code, language_name(code)) for code in languages()]
        )
        if site.language in languages():
            self.language.choose(site.language)
        self.caution = TextEntry(names["caution"])
        self.caution.line.setText(site.caution)
        for typed in (self.name, self.zone, self.caution):
            typed.line.setFixedWidth(_LINE)
        beside: tuple[tuple[Entry, str], ...] = (
            (self.name, "site"), (self.zone, "zone"), (self.paper, "paper"),
            (self.language, "language"), (self.caution, "caution"),
        )  # fmt: skip
        for entry, code in beside:
            self.ask(entry, code)

    def _review(self) -> Refusal | None:
        wished = replace(
            self._site,
            name=self.name.value() or "",
            zone=(self.zone.value() or "").strip(),
            paper=self.paper.value() or "",
            language=self.language.value() or "",
            caution=self.caution.value() or "",
        )
        office, token = self._office, self._token
        found = site_differences(office.desk, wished)
        if isinstance(found, Refusal):
            return found
        act = Act(
            say("Change the site"), difference_lines(found), CHANGE_SITE_FIRST, CHANGE_SITE_SECOND
        )
        sign_twice(
            office, act, lambda signed: change_site(office.desk, wished, signed, token), self._done
        )
        return None


def difference_lines(found: tuple[SiteDifference, ...]) -> tuple[str, ...]:
    """Each change as a line of the review: what it is now, and what it will be."""
    names, lines = _names(), []
    for one in found:
        old, new = (
            language_name(text) if one.fact == "language" else text for text in (one.old, one.new)
        )
        lines.append(
            say("{fact}: now {old}; from now on {new}", fact=names[one.fact],
                old=old or say("none"), new=new or say("none"))
        )  # fmt: skip
        if one.fact == "zone":
            lines.append(
                say("No patient is registered, so no planned dose moves. Clock times on screen and paper "
                    "are told in the new zone from now on; the moments stored stay what they are.")
            )  # fmt: skip
    return tuple(lines)
