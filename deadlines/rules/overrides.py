"""What somebody wants of the working calendar, and which days of it are to be written. Pure: no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import DomainError
from deadlines.rules import DAY, WorkingCalendar

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WORDS = {True: "ngày làm việc", False: "ngày nghỉ"}


@dataclass(frozen=True)
class Wanted:
    """Days from `first` to `last` shall be worked or not, and by which paper.

    `working` None takes the override of the day back; `editing` rewrites the override that a single day has.
    """

    first: date
    last: date
    working: bool | None
    reason: str
    source: str = ""
    editing: bool = False

    @property
    def days(self) -> list[date]:
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    @property
    def what(self) -> str:
        """What it does, named as the history and the log name it: "nghỉ 02/01/2026"."""
        days = f"{self.first:%d/%m/%Y}" + (f" đến {self.last:%d/%m/%Y}" if self.last != self.first else "")
        verb = {True: "làm việc", False: "nghỉ", None: "gỡ thay đổi của ngày"}[self.working]
        return f"{verb} {days}"


@dataclass(frozen=True)
class Override:
    """What the calendar says of a day against what is known without it; `told` says who wrote it when."""

    working: bool
    reason: str
    source: str
    told: str = ""


@dataclass(frozen=True)
class Writes:
    """The days to write, and why others of the range are left as they are."""

    days: Sequence[date]
    left_out: Sequence[str]


def writes_of(wanted: Wanted, standing: Mapping[date, Override], known: WorkingCalendar) -> Writes:
    """Which days are written. `known` is the calendar without any override.

    Raises DomainError when nothing would change, naming the day and what is the case already.
    """
    objections = {day: _objection(wanted, day, standing.get(day), known) for day in wanted.days}
    days = [day for day, objection in objections.items() if not objection]
    left_out = [objection for objection in objections.values() if objection]
    if not days:
        raise DomainError(" ".join(left_out), field="working" if wanted.editing else "first", code="nothing")
    return Writes(days, left_out)


def _objection(wanted: Wanted, day: date, override: Override | None, known: WorkingCalendar) -> str:
    """Why the day isn't written; empty if it is."""
    name = f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"
    if override is None and (wanted.working is None or wanted.editing):
        return f"{name} không còn thay đổi nào trong lịch: có thể người khác vừa gỡ. Hãy mở lại trang lịch."
    if wanted.working is None:
        return ""
    if override and override.working == wanted.working:
        text = (override.reason, override.source) if wanted.editing else (wanted.reason, wanted.source)
        return _the_same(wanted, name, override) if text == (wanted.reason, wanted.source) else ""
    already = f"{name} vốn đã {'là ngày làm việc' if wanted.working else 'nghỉ'}"
    if known.is_working(day) != wanted.working:
        return ""
    if override is None:
        return f"{already} nên không cần nhập."
    return f"{already} khi không có thay đổi: hãy gỡ thay đổi của ngày này khỏi lịch."


def _the_same(wanted: Wanted, name: str, override: Override) -> str:
    if wanted.editing:
        return f"{name}: không có gì thay đổi."
    return f"{name} đã có trong lịch là {WORDS[override.working]} ({override.told})."
