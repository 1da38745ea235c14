"""Pieces of the pages of an obligation and of a note about obligations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.history import revisions
from deadlines.blocks.reminders import reminded
from deadlines.models import Obligation, Urging
from deadlines.policies import OFFERED, supervises
from deadlines.queries import calendar
from deadlines.queries.boards import standing_now, urgings_for_list
from deadlines.rules import Kind, State, clock_text
from deadlines.rules.standings import TONES, Stand, stand_of
from deadlines.subjects import address_of
from deadlines.tables import UrgingTable
from deadlines.texts import ACTIONS
from ui.actions import Action
from ui.blocks import Clock, Entry, Fact, Rows, Status, Timeline
from ui.formats import vndate
from ui.links import Empty, Link


def status_of(owed: Obligation, today: date) -> Status:
    """How it stands, in a word."""
    stand = stand_of(state=owed.state, due=owed.due_date, today=today)
    return Status(stand.label, TONES[stand])  # type: ignore[arg-type]  # each is a tone


def clock_of(owed: Obligation, today: date) -> list[Clock]:
    """The time that is left, while it is open."""
    if owed.state != State.OPEN:
        return []
    late = owed.due_date < today
    return [Clock(clock_text(owed.due_date, today, calendar()), "late" if late else "soon")]


def facts_of(owed: Obligation) -> list[Fact]:
    """What it is, whose, until when, and what to do."""
    url = address_of(owed.subject_type_id, owed.subject_label, owed.subject_id)
    facts = [
        Fact("Hồ sơ", owed.subject_label, kind="code", url=url),
        Fact("Đơn vị", owed.unit),
        Fact("Hạn", vndate(owed.due_date)),
        Fact("Tính từ ngày", f"{vndate(owed.start_date)}, {owed.working_days} ngày làm việc"),
        Fact("Căn cứ", owed.legal_basis),
    ]
    if owed.state == State.OPEN:
        facts.append(Fact("Việc cần làm", ACTIONS[Kind(owed.kind)]))
    if owed.fulfilled_on:
        facts.append(Fact("Ngày thực hiện", vndate(owed.fulfilled_on)))
    if owed.waived_by:
        facts.append(Fact("Người cho miễn", owed.waived_by))
    if owed.reason:
        facts.append(Fact("Lý do", owed.reason))
    return facts


def steps_of(user: User, owed: Obligation, today: date) -> list[Action | Link]:
    """What is legal now and allowed to this person."""
    steps: list[Action | Link] = []
    if url := address_of(owed.subject_type_id, owed.subject_label, owed.subject_id):
        steps.append(Link("Mở hồ sơ", url, icon="external-link"))
    if owed.state == State.OPEN and owed.due_date < today and supervises(user, owed.unit):
        url = f"{reverse('deadlines:urge')}?id={owed.public_id}"
        steps.append(Action("Đôn đốc", url, style="primary", icon="bell", method="get"))
    if OFFERED["waive"](user, owed):
        url = reverse("deadlines:waive", args=[owed.public_id])
        steps.append(Action("Miễn thực hiện", url, icon="ban", method="get"))
    if OFFERED["ask_again"](user, owed):
        url = reverse("deadlines:ask_again", args=[owed.public_id])
        steps.append(Action("Yêu cầu thực hiện lại", url, icon="refresh", method="get"))
    return steps


def timeline(user: User, owed: Obligation) -> Timeline:
    """Who did what when, and when people were reminded."""
    titles = _titles(owed)
    entries = [
        *(Entry(r.when, r.who or "Hệ thống", titles[r.when], r.reason, r.changes) for r in revisions(owed)),
        *reminded(user, owed),
    ]
    return Timeline(sorted(entries, key=lambda entry: entry.when, reverse=True))


def _titles(owed: Obligation) -> dict[datetime, str]:
    """What happened at each moment of its history; that may lack its beginning, where many were written at once."""
    rows = owed.history.order_by("history_id").only("history_date", "history_type", "state", "waived_by", "due_date")
    return {after.history_date: _title(before, after) for before, after in pairwise([None, *rows])}


def _title(before: Any, after: Any) -> str:
    """It came about, it was waived or asked for again, it was done, or it is due on another day."""
    if after.history_type == "+":
        return "Phát sinh việc phải làm"
    if after.state == State.WAIVED:
        return "Cấp trên cho miễn" if after.waived_by_id else "Hết phải làm"
    if after.state != State.OPEN:
        return f"Thực hiện {State(after.state).label.lower()}"
    if before and before.state != State.OPEN:
        return "Yêu cầu thực hiện lại"
    return "Đổi hạn" if before and before.due_date != after.due_date else "Thay đổi"


def urgings_of(user: User, owed: Obligation) -> Rows:
    """Notes to the unit that name it."""
    rows = urgings_for_list(user).filter(target=owed.unit_id, items__contains=[{"id": str(owed.public_id)}])
    return Rows.of(UrgingTable, rows, empty=Empty("Chưa có đôn đốc nào về việc này"))


@dataclass(frozen=True)
class Item:
    """What a note says of an obligation, and how that stands now."""

    label: str
    what: str
    url: str
    due: date
    late: int
    law: str
    page: str
    now: Status


def items_of(user: User, urging: Urging) -> Sequence[Item]:
    """What the note is about: as it was, and as it is. One query."""
    now, today = standing_now(user, urging), timezone.localdate()
    return [_item(item, now.get(item["id"]), today) for item in urging.items]


def _item(item: dict[str, Any], owed: Obligation | None, today: date) -> Item:
    return Item(
        label=item["label"],
        what=Kind(item["kind"]).label,
        url=address_of(item["subject_type"], item["label"], item["subject"]) if owed else "",
        due=date.fromisoformat(item["due"]),
        late=item["late"],
        law=item["law"],
        page=reverse("deadlines:detail", args=[item["id"]]) if owed else "",
        now=status_of(owed, today) if owed else Status("Không còn", "muted"),
    )


def done(items: Sequence[Item]) -> int:
    """How many of them are open no more."""
    return sum(item.now.label not in {Stand.OVERDUE.label, Stand.RUNNING.label} for item in items)
