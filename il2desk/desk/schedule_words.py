"""A planned cycle as text for a terminal: the policy, the doses, and the days of the companion drugs."""

from __future__ import annotations

from datetime import date, timedelta

from il2desk.desk.answers import schedule_answer, spoken
from il2desk.desk.catalogue_answers import heading_text
from il2desk.dosing import (
    Companion,
    Protocol,
    Refusal,
    Schedule,
    parse_local,
    regimen_of,
    tell,
    write_date,
    write_quantity,
)
from il2desk.protocols import Catalogue, Problems

_KEPT = {
    "elapsed": tell("doses stay the stated hours apart, so clock times move at a clock change"),
    "clock": tell("doses keep their clock times"),
}


def schedule_text(
    catalogue: Catalogue, protocol: str, arm: str | None, start: str, schedule: Schedule
) -> str:
    """The heading, one dose a line, what else belongs to the cycle, and what a clock change does.

    `start` is the local start as typed, from which the days of the companion drugs are counted.
    """
    bundle = catalogue.bundle_for(protocol)
    if isinstance(bundle, Problems):
        return "\n".join(bundle.sentences)
    found = schedule_answer(schedule)
    lines = [_policy(bundle.protocol, schedule.policy)]
    lines += [
        tell(
            "dose {number}  {local}  {utc}",
            number=f"{one['number']:>2}",
            local=one["local"],
            utc=one["utc"],
        )
        for one in found["doses"]
    ]
    regimen, begin = regimen_of(bundle.protocol, arm), parse_local(start)
    if not isinstance(regimen, Refusal) and not isinstance(begin, Refusal):
        lines += [_beside(one, begin.date()) for one in regimen.companions]
    if schedule.clock_change is not None:
        lines.append(schedule.clock_change.text)
    return heading_text(catalogue, protocol) + spoken("\n".join(lines))


def _policy(protocol: Protocol, policy: str) -> str:
    """The rule that was used, and what the site says of it."""
    words = tell("Policy {policy}: {kept}.", policy=policy, kept=_KEPT[policy])
    site = protocol.site.schedule_policy
    if site is None:
        where = tell("It is not the site's rule: none is filled in (site.schedule_policy, a gap).")
        return tell("{words} {where} --policy names another.", words=words, where=where)
    return (
        words
        if site == policy
        else tell("{words} The site's copy says {site}.", words=words, site=site)
    )


def _beside(companion: Companion, day_1: date) -> str:
    """The days of a companion drug with their dates, or its interval, or that nobody filled them in."""
    if companion.days is not None:
        days = (
            tell("day {day} ({date})", day=day, date=write_date(day_1 + timedelta(days=day - 1)))
            for day in companion.days.value
        )
        return tell("beside it {drug}: {days}", drug=companion.drug, days=", ".join(days))
    if companion.interval_h is not None:
        hours = write_quantity(companion.interval_h.value, "hours")
        count = companion.doses_per_cycle
        often = "" if count is None else tell(", {count} doses", count=count.value)
        return tell(
            "beside it {drug}: every {hours}{often}", drug=companion.drug, hours=hours, often=often
        )
    return tell("beside it {drug}: its days are not filled in, a gap", drug=companion.drug)
