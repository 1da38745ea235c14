"""A change of the calendar under all that is open: `python -m qltb.throwaway .venv/bin/python -m benchmarks.redates`.

Works on an empty database, as the one that `qltb.throwaway` makes, and leaves its rows there.
"""

import argparse
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from benchmarks.sweeps import megabytes, obligations, people  # first: it sets Django up

from django.core.management import call_command  # isort: skip
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.rules import Kind
from benchmarks.site import say
from deadlines.actions import redate_open
from deadlines.actions.calendar import change_calendar
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.queries.changes import plan_of
from deadlines.rules import due_date
from deadlines.rules.overrides import Wanted

T = TypeVar("T")


def timed(what: str, act: Callable[[], T], found: Callable[[T], int]) -> T:
    """What `act` gives, with its time and how many due days it is about."""
    began = time.perf_counter()
    result = act()
    say(f"{what:<52}{time.perf_counter() - began:>7.2f} s   {found(result):,} due days, memory {megabytes()} MB")
    return result


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.redates", description=__doc__)
    parser.add_argument("--obligations", type=int, default=100_000)
    many = parser.parse_args().obligations
    for command in ("migrate", "load_units", "load_calendar"):
        call_command(command, verbosity=0)
    people()
    obligations(many, calendar(), timezone.localdate())
    by = User.objects.filter(kind=Kind.LEVEL1_ADMIN).first()
    if by is None:
        raise SystemExit("no account that keeps the calendar")
    day = due_date(timezone.localdate() - timedelta(days=30), 0, calendar())
    wanted = Wanted(day, day, working=False, reason="Đo", source="Đo")
    plan = timed("plan of one day off", lambda: plan_of(wanted, by=by), lambda plan: len(plan.moves))
    timed(
        "one day off, written",
        lambda: change_calendar(wanted, seen=plan.fingerprint, by=by),
        lambda outcome: outcome.moved,
    )
    Obligation.objects.update(due_date=F("due_date") - timedelta(days=1))  # as if every term were computed anew
    timed("every open due day moves", lambda: redate_open(reason="Đo", by=by), lambda moved: moved)
    timed("nothing moves", lambda: redate_open(reason="Đo", by=by), lambda moved: moved)


if __name__ == "__main__":
    main()
