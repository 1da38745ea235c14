"""What the page of a saved analysis tells: the question in words, what is sent of it, what is watched."""

from django.db.models import QuerySet

from accounts.models import User
from analysis.asking import SHARES, SHOWS, SORTS, TOPS, Reading
from analysis.models import Alert, Analysis, Schedule
from analysis.tables import AlertTable, ReadingTable, RunTable, ScheduleTable
from core.errors import DomainError
from ui.blocks import Fact, FactList, Rows
from ui.links import Empty


def facts_of(reading: Reading) -> FactList:
    """The question as it stands for this person; what is wrong with it, where it can't be asked any more."""
    try:
        question = reading.question()
    except DomainError as refusal:
        return FactList([Fact("Chưa phân tích được", refusal.message)], wide=True)
    facts = [
        Fact("Chủ đề", question.topic.label),
        Fact("Hàng", ", ".join(one.label for one in question.rows)),
        Fact("Cột", question.columns.label if question.columns else "Không"),
        Fact("Số đo", ", ".join(one.label for one in question.measures)),
        Fact("Trình bày", dict(SHOWS)[question.show]),
        Fact("Thứ tự hàng", dict(SORTS)[question.sort]),
        Fact("Số hàng", dict(TOPS)[str(question.top or "")]),
        Fact("Hiện số", dict(SHARES)[question.share]),
        *(Fact(label, value) for label, value in reading.narrowing()),
    ]
    return FactList(facts)


def schedules_of(user: User, analysis: Analysis) -> Rows:
    rows = Schedule.objects.owned_by(user).filter(analysis=analysis)
    return _all(ScheduleTable, rows, "Chưa có lịch gửi nào")


def alerts_of(user: User, analysis: Analysis) -> Rows:
    rows = Alert.objects.owned_by(user).filter(analysis=analysis)
    return _all(AlertTable, rows, "Chưa có cảnh báo nào")


def runs_of(schedule: Schedule) -> Rows:
    """The newest hundred."""
    return _all(RunTable, schedule.runs.all(), "Chưa gửi lần nào")


def readings_of(alert: Alert) -> Rows:
    return _all(ReadingTable, alert.readings.all(), "Chưa đọc lần nào")


def _all(table: type, rows: QuerySet, empty: str) -> Rows:
    return Rows.of(table, rows, empty=Empty(empty))
