"""Read-only questions about requests: whose they are, the conversation, public answers, statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from accounts.models import User
from core.text import fold
from support.models import HelpArticle, SupportFile, SupportMessage, SupportRequest
from support.querysets import RequestQuerySet
from support.rules import MessageKind, State, Topic
from ui.links import is_local
from ui.navigation import declared

WHO = [
    ("toi", "Tôi hỏi"),
    ("cho", "Chờ tôi xử lý"),
    ("don-vi", "Đơn vị tôi hỏi"),
    ("den", "Gửi đến đơn vị tôi"),
    ("duoi", "Đơn vị cấp dưới hỏi"),
]
OWN_PAGES = {"support", "help", "canned"}
SUGGESTED = 5
LONG_WORD = 3


class FirstAnswer(models.TextChoices):
    """How the first answer to a request stands."""

    IN_TIME = "in_time", "Đúng hạn 48 giờ"
    LATE = "late", "Trễ hạn hoặc quá hạn chưa trả lời"
    NONE = "none", "Chưa trả lời, còn trong hạn"


def waiting_for(user: Any) -> QuerySet:
    """The requests that wait for this person: to be answered, or asked back."""
    rows: QuerySet = SupportRequest.objects.waiting_for(user)
    return rows


def address_of(user: User, number: str) -> str:
    """Where the request with that number is; empty for what is none, or isn't seen."""
    found = SupportRequest.objects.visible_to(user).filter(number=number).exists()
    return reverse("support:detail", args=[number]) if found else ""


def whose(rows: QuerySet, value: str, user: User) -> QuerySet:
    """Those of the visible `rows` that one of WHO means, seen from `user`."""
    home = user.scope.home
    narrow: dict[str, Q] = {
        "toi": Q(asked_by=user.pk),
        "don-vi": Q(unit=home),
        "den": Q(partner=home),
        "cho": Q(pk__in=SupportRequest.objects.waiting_for(user).order_by().values("pk")),
        "duoi": Q(pk__in=SupportRequest.objects.visible_to(user).of_units_below(user).order_by().values("pk")),
    }
    return rows.filter(narrow[value])


def _late(now: datetime) -> Q:
    """First answered late, or not yet though the time is over; what was withdrawn before isn't late."""
    return Q(first_in_time=False) | Q(first_answered_at=None, state=State.OPEN, answer_by__lt=now)


def by_first_answer(rows: QuerySet, value: str, now: datetime) -> QuerySet:
    """Those of `rows` whose first answer stands as one of FirstAnswer says."""
    if value == FirstAnswer.IN_TIME:
        return rows.filter(first_in_time=True)
    if value == FirstAnswer.LATE:
        return rows.filter(_late(now))
    return rows.filter(first_in_time=None).exclude(_late(now))


def conversation(user: User, request: SupportRequest) -> list[SupportMessage]:
    """What was said, as far as the account may read it, with the files; two queries."""
    rows = SupportMessage.objects.visible_to(user).filter(request=request).select_related("unit", "written_by")
    files = models.Prefetch("files", queryset=_files(user))
    return list(rows.prefetch_related(files).order_by("pk"))


def _files(user: User) -> QuerySet:
    rows: QuerySet = SupportFile.objects.visible_to(user).defer("content").order_by("pk")
    return rows


def local_page(address: str) -> str:
    """The address of a page of this site as it may be kept and linked; empty for everything else.

    What is no page of its own to ask about, the pages of support, is left out too.
    """
    page = address[:300]
    path = page.partition("?")[0].partition("#")[0]
    if not page.startswith("/") or not is_local(page) or "\\" in page or not page.isprintable():
        return ""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return "" if found.namespace in OWN_PAGES else page


def page_name(page: str) -> str:
    """What a page is called: its entry in the navigation, and the thing that it shows ("Thiết bị 01-000012")."""
    if not page:
        return ""
    path = page.partition("?")[0].partition("#")[0]
    places = [(reverse(item.url_name), item.label) for section in declared() for item in section.items]
    _, label = max((p for p in places if path == p[0] or (p[0] != "/" and path.startswith(p[0]))), default=("", ""))
    thing = " ".join(str(value) for value in resolve(path).kwargs.values())
    return f"{label} {thing}".strip()


def articles(text: str = "", topic: str = "") -> list[HelpArticle]:
    """Public answers that hold every word of `text`; some hundreds are compared here rather than in the database."""
    words = fold(text).split()
    rows = HelpArticle.objects.filter(published=True, **({"topic": topic} if topic else {}))
    return [row for row in rows if all(word in _folded(row) for word in words)]


def suggestions(text: str) -> list[HelpArticle]:
    """Public answers that have most words in common with what is being asked, the best first."""
    words = {word for word in fold(text).split() if len(word) >= LONG_WORD}
    ranked = [(sum(word in _folded(row) for word in words), row) for row in HelpArticle.objects.filter(published=True)]
    enough = max(1, (len(words) + 1) // 2)
    best = sorted((pair for pair in ranked if words and pair[0] >= enough), key=lambda pair: (-pair[0], pair[1].pk))
    return [row for _, row in best[:SUGGESTED]]


def _folded(article: HelpArticle) -> str:
    return fold(f"{article.question} {article.answer} {article.get_topic_display()}")


def topics_with_articles() -> list[tuple[str, str, int]]:
    """Topic, its name and how many public answers it has; those without any are left out."""
    counts = dict(HelpArticle.objects.filter(published=True).order_by().values_list("topic").annotate(many=Count("pk")))
    return [(value, label, counts[value]) for value, label in Topic.choices if value in counts]


class Median(models.Aggregate):
    """The median of an interval."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.DurationField()


@dataclass(frozen=True)
class Line:
    """One line of the statistics: of a topic, a handler, a month, or of all."""

    key: Any
    label: str
    total: int
    in_time: int
    late: int
    median: timedelta | None

    @property
    def rate(self) -> int | None:
        """Per cent of first answers within the term, of those that were due; None where none was."""
        due = self.in_time + self.late
        return round(100 * self.in_time / due) if due else None

    @property
    def hours(self) -> str:
        """The median time to the first answer, in hours."""
        if self.median is None:
            return "—"
        return f"{self.median.total_seconds() / 3600:.1f}".replace(".", ",")


@dataclass(frozen=True)
class Statistics:
    """What units below have asked, and how soon they were answered."""

    whole: Line
    topics: Sequence[Line]
    handlers: Sequence[Line]
    months: Sequence[Line]


def statistics(user: User, now: datetime) -> Statistics:
    """Of the units below the account's own, in four queries. The account's own unit isn't counted: it is no rank."""
    rows = SupportRequest.objects.visible_to(user).of_units_below(user).order_by()
    labels = dict(Topic.choices)
    topics = [_line(row, row["topic"], labels[row["topic"]]) for row in _grouped(rows, now, "topic")]
    handlers = [
        _line(row, row["first_handler__code"], row["first_handler__name"])
        for row in _grouped(rows, now, "first_handler__path", "first_handler__code", "first_handler__name")
    ]
    by_month = rows.annotate(month=TruncMonth("created_at"))
    months = [
        _line(row, timezone.localtime(row["month"]).date(), f"{timezone.localtime(row['month']):%m/%Y}")
        for row in _grouped(by_month, now, "month")
    ]
    whole = _line(rows.aggregate(**_sums(now)), None, "Tất cả")
    return Statistics(whole, sorted(topics, key=lambda line: -line.total), handlers, months[::-1][:12])


def _sums(now: datetime) -> dict[str, Any]:
    took = models.F("first_answered_at") - models.F("created_at")
    return {
        "total": Count("pk"),
        "in_time": Count("pk", filter=Q(first_in_time=True)),
        "late": Count("pk", filter=_late(now)),
        "median": Median(models.ExpressionWrapper(took, output_field=models.DurationField())),
    }


def _grouped(rows: RequestQuerySet, now: datetime, *keys: str) -> QuerySet:
    return rows.values(*keys).annotate(**_sums(now)).order_by(*keys)


def _line(row: dict[str, Any], key: Any, label: str) -> Line:
    return Line(key, label, row["total"], row["in_time"], row["late"], row["median"])


def last_answer(request: SupportRequest) -> str:
    """What was answered last, as a start for the public answer."""
    found = request.messages.filter(kind=MessageKind.ANSWER).order_by("-pk").first()
    return found.text if found else ""


def withdrawn() -> list[HelpArticle]:
    """Answers that aren't public any more, for those who may publish them again."""
    return list(HelpArticle.objects.filter(published=False))
