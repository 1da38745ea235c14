"""The page of a pivot: topics, the form, the table or chart, what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from analysis.asking import LAYOUT, Reading
from analysis.charts import chart_of
from analysis.models import Analysis
from analysis.shaping import Grid
from analysis.topics import TOPICS
from ui.links import Link


@dataclass(frozen=True)
class PivotPage:
    """What was asked and, when it could be answered, the table. `problems`: why it couldn't."""

    reading: Reading
    saved: Analysis | None
    grid: Grid | None
    problems: Sequence[str] = field(default=())

    def context(self) -> dict[str, Any]:
        """For `analysis/pivot.html`."""
        reading, saved = self.reading, self.saved
        mine = saved is not None and saved.owner_id == reading.frame.user.pk
        changed = saved is not None and saved.query != reading.query
        return {
            "title": saved.name if saved else "Phân tích",
            "subtitle": saved.description if saved else reading.topic.about,
            "breadcrumb": [Link("Phân tích đã lưu", reverse("analysis:saved"))] if saved else [],
            "topics": [(topic, self._topic_url(topic.key), topic is reading.topic) for topic in TOPICS.values()],
            "reading": reading,
            "layout": [reading.layout[name] for name in LAYOUT],
            "filters": [reading.filters.form[name] for name in reading.filters.form.fields],
            "narrowing": [] if self.problems else reading.narrowing(),
            "problems": self.problems,
            "grid": self.grid,
            "question": self.grid.question if self.grid else None,
            "chart": chart_of(self.grid.question, self.grid) if self.grid else None,
            "corner": " / ".join(one.label for one in self.grid.question.rows) if self.grid else "",
            "saved": saved,
            "mine": mine,
            "changed": changed,
            "query": reading.query,
            "exports": {kind: f"?{reading.query}&export={kind}" for kind in ("xlsx", "csv")},
            "save_url": f"{reverse('analysis:save')}?{reading.query}",
        }

    def _topic_url(self, key: str) -> str:
        """The topic with what it usually shows; of the filters the unit stays."""
        query = QueryDict(mutable=True)
        query["topic"] = key
        for name in ("unit", "own"):
            if value := self.reading.data.get(name):
                query[name] = value
        return f"{reverse('analysis:pivot')}?{query.urlencode()}"
