"""Deadlines as an iCalendar file (RFC 5545). Pure: the same obligations give the same bytes."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from deadlines.queries.feed import Owed
from deadlines.rules import DAY, Step, WorkingCalendar
from deadlines.rules.steps import step_days
from deadlines.subjects import address_of
from ui.formats import vndate

ALARM_AT = time(8)  # of the last working day before the due day
REFRESH = timedelta(hours=1)


def written(owed: Iterable[Owed], *, name: str, site: str, today: date, by_calendar: WorkingCalendar) -> bytes:
    """One all-day event for each obligation. `site` is the address of the application, without a slash at its end."""
    made = Calendar()
    made.add("prodid", "-//BHXH Việt Nam//Quản lý thiết bị CNTT//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for one in owed:
        made.add_component(_event(one, site=site, today=today, by_calendar=by_calendar))
    return made.to_ical()


def _event(owed: Owed, *, site: str, today: date, by_calendar: WorkingCalendar) -> Event:
    row, event = owed.obligation, Event()
    late = row.due_date < today
    summary = f"{'Quá hạn' if late else 'Hạn'}: {row.get_kind_display()} {row.subject_label} ({row.unit.name})"
    link = f"{site}{address_of(row.subject_type_id, row.subject_label, row.subject_id)}"
    event.add("uid", f"{row.public_id}@qltb")
    event.add("dtstamp", owed.written)
    event.add("last-modified", owed.written)
    event.add("sequence", owed.rewritten)
    event.add("dtstart", row.due_date)
    event.add("dtend", row.due_date + DAY)
    event.add("summary", summary)
    event.add("description", f"{_terms(owed)}\n{link}")
    event.add("url", link)
    event.add("transp", "TRANSPARENT")  # a deadline doesn't make its day busy
    if not late:
        event.add_component(_alarm(row.due_date, summary, by_calendar))
    return event


def _terms(owed: Owed) -> str:
    row = owed.obligation
    term = f"{row.working_days} ngày làm việc kể từ ngày {vndate(row.start_date)}, " if row.working_days else ""
    return f"{row.unit.name}: {term}hạn {vndate(row.due_date)}. Căn cứ: {row.legal_basis}."


def _alarm(due: date, text: str, by_calendar: WorkingCalendar) -> Alarm:
    before = step_days(due, by_calendar)[Step.BEFORE]
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", datetime.combine(before, ALARM_AT) - datetime.combine(due, time()))
    return alarm
