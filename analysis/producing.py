"""What the clock makes: the file of a schedule, the number of an alert. Always within the scope of the owner."""

from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from django.utils import timezone

from accounts.models import User
from analysis.asking import Question, read
from analysis.files import name_of, write
from analysis.models import Alert, Analysis, Schedule
from analysis.pivot import answer
from analysis.producing_reports import produce_report, report_obstacle
from analysis.shaping import Grid
from analysis.topics import TOPICS
from analysis.topics.parts import Frame, Measure
from core.errors import DomainError
from ui.exports import file_name

CENT = Decimal("0.01")


def question_of(query: str, user: User) -> tuple[Question, Frame]:
    """What is asked, as of today; DomainError where `user` may no longer ask that."""
    reading = read(query, user=user, today=timezone.localdate())
    return reading.question(), reading.frame


def obstacle(schedule: Schedule, owner: User) -> str:
    """Why the schedule can't be run for `owner` as things are; empty where it can."""
    if schedule.analysis is None:
        return report_obstacle(schedule, owner)
    problems = read(schedule.analysis.query, user=owner, today=timezone.localdate()).problems
    if not problems:
        return ""
    return f"Bạn không còn xem được dữ liệu mà phân tích hỏi, hoặc câu hỏi không còn hợp lệ: {' '.join(problems)}"


def produce(schedule: Schedule, owner: User, file: IO[bytes]) -> str:
    """Write the file; returns its name. Raises DomainError where it can't be made."""
    if schedule.analysis is None:
        return produce_report(schedule, owner, file)
    question, frame = question_of(schedule.analysis.query, owner)
    write(question, answer(question, frame), file, schedule.file_kind)
    return file_name(name_of(question), schedule.file_kind)


@dataclass(frozen=True)
class Watched:
    """A number and what it is of."""

    value: Decimal | None
    measure: Measure
    name: str

    @property
    def text(self) -> str:
        """With its unit."""
        text = self.measure.text(self.value)
        return f"{text} đ" if self.measure.kind == "money" and self.value is not None else text


def watched(alert: Alert, owner: User) -> Watched:
    """The number that the alert watches, now. A member that has nothing at the moment counts zero.

    Raises DomainError where the analysis has no such measure or column, or `owner` may no longer ask it.
    """
    question, frame = question_of(alert.analysis.query, owner)
    measure = next((one for one in question.measures if one.key == alert.measure), None)
    if measure is None:
        raise DomainError("Phân tích không còn số đo mà cảnh báo theo dõi.", field="measure")
    if alert.column and question.columns is None:
        raise DomainError("Phân tích không còn cột mà cảnh báo theo dõi.", field="column")
    grid = Grid(question, answer(question, frame), whole=True)
    value = grid.value((alert.row,) if alert.row else (), alert.column, measure)
    members = [grid.pivot.rows[0].get(alert.row), grid.pivot.columns.get(alert.column) if alert.column else None]
    of = ", ".join([measure.label, *(member.label for member in members if member)])
    return Watched(None if value is None else Decimal(value).quantize(CENT), measure, of)


def watched_name(alert: Alert) -> Measure | None:
    """The measure that is watched, as long as the topic has it."""
    topic = TOPICS.get(alert.analysis.topic)
    return topic.measure(alert.measure) if topic else None


def offered(analysis: Analysis, user: User, alert: Alert | None = None) -> dict[str, Any]:
    """What of `analysis` can be watched: its measures, the members of its rows and columns as they are now.

    What `alert` watches stays to be chosen while it has nothing.
    """
    question, frame = question_of(analysis.query, user)
    pivot = answer(question, frame)
    rows = {key: member.label for key, member in pivot.rows[0].items()}
    columns = {key: member.label for key, member in pivot.columns.items() if key}
    if alert is not None:
        for found, key in ((rows, alert.row), (columns, alert.column)):
            if key:
                found.setdefault(key, key)
    return {
        "measures": [(measure.key, measure.label) for measure in question.measures],
        "signed": {measure.key for measure in question.measures if measure.signed},
        "rows": [("", "Tất cả các hàng"), *rows.items()],
        "columns": [("", "Tất cả các cột"), *columns.items()],
    }
