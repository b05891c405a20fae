"""First run: the site's name, time zone, paper, language and caution. Later two people change them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from il2desk.desk.desk import Desk, Site
from il2desk.dosing import Refusal, refuse, tell
from il2desk.words import languages

PAPERS = ("A4", "Letter")
LONGEST_CAUTION = 140
"""Letters of the caution on a label's strip: so many fit beside the small label too."""


def set_up_site(
    desk: Desk, name: str, zone: str, paper: str, token: str, *, caution: str = ""
) -> Site | Refusal:
    """Store the site at the first run. The zone is an IANA name such as Europe/Berlin.

    `caution` is printed beside every label; the program knows none of its own. Refused where the
    site is set up already: then two people change it.
    """
    if desk.stored_before(token, "site-set-up") is not None and desk.site is not None:
        return desk.site
    if desk.site is not None:
        return refuse(
            "site-set-up", "The site is set up already. Two people change it under Settings."
        )
    site = checked_site(Site(name, zone, paper, "en", caution))
    if isinstance(site, Refusal):
        return site
    body = {"site": site.name, "zone": zone, "paper": paper, "language": site.language}
    body |= {"label_caution": site.caution} if site.caution else {}
    desk.append("site-set-up", body, form_token=token)
    return site


def checked_site(wished: Site) -> Site | Refusal:
    """The site with its spaces put right, or why no site can be so."""
    name, zone, paper = " ".join(wished.name.split()), wished.zone, wished.paper
    if not name:
        return refuse("site", "Enter the name of the site as it is printed on sheets.")
    if not known_zone(zone):
        return refuse(
            "zone",
            tell("{zone} is not a time zone. Type it as Europe/Berlin.", zone=zone or "Nothing"),
        )
    if paper not in PAPERS:
        return refuse("paper", "Choose A4 or Letter.")
    if wished.language not in languages():
        return refuse("language", "Choose one of the languages that are shipped.")
    caution = " ".join(wished.caution.split())
    if len(caution) > LONGEST_CAUTION:
        return refuse(
            "caution",
            tell(
                "The caution has {count} letters; {longest_caution} fit beside a label. Shorten it.",
                count=len(caution),
                longest_caution=LONGEST_CAUTION,
            ),
        )
    return Site(name, zone, paper, wished.language, caution)


def known_zone(zone: str) -> bool:
    """Whether the time zone data knows the name."""
    return zone in _zones()


@cache
def _zones() -> frozenset[str]:
    # Not available_timezones(): it reads 600 files, and takes "localtime", which names no place.
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def zone_of(name: str) -> ZoneInfo | Refusal:
    """The zone of an IANA name, or how to type it."""
    if not known_zone(name):
        return refuse(
            "zone", tell("{name} is not a time zone. Type it as Europe/Berlin.", name=name)
        )
    return ZoneInfo(name)
