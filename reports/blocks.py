"""Pieces of the pages of surveys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from accounts.models import User
from core.changes import Change
from core.models import Event
from core.text import fold
from dossiers.blocks import newest_first
from dossiers.titles import title_of
from orgs.models import OrgUnit
from reports.bc_forms import bc01, bc02
from reports.models import Survey
from reports.policies import last_day
from reports.queries.survey_books import CONDITIONS, Booked, Counted, counted, software_in_books
from reports.queries.surveys import items_of, software_of, with_rows
from reports.rules.surveys import NAMED, NOT_BEGUN, TONES, Form, Item, RowRule, SoftwareRow, SurveyState
from ui.blocks import Entry, Section, Status, Timeline


@dataclass(frozen=True)
class Card:
    """A form of a unit and year in the list: how far it is, and where it goes on."""

    form: Form
    survey: Survey | None
    former: bool  # whether there is one of the year before to take over

    @property
    def status(self) -> Status:
        """How far it is, in a word."""
        if self.survey is None:
            return Status(NOT_BEGUN, "muted")
        return Status(self.survey.get_state_display(), TONES[SurveyState(self.survey.state)])  # type: ignore[arg-type]  # tones of the kit

    @property
    def summary(self) -> str:
        """How much was entered, in a few words."""
        if self.survey is None:
            return ""
        if self.survey.none:
            return "Không có phần mềm nào"
        many = getattr(self.survey, "many", 0)
        return f"{many} mục" if self.form == Form.NETWORK else f"{many} phần mềm"

    @property
    def url(self) -> str:
        """Its page; empty while it isn't begun."""
        return reverse("surveys:detail", args=[self.survey.number]) if self.survey else ""


@dataclass(frozen=True)
class NetworkLine:
    """A row of BC02 as the page tells it."""

    rule: RowRule
    item: Item
    books: Counted | None = None

    @property
    def named(self) -> bool:
        """Whether it is one of several below its heading."""
        return bool(self.item.name)

    @property
    def label(self) -> str:
        """What it is about."""
        return self.item.name or self.rule.label

    @property
    def answer(self) -> str:
        """Yes or no, in words; empty for rows that count."""
        return {True: "Có", False: "Không", None: ""}[self.item.answer]

    @property
    def differs(self) -> bool:
        """Whether the books count otherwise."""
        return self.books is not None and any(
            (getattr(self.item, name) or 0) != getattr(self.books, name) for name in CONDITIONS
        )


def cards(unit: OrgUnit, year: int) -> list[Card]:
    """The forms of the unit's year. One query."""
    found = {(one.year, one.form): one for one in with_rows(unit, year)}
    return [Card(form, found.get((year, form.value)), (year - 1, form.value) in found) for form in Form]


def network(survey: Survey, today: date) -> Section:
    """What was entered for BC02, with what the books count."""
    items = items_of(survey)
    books = counted(survey.unit, day := books_day(survey, today))
    lines = []
    for rule in bc02():
        if not rule.asked_of(survey.unit.kind):
            continue
        plain = next((item for item in items if item.code == rule.code and not item.name), Item(rule.code))
        lines.append(NetworkLine(rule, plain, books.get(rule.code)))
        if rule.kind in NAMED:
            lines += [NetworkLine(rule, item) for item in items if item.code == rule.code and item.name]
    return Section("reports/survey_network.html", {"lines": lines, "survey": survey, "day": day})


def books_day(survey: Survey, today: date) -> date:
    """Of which day the books are shown beside a survey: the end of its year, or today while it isn't over."""
    return min(last_day(survey.year), today)


@dataclass(frozen=True)
class SoftwareLine:
    """A software of BC01 as the page tells it."""

    row: SoftwareRow
    told: Sequence[tuple[str, str]]
    books: Booked | None

    @property
    def differs(self) -> bool:
        """Whether the books know another version."""
        versions = self.books.versions if self.books else []
        return bool(versions) and self.row.values.get("current_version", "") not in versions


def software(survey: Survey) -> Section:
    """What was entered for a part of BC01, with what the books know of it."""
    books = software_in_books(survey.unit, survey.form)
    rows = software_of(survey)
    lines = [
        SoftwareLine(
            row,
            [(rule.label, row.values[rule.name]) for rule in bc01(survey.form) if row.values.get(rule.name)],
            books.get(fold(row.name)),
        )
        for row in rows
    ]
    named = {fold(row.name) for row in rows}
    missing = [one for key, one in books.items() if key not in named]
    return Section("reports/survey_software.html", {"lines": lines, "survey": survey, "missing": missing})


def not_named(rows: Sequence[SoftwareRow], books: Mapping[str, Booked]) -> list[SoftwareRow]:
    """What the books can fill in of software that no row names."""
    named = {fold(row.name) for row in rows}
    return [one.row for key, one in books.items() if key not in named and one.row is not None]


def closed_notice(survey: Survey) -> Section:
    """That nothing of it can be changed, and what to do."""
    return Section("reports/survey_closed.html", {"unit": survey.unit, "year": survey.year})


def content(survey: Survey, today: date) -> Section:
    """What was entered."""
    return network(survey, today) if survey.form == Form.NETWORK else software(survey)


def timeline(user: User, survey: Survey) -> Timeline:
    """What happened to a survey, each saving with what it changed."""
    rows = Event.objects.visible_to(user).filter(
        subject_type__app_label="reports", subject_type__model="survey", subject_id=survey.pk
    )
    return newest_first([_entry(event) for event in rows.select_related("actor")])


def _entry(event: Event) -> Entry:
    title = title_of(event.kind)
    told = Entry(
        when=event.created_at,
        who=str(event.actor or "Hệ thống"),
        title=title.text,
        text=str(event.payload.get("title") or ""),
        tone=title.tone,
    )
    return replace(told, changes=[Change(*change) for change in event.payload.get("changes", [])])
