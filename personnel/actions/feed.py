"""Pulling the HR feed: one transaction, so that a run is in whole or not at all."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from core.errors import DomainError
from orgs.models import OrgUnit
from personnel.actions.people import own_code, settle
from personnel.importing.feed import Feed, FeedError, Mark, fetch, source
from personnel.importing.record import MAX_TEXT, Known, Person, RecordError, read_record
from personnel.models import Employee, FeedFault, FeedRun
from personnel.rules import EmployeeState, RunState, Source

LOCK = 375_0713  # of PostgreSQL's advisory locks: one run at a time
REASON = "Đồng bộ từ phần mềm quản lý nhân sự"
BATCH = 500
ENDED = (RunState.OK, RunState.PARTLY, RunState.UNCHANGED)
"""The source was read to its end."""
MOST_GONE = 5
"""A list called complete that lacks more than one in so many people is taken for a mistake of its sender."""


def configured() -> bool:
    """Whether the operator named a source."""
    return bool(settings.HR_FEED_URL or settings.HR_FEED_FOLDER)


def pull(*, again: bool = False) -> FeedRun | None:
    """Fetch the feed and put it in; `again` even if it is the one of the last time. The caller is outside the walls.

    Gives the run, or None when another is going on. A source that can't be had gives a run that says so.
    """
    name = source()
    last = FeedRun.objects.filter(source=name, state__in=ENDED).order_by("-pk").first()
    mark = Mark(last.etag, last.modified) if last and not again else Mark()
    try:
        feed = fetch(mark)
    except FeedError as fault:
        return _log(name, mark, state=RunState.FAILED, problem=str(fault))
    if feed is None:
        return _log(name, mark, state=RunState.UNCHANGED)
    try:
        return put_in(feed, name=name)
    except DomainError as refusal:
        return _log(name, feed.mark, state=RunState.FAILED, problem=refusal.message)


@transaction.atomic
def put_in(feed: Feed, *, name: str) -> FeedRun | None:
    """Make the people what the feed says. A record that can't go in is told of with its line; the others go in.

    Raises DomainError for a complete list that can't be one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
    run = _log(name, feed.mark, state=RunState.OK, complete=feed.complete, total=len(feed.records))
    people, faults, named = _judged(feed, run)
    standing = {
        e.code: e
        for e in Employee.objects.select_related("unit", "title", "room", "account").select_for_update(of=("self",))
    }
    fresh: list[Employee] = []
    for line, person in people:
        employee = standing.get(person.code) or standing.get(own_code(person.unit, person.code))
        if employee is None:
            fresh.append(_new(person))
            continue
        try:
            changed = settle(employee, _wanted(employee, person), by=None, reason=REASON)
        except DomainError as refusal:
            faults.append(FeedFault(unit=run.unit, run=run, line=line, code=person.code, message=refusal.message))
            continue
        run.changed += changed
        run.unchanged += not changed
    bulk_create_with_history(fresh, Employee, batch_size=BATCH, default_change_reason=REASON)
    run.created = len(fresh)
    if feed.complete:
        run.changed += _end_unlisted(standing.values(), named)
    FeedFault.objects.bulk_create(faults, batch_size=BATCH)
    run.faulty = len(faults)
    run.state = RunState.PARTLY if faults else RunState.OK
    run.save()
    return run


def _judged(feed: Feed, run: FeedRun) -> tuple[list[tuple[int, Person]], list[FeedFault], set[str]]:
    """The records that can go in, the faults of the others, and every code that the feed names."""
    known = Known.read()
    people: list[tuple[int, Person]] = []
    faults: list[FeedFault] = []
    seen: dict[str, int] = {}
    accounts: dict[int, int] = {}
    for line, raw in feed.records:
        code = str((raw or {}).get("code") or "").strip().upper()
        try:
            if raw is None:
                raise RecordError(["Bản ghi không đúng cấu trúc."])
            if code in seen:
                raise RecordError([f"Mã cán bộ {code} đã có ở dòng {seen[code]}."])
            person = read_record(raw, known)
            account = person.values.get("account")
            if account is not None and account.pk in accounts:
                raise RecordError([f"Tài khoản {account.username} đã gắn ở dòng {accounts[account.pk]}."])
        except RecordError as fault:
            faults.append(
                FeedFault(unit=run.unit, run=run, line=line, code=_printable(code)[:60], message=str(fault)[:1000])
            )
        else:
            people.append((line, person))
            if account is not None:
                accounts[account.pk] = line
        if code:
            seen.setdefault(code, line)
    return people, faults, set(seen)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isprintable())


def _new(person: Person) -> Employee:
    return Employee(code=person.code, unit=person.unit, source=Source.HR, **person.values)


def _wanted(employee: Employee, person: Person) -> Mapping[str, Any]:
    """What the record asks of a person who is there; one whom the unit brought in is the HR system's from now on."""
    values = {**person.values, "code": person.code, "unit": person.unit, "source": Source.HR}
    if employee.state != EmployeeState.WORKING and "state" not in values:
        values["state"] = EmployeeState.WORKING.value  # the feed names again who had gone
    return values


def _end_unlisted(standing: Iterable[Employee], named: set[str]) -> int:
    fed = [e for e in standing if e.source == Source.HR and e.state == EmployeeState.WORKING]
    gone = [e for e in fed if e.code not in named]
    if len(gone) * MOST_GONE > len(fed):
        raise DomainError(
            f"Danh sách được ghi là đầy đủ nhưng thiếu {len(gone)} trên {len(fed)} cán bộ đang làm việc. "
            "Chưa cập nhật gì; hãy kiểm tra phần mềm quản lý nhân sự.",
            code="too_few",
        )
    day = timezone.localdate()
    return sum(
        settle(e, {"state": EmployeeState.LEFT.value, "state_since": day}, by=None, reason=f"{REASON}: không còn tên")
        for e in gone
    )


def _log(name: str, mark: Mark, **facts: Any) -> FeedRun:
    root = OrgUnit.objects.get_first_root_node()
    if root is None:
        raise DomainError("Chưa có cây đơn vị.", code="no_units")
    facts["problem"] = _shown(facts.get("problem", ""))
    return FeedRun.objects.create(unit=root, source=name, etag=mark.etag, modified=mark.modified, **facts)


def _shown(text: str) -> str:
    """What a foreign machine said, without signs that no field takes."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[: 10 * MAX_TEXT]
