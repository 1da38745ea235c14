"""What is asked of a topic: by which dimensions, which measures, of what, shown how.

A question is its querystring: the page's address, what is saved, what a schedule asks again. What it names wrongly is
told, never passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.http import HttpRequest, QueryDict

from accounts.models import User
from analysis.narrowing import RECENT
from analysis.rules.periods import Recent, days_of
from analysis.topics import TOPICS
from analysis.topics.devices import DEVICES
from analysis.topics.parts import Days, Dimension, Frame, Measure, Topic, Within
from core.errors import DomainError
from ui.filters import chips, parameters
from ui.forms import KitForm, offer

TABLE, BAR, STACKED, LINE = "table", "bar", "stacked", "line"
SHOWS = [(TABLE, "Bảng"), (BAR, "Biểu đồ thanh"), (STACKED, "Biểu đồ thanh chồng"), (LINE, "Biểu đồ đường")]
SORTS = [("", "Theo tên, thứ tự"), ("most", "Nhiều nhất trước"), ("least", "Ít nhất trước")]
TOPS = [("", "Tất cả"), *((str(n), f"{n} hàng đầu") for n in (5, 10, 20, 50))]
SHARES = [("", "Số tuyệt đối"), ("row", "% của hàng"), ("column", "% của cột"), ("all", "% của tổng")]
LAYOUT = ("rows", "rows2", "cols", "measure", "measure2", "sort", "top", "share", "show")
PASSING = frozenset({"topic", "saved", "export"})
"""What an address may carry beside the layout and the filters."""


class LayoutForm(KitForm):
    """How a topic is laid out. Choices are the topic's."""

    rows = forms.ChoiceField(label="Hàng")
    rows2 = forms.ChoiceField(label="Hàng, chia tiếp", required=False)
    cols = forms.ChoiceField(label="Cột", required=False)
    measure = forms.ChoiceField(label="Số đo")
    measure2 = forms.ChoiceField(label="Số đo thứ hai", required=False)
    sort = forms.ChoiceField(label="Thứ tự hàng", choices=SORTS, required=False)
    top = forms.ChoiceField(label="Số hàng", choices=TOPS, required=False)
    share = forms.ChoiceField(label="Hiện số", choices=SHARES, required=False)
    show = forms.ChoiceField(label="Trình bày", choices=SHOWS, required=False)

    def __init__(self, data: QueryDict, topic: Topic) -> None:
        super().__init__(data)
        self.topic = topic
        offered = list(_grouped(topic.dimensions))
        measures = [(measure.key, measure.label) for measure in topic.measures]
        none = [("", "— Không —")]
        offer(self, "rows", offered)
        for name in ("rows2", "cols"):
            offer(self, name, [*none, *offered])
        offer(self, "measure", measures)
        offer(self, "measure2", [*none, *measures])
        for name, field in self.fields.items():
            cast("forms.ChoiceField", field).error_messages["invalid_choice"] = (
                f"{field.label}: không có lựa chọn “%(value)s” trong chủ đề {topic.label}."
            )
            field.widget.attrs["id"] = f"id_{name}"

    def clean(self) -> dict[str, Any]:
        """What doesn't go together is said at the field that is to be changed."""
        data = self.cleaned_data
        chosen = [data[name] for name in ("rows", "rows2", "cols") if data.get(name)]
        for name in ("rows2", "cols"):
            if data.get(name) and chosen.count(data[name]) > 1:
                self.add_error(name, f"“{self._label(data[name])}” đã chọn ở chỗ khác. Hãy chọn chiều khác.")
                break
        if data.get("measure2") and data["measure2"] == data.get("measure"):
            self.add_error("measure2", "Số đo thứ hai trùng số đo thứ nhất. Hãy chọn số đo khác hoặc để trống.")
        measures = [self.topic.measure(data.get(name) or "") for name in ("measure", "measure2")]
        mean = next((measure for measure in measures if measure and not measure.additive), None)
        if data.get("share") and mean:
            self.add_error("share", f"“{mean.label}” không cộng được nên không tính phần trăm của tổng.")
        if data.get("show") == STACKED:
            if measures[0] and not measures[0].additive:
                self.add_error("show", f"“{measures[0].label}” không cộng được nên không xếp chồng được.")
            elif not data.get("cols"):
                self.add_error("show", "Biểu đồ thanh chồng cần một chiều ở cột. Hãy chọn Cột.")
        return data

    def _label(self, key: str) -> str:
        found = self.topic.dimension(key)
        return found.label if found else key


def _grouped(dimensions: Sequence[Dimension]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for group in dict.fromkeys(dimension.group for dimension in dimensions):
        yield group, [(one.key, one.label) for one in dimensions if one.group == group]


@dataclass(frozen=True)
class Question:
    """A question that can be answered. `narrowed`: what the filters ask of the list behind the numbers."""

    topic: Topic
    rows: tuple[Dimension, ...]
    columns: Dimension | None
    measures: tuple[Measure, ...]
    sort: str
    top: int
    share: str
    show: str
    filters: django_filters.FilterSet
    narrowed: Mapping[str, Any]
    query: str

    @property
    def one_by_one(self) -> bool:
        """Whether rows have to be read, because the tally doesn't know what is asked."""
        dimensions = [*self.rows, *([self.columns] if self.columns else [])]
        return any(one.rows for one in dimensions) or self.topic.needs_rows(self.filters.form.cleaned_data)

    @property
    def title(self) -> str:
        """What is shown by what, in words."""
        by = " và ".join(_lower(one.label) for one in (*self.rows, *([self.columns] if self.columns else [])))
        return f"{', '.join(measure.label for measure in self.measures)} theo {by}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


class Reading:
    """What an address says: the two forms of the page, what is wrong with it, and the question when nothing is."""

    def __init__(self, asked: QueryDict, frame: Frame, request: HttpRequest | None = None) -> None:
        self.frame = frame
        key = asked.get("topic") or DEVICES.key
        self.topic = TOPICS.get(key, DEVICES)
        self.wrong_topic = "" if key in TOPICS else key
        self.data = effective(asked, self.topic)
        self.layout = LayoutForm(self.data, self.topic)
        self.filters = self.topic.filterset(data=self.data, request=request or as_asked_by(frame.user))
        self.names = parameters(self.filters.form)
        known = {*LAYOUT, *PASSING, *self.names}
        self.unknown = sorted(name for name in asked if name not in known)

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, in words."""
        found = [f"Không có chủ đề “{self.wrong_topic}”."] if self.wrong_topic else []
        found += [f"Không hiểu tham số “{name}”." for name in self.unknown]
        for form in (self.layout, self.filters.form):
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                texts = [str(error) for error in errors]
                found += [text if str(label) in text or form is self.layout else f"{label}: {text}" for text in texts]
        return found

    def question(self) -> Question:
        """Raises DomainError saying all that is wrong."""
        if problems := self.problems:
            raise DomainError(" ".join(problems), code="question")
        data = self.layout.cleaned_data
        chosen = [self.topic.dimension(data[name]) for name in ("rows", "rows2") if data[name]]
        measures = [self.topic.measure(data[name]) for name in ("measure", "measure2") if data[name]]
        return Question(
            topic=self.topic,
            rows=tuple(one for one in chosen if one),
            columns=self.topic.dimension(data["cols"]),
            measures=tuple(one for one in measures if one),
            sort=data["sort"],
            top=int(data["top"] or 0),
            share=data["share"],
            show=data["show"] or TABLE,
            filters=self.filters,
            narrowed=self._narrowed(),
            query=self.query,
        )

    @property
    def query(self) -> str:
        """The question as an address has it, in one order; what is preset stands in it too, so that it stays."""
        kept = QueryDict(mutable=True)
        kept["topic"] = self.topic.key
        for name in (*LAYOUT, *sorted(self.names)):
            values = [value for value in dict.fromkeys(self.data.getlist(name)) if value]
            if values or name in self.topic.preset or name == "cols":
                kept.setlist(name, values or [""])
        return kept.urlencode()

    def _narrowed(self) -> dict[str, Any]:
        """What the filters let through, as the list behind is asked for it."""
        asks: dict[str, Any] = dict(self.topic.list_asks)
        for name, value in self.filters.form.cleaned_data.items():
            if not value:
                continue
            if name == RECENT:
                self._add_days(asks, Days(*days_of(Recent(value), self.frame.today)))
            elif name == self.topic.day:
                self._add_days(asks, Days(value.start, value.stop))
            elif name == "unit":
                asks[name] = Within(value.code, value.path)
            elif name == "own":
                asks[name] = value.code
            elif name == "category":
                asks[name] = Within(value, next(k.line for k in self.frame.kinds.values() if k.code == value))
            else:
                asks[name] = value
        return asks

    def _add_days(self, asks: dict[str, Any], days: Days) -> None:
        before = asks.get(self.topic.day, Days(None, None))
        first = max(filter(None, (before.first, days.first)), default=None)
        asks[self.topic.day] = Days(first, min(filter(None, (before.last, days.last)), default=None))

    def narrowing(self) -> list[tuple[str, str]]:
        """The filters that are on, in words: label and value."""
        request = HttpRequest()
        request.GET = self.data  # type: ignore[assignment]  # as mutable as it was made
        return [(chip.label, chip.value) for chip in chips(request, self.filters.form)]


def effective(asked: QueryDict, topic: Topic) -> QueryDict:
    """`asked` with what holds of everything that it doesn't mention."""
    data = asked.copy()
    usual = {"rows": topic.usual_rows[0], "measure": topic.measures[0].key, "show": TABLE}
    if "rows" not in data:
        usual["cols"] = topic.usual_columns
    for name, value in {**usual, **topic.preset}.items():
        if name not in data:
            data[name] = value
    return data


def as_asked_by(user: User) -> HttpRequest:
    """A request of `user`, for filters that ask whose it is, where nobody sits at a browser."""
    request = HttpRequest()
    request.method, request.user = "GET", user
    return request


def read(query: str, *, user: User, today: date) -> Reading:
    """What a saved query says to `user` today."""
    return Reading(QueryDict(query), Frame(user, today))
