"""First run: the site's name, time zone, paper and language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from il2desk.desk.desk import Desk, Site
from il2desk.desk.roles import SITE
from il2desk.dosing import Refusal, refuse

PAPERS = ("A4", "Letter")
LONGEST_CAUTION = 140
"""Letters of the caution on a label's strip: so many fit beside the small label too."""


def set_up_site(
    desk: Desk, name: str, zone: str, paper: str, token: str, *, caution: str | None = None
) -> Site | Refusal:
    """Store the site. The zone is an IANA name such as Europe/Berlin; the language is English.

    `caution` is printed beside every label; the program knows none of its own. None keeps what is
    stored, an empty text takes it away.
    """
    if desk.stored_before(token, "site-set-up") is None and desk.site is not None:
        refusal = desk.not_allowed(SITE)
        if refusal is not None:
            return refusal
    name = " ".join(name.split())
    if not name:
        return refuse("site", "Enter the name of the site as it is printed on sheets.")
    if not known_zone(zone):
        return refuse("zone", f"{zone or 'Nothing'} is not a time zone. Type it as Europe/Berlin.")
    if paper not in PAPERS:
        return refuse("paper", "Choose A4 or Letter.")
    stored = "" if desk.site is None else desk.site.caution
    caution = stored if caution is None else " ".join(caution.split())
    if len(caution) > LONGEST_CAUTION:
        return refuse(
            "caution",
            f"The caution has {len(caution)} letters; {LONGEST_CAUTION} fit beside a label. Shorten it.",
        )
    body = {"site": name, "zone": zone, "paper": paper, "language": "en"}
    body |= {"label_caution": caution} if caution else {}
    desk.append("site-set-up", body, form_token=token)
    return Site(name, zone, paper, "en", caution)


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
        return refuse("zone", f"{name} is not a time zone. Type it as Europe/Berlin.")
    return ZoneInfo(name)
