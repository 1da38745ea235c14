"""What the reports on surveys share: whose answers, which units haven't finished, what they propose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from orgs.models import OrgUnit
from reports.definition import Asked, Col, Line, Part
from reports.queries.surveys import surveys_of
from reports.rules.merging import merged, nothing
from reports.rules.surveys import Form, SurveyState
from reports.sets.basis import scope_of

LAW = "Công văn 1331/BHXH-CNTT năm 2008"
NAMED = 10
"""Units that a warning names; of the others it says how many they are."""


@dataclass(frozen=True)
class Answers:
    """The answers of one unit or of many, added up."""

    units: Sequence[OrgUnit]
    year: int
    whose: str
    survey: Mapping[str, Any]

    @property
    def alone(self) -> bool:
        """Whether they are of one unit."""
        return len(self.units) == 1

    @property
    def subtitle(self) -> str:
        """Of whom, of which year."""
        return f"{self.whose}. Năm {self.year}"

    def name(self, code: str) -> str:
        """The name of a unit."""
        return next((unit.name for unit in self.units if unit.code == code), code)

    def page(self, code: str) -> str:
        """Where a unit's answers are entered and read."""
        return f"{reverse('surveys:list')}?{urlencode({'unit': code, 'nam': str(self.year)})}"

    def warnings(self, form: Form) -> list[str]:
        """Who hasn't finished the form."""
        late = [one["name"] for one in self.survey["units"] if one["forms"][form.value] != SurveyState.DONE]
        if not late:
            return []
        more = f" và {len(late) - NAMED} đơn vị khác" if len(late) > NAMED else ""
        return [f"Chưa hoàn thành kê khai: {', '.join(late[:NAMED])}{more}."]

    def proposals(self, form: Form) -> list[Part]:
        """What the units propose, by unit."""
        texts = [one for one in self.survey["proposals"] if one["form"] == form.value]
        lines = [
            Line({"unit": self.name(one["unit"]), "text": one["text"]}, links={"unit": self.page(one["unit"])})
            for one in texts
        ]
        columns = [Col("unit", "Đơn vị", width=20), Col("text", "Kiến nghị", width=60)]
        return [Part("Kiến nghị", columns, lines)] if lines else []


def answers_of(asked: Asked) -> Answers:
    """What the units have entered for the year that is asked for. Four queries."""
    units, whose = scope_of(asked)
    year = asked.parameters["year"]
    several = surveys_of(units, year)
    return Answers(units, year, whose, merged(nothing(), [several[unit.pk] for unit in units]))
