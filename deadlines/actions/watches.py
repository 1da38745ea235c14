"""The weekly notice of what is watched."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from accounts import queries as accounts
from accounts.models import User
from core.database import hold
from core.scope import elevated
from deadlines.queries import calendar
from deadlines.queries.watches import Standing, watched_by_unit
from deadlines.rules import REGULATION
from notices.actions import tell
from notices.models import Notice
from notices.rules import Message, Topic
from orgs.models import OrgUnit
from orgs.rules import Grant

logger = logging.getLogger("qltb.deadlines")
LOCK = int.from_bytes(b"qltbwtch")
ADDRESS = "/han-xu-ly/#theo-doi"
Told = dict[User, list[tuple[OrgUnit, list[Standing]]]]
"""By person, the units of which it is told and what there is."""


def tell_weekly() -> int:
    """Once a week, on its first working day or as soon after it as this runs: what is watched, one notice a person.

    Whoever records for a unit hears of its devices, software and repairs; whoever manages accounts of those that
    nobody uses. All in one transaction: a week that has a notice is done. Returns how many were told.
    """
    with elevated("deadlines.watches: people of every unit are told of what ends soon"):
        hold(LOCK)
        today = timezone.localdate()
        key = "watch:{}-W{:02}".format(*today.isocalendar())
        if not calendar().is_working(today) or Notice.objects.filter(topic=Topic.WATCH, key=key).exists():
            return 0
        told = tell((user, _message(key, of)) for user, of in _who_hears(today).items())
    logger.info("told of what is watched", extra={"week": key, "notices": told})
    return told


def _who_hears(today: date) -> Told:
    by_unit = watched_by_unit(today)
    units = OrgUnit.objects.in_bulk(by_unit)
    heard: Told = defaultdict(list)
    for pk, users in accounts.recorders(list(by_unit)).items():
        if recorded := [one for one in by_unit[pk] if one.watch.grant == Grant.RECORD_DATA]:
            for user in users:
                heard[user].append((units[pk], recorded))
    for user, unit in accounts.managers():
        below = [
            one
            for pk, of in by_unit.items()
            if units[pk].path.startswith(unit.path)
            for one in of
            if one.watch.grant == Grant.MANAGE_ACCOUNTS
        ]
        if below:
            heard[user].append((unit, [_added(below)]))
    return heard


def _added(standings: list[Standing]) -> Standing:
    many = sum(one.many for one in standings)
    return Standing(standings[0].watch, many, many, None)


def _message(key: str, of: list[tuple[OrgUnit, list[Standing]]]) -> Message:
    standings = [one for _, some in of for one in some]
    laws = sorted({one.watch.law for one in standings if one.watch.law})
    return Message(
        key=key,
        topic=Topic.WATCH,
        title=f"Việc cần theo dõi trong tuần: {sum(one.many for one in standings)} mục",
        text="\n".join(_lines(of)),
        address=ADDRESS,
        law=f"{', '.join(laws)} {REGULATION}" if laws else "",
        due=min((one.first for one in standings if one.first and one.watch.ends), default=None),
    )


def _lines(of: list[tuple[OrgUnit, list[Standing]]]) -> Iterator[str]:
    for unit, standings in of:
        yield f"{unit.name}:"
        for one in standings:
            day = f", {one.watch.first} {one.first:%d/%m/%Y}" if one.first else ""
            yield f"- {one.watch.label}: {one.many}{day}. {one.watch.advice}"
