"""Changing the site: by two people, as a new entry, with what changes said before anybody signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from il2desk.desk.desk import SYSTEM, Desk, Site
from il2desk.desk.place import TwoSignatures
from il2desk.desk.roles import CHANGE_SITE
from il2desk.desk.set_up_site import checked_site
from il2desk.desk.staff import names_of
from il2desk.dosing import Refusal, refuse, tell

CHANGE_SITE_FIRST = tell("I change the site as written here")
CHANGE_SITE_SECOND = tell("I checked the change of the site as written here")


@dataclass(frozen=True, slots=True)
class SiteSetUp:
    """The site as it stands: who signed it, and when (UTC); nobody where the first run stored it."""

    site: Site
    by: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class SiteDifference:
    """One fact of the site that changes: which ("site", "zone", "paper", "language" or "caution"), old and new."""

    fact: str
    old: str
    new: str


def site_set_up(desk: Desk) -> SiteSetUp | None:
    """Who set the site up as it stands, and when; None before the first run is finished."""
    site, entries = desk.site, desk.journal.entries(kind="site-set-up")
    if site is None or not entries:
        return None
    last = entries[-1]
    signed = tuple(one["name"] for one in last.body.get("signatures", ()))
    alone = () if last.actor == SYSTEM else (names_of(desk).get(last.actor, last.actor),)
    return SiteSetUp(site, signed or alone, last.at)


def site_differences(desk: Desk, wished: Site) -> tuple[SiteDifference, ...] | Refusal:
    """What would change, in the order of the form; refused where the site cannot be so.

    Another time zone is refused once a patient is registered.
    """
    old = desk.site
    if old is None:
        return refuse("no-site", "The site is not set up yet. Finish the first run.")
    new = checked_site(wished)
    if isinstance(new, Refusal):
        return new
    pairs = (
        ("site", old.name, new.name), ("zone", old.zone, new.zone), ("paper", old.paper, new.paper),
        ("language", old.language, new.language), ("caution", old.caution, new.caution),
    )  # fmt: skip
    found = tuple(SiteDifference(fact, was, now) for fact, was, now in pairs if was != now)
    if not found:
        return refuse("unchanged", "Nothing is changed yet. Change what is wrong, then sign.")
    if any(one.fact == "zone" for one in found):
        return _zone_refusal(desk, old.zone) or found
    return found


def _zone_refusal(desk: Desk, zone: str) -> Refusal | None:
    """Why another zone cannot be taken: clock times of patients were typed and printed in this one."""
    patients = len(desk.journal.entries(kind="subject-registered"))
    if patients == 0:
        return None
    return refuse(
        "zone",
        tell(
            "{count} registered: what is planned, given and printed for patients of this journal was "
            "written by the clock of {zone}. In another zone the same doses would stand at other clock "
            "times, and paper in use would no longer agree. Nothing was changed. If the site really "
            "moved, begin a new journal there.",
            count=tell("1 patient is") if patients == 1 else tell("{n} patients are", n=patients),
            zone=zone,
        ),
    )


def change_site(desk: Desk, wished: Site, signed: TwoSignatures, token: str) -> Site | Refusal:
    """Store the site anew, signed by two people; the entries before it stay."""
    if (refusal := desk.not_allowed(CHANGE_SITE)) is not None:
        return refusal
    if desk.stored_before(token, "site-set-up") is not None and desk.site is not None:
        return desk.site
    if (refusal := signed.refusal(desk, CHANGE_SITE)) is not None:
        return refusal
    found = site_differences(desk, wished)
    if isinstance(found, Refusal):
        return found
    new = checked_site(wished)
    if isinstance(new, Refusal):
        return new
    body = {
        "site": new.name, "zone": new.zone, "paper": new.paper, "language": new.language,
        "signatures": signed.body(),
        "changed": {one.fact: {"old": one.old, "new": one.new} for one in found},
    }  # fmt: skip
    body |= {"label_caution": new.caution} if new.caution else {}
    desk.append("site-set-up", body, form_token=token)
    return new
