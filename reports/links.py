"""Addresses of the rows behind a figure: devices as they are now, devices of an earlier day, entries of the books."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from equipment.rules.figures import Books, first_day, last_day
from reports.building import Place
from ui.formats import vndate

OLDEST = 1900


def _of(place: Place) -> dict[str, str]:
    """The filters that every list of what belongs to units has."""
    asked = {"unit" if place.below else "own": place.unit}
    return asked | ({"category": place.category} if place.category else {})


def entries(place: Place, first: date, last: date, flow: str) -> str:
    """The entries of the books between two days that went into one column."""
    asked = {**_of(place), "flow": flow, "on_tu": vndate(first), "on_den": vndate(last)}
    return f"{reverse('reports:entries')}?{urlencode(asked)}"


def held(place: Place, day: date, **narrowed: str | list[str]) -> str:
    """The devices on the books at the end of that day. Today's are the list of devices itself."""
    if day >= timezone.localdate() and "life" not in narrowed:
        asked: Mapping[str, str | list[str]] = {"books": Books.ON.value, **_of(place), **narrowed}
        return f"{reverse('equipment:list')}?{urlencode(asked, doseq=True)}"
    asked = {**_of(place), "day": vndate(day), **narrowed}
    return f"{reverse('reports:held')}?{urlencode(asked, doseq=True)}"


def received(place: Place, day: date, *, least: int, most: int) -> str:
    """Of the devices on the books on that day those whose age in years lies between these, both included."""
    first, last = first_day(max(day.year - most, OLDEST)), last_day(day.year - least)
    return held(place, day, received_tu=vndate(first), received_den=vndate(last))


def norms(place: Place, day: date) -> str:
    """What is too much and too little in one unit."""
    return f"{reverse('assignments:norms')}?{urlencode({'unit': place.unit, 'ngay': vndate(day)})}"
