"""Keep a question under a name; change, copy, delete it. It is personal and holds no facts: it has no history."""

from django.db import IntegrityError, transaction

from accounts.models import User
from analysis.asking import Question
from analysis.models import NAME_LENGTH, QUERY_LENGTH, Analysis
from core.errors import DomainError

MOST = 100  # of one account


@transaction.atomic
def save_new(question: Question, *, name: str, description: str, shared: bool, by: User) -> Analysis:
    """Keep `question`. The same once more (a second press) is what is there already."""
    mine = Analysis.objects.owned_by(by)
    if twin := mine.filter(name__iexact=name).first():
        if (twin.name, twin.description, twin.query, twin.shared) != (name, description, question.query, shared):
            raise _taken(name)
        return twin
    if mine.count() >= MOST:
        raise DomainError(f"Mỗi tài khoản lưu được nhiều nhất {MOST} phân tích. Hãy xóa bớt phân tích không dùng nữa.")
    made = Analysis(owner=by, unit_id=by.unit_id, name=name, description=description, shared=shared)
    _ask(made, question)
    return _store(made)


@transaction.atomic
def save_again(analysis: Analysis, question: Question) -> Analysis:
    """Keep `question` in place of what it asked; what hangs on it asks the new one from now on.

    Raises DomainError where an alert watches a measure that the new question hasn't.
    """
    measures = {measure.key for measure in question.measures}
    lost = next((alert for alert in analysis.alerts.all() if alert.measure not in measures), None)
    if lost or (analysis.topic != question.topic.key and analysis.alerts.exists()):
        name = lost.name if lost else analysis.alerts.all()[0].name
        raise DomainError(
            f"Cảnh báo “{name}” theo dõi một số của phân tích này. "
            "Hãy lưu thành phân tích khác, hoặc xóa cảnh báo trước."
        )
    _ask(analysis, question)
    return _store(analysis)


@transaction.atomic
def describe(analysis: Analysis, *, name: str, description: str, shared: bool, by: User) -> Analysis:
    """Another name or description; shared with the unit from now on, or no longer."""
    if Analysis.objects.owned_by(by).filter(name__iexact=name).exclude(pk=analysis.pk).exists():
        raise _taken(name)
    analysis.name, analysis.description, analysis.shared = name, description, shared
    return _store(analysis)


@transaction.atomic
def copy(analysis: Analysis, *, by: User) -> Analysis:
    """One's own copy, of a colleague's shared one say, under a name that is free."""
    mine = Analysis.objects.owned_by(by)
    if mine.count() >= MOST:
        raise DomainError(f"Mỗi tài khoản lưu được nhiều nhất {MOST} phân tích. Hãy xóa bớt phân tích không dùng nữa.")
    taken = {name.casefold() for name in mine.values_list("name", flat=True)}
    number = 1
    while (name := _copied(analysis.name, number)).casefold() in taken:
        number += 1
    made = Analysis(owner=by, unit_id=by.unit_id, name=name, description=analysis.description)
    made.topic, made.query = analysis.topic, analysis.query
    return _store(made)


def _copied(name: str, number: int) -> str:
    end = " (bản sao)" if number == 1 else f" (bản sao {number})"
    return f"{name[: NAME_LENGTH - len(end)]}{end}"


@transaction.atomic
def delete(analysis: Analysis) -> str:
    """Take it away with its schedules and alerts; returns its name."""
    analysis.alerts.all().delete()
    analysis.schedules.all().delete()
    analysis.delete()
    return analysis.name


def _ask(analysis: Analysis, question: Question) -> None:
    if len(question.query) > QUERY_LENGTH:
        raise DomainError("Bộ lọc đang chọn quá dài nên chưa lưu được. Hãy bỏ bớt giá trị lọc.", code="too_long")
    analysis.topic, analysis.query = question.topic.key, question.query


def _store(analysis: Analysis) -> Analysis:
    try:
        with transaction.atomic():
            analysis.save()
    except IntegrityError as error:  # another window was quicker
        raise _taken(analysis.name) from error
    return analysis


def _taken(name: str) -> DomainError:
    return DomainError(f"Bạn đã có phân tích tên “{name}”. Hãy đặt tên khác.", field="name", code="taken")
