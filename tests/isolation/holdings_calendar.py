"""A change of the working calendar, which belongs to all, and two secret addresses of calendars of deadlines."""

from datetime import date
from typing import Any

from django.utils import timezone

from deadlines.actions import feed
from deadlines.actions.calendar import change_calendar
from deadlines.models import FeedToken
from deadlines.queries.changes import plan_of
from deadlines.rules.overrides import Wanted

DAY = date(2027, 6, 18)  # a Friday by which nothing is due


def furnish(country: Any) -> None:
    """One day off, written by IT Center; addresses of two accounts, and one whose secret is known."""
    wanted = Wanted(DAY, DAY, working=False, reason="Nghỉ hoán đổi", source="Công văn thử")
    by = country.world.admin1
    change_calendar(wanted, seen=plan_of(wanted, by=by).fingerprint, by=by)
    for owner in (country.world.nghiepvu_hanoi, country.world.nghiepvu_hoankiem):
        feed.issue(by=owner)
    country.shared |= {"calendar_day": DAY, "feed": feed.issue(by=country.world.vanphong)}
    FeedToken.objects.update(used_on=timezone.localdate())  # so that asking for it today writes nothing
