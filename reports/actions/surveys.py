"""Writes on surveys: begin, save, finish, take over what was entered the year before."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import counters, events
from core.changes import Change
from core.errors import DomainError, SeveralProblemsError, StaleError
from core.history import require_version
from core.models import Event
from core.transitions import lock, save_with_reason
from equipment.actions.periods import hold_books
from orgs.models import OrgUnit
from reports.actions.survey_rows import write_items, write_software
from reports.bc_forms import bc01, bc02, bc02_by_code
from reports.models import Survey
from reports.policies import last_day, year_closed
from reports.queries.survey_books import counted, software_in_books
from reports.queries.surveys import former_of, items_of, papers_of, software_of
from reports.rules.survey_changes import Told, item_changes, software_changes
from reports.rules.surveys import (
    Form,
    Item,
    RowKind,
    SoftwareRow,
    SurveyState,
    explained,
    inconsistent_software,
    require_year,
    unfinished,
    unfinished_software,
)

COUNTER = "KS"


@transaction.atomic
def open_survey(*, unit: OrgUnit, year: int, form: Form, by: User, copied: bool = False) -> Survey:
    """The unit's survey of that form and year, made if there is none yet: filled in from the books, or with `copied`
    from the year before. A second press finds the first one's. Raises DomainError for a year that isn't reported, or
    whose books are closed.
    """
    require_year(year, timezone.localdate())
    counters.take(unit, f"{COUNTER}-{year}", count=0)  # a second press waits here for the first one's commit
    made = Survey.objects.of_unit(unit).filter(year=year, form=form).first()
    if made is not None:
        return made
    _require_open(unit, year)
    number = f"{COUNTER}-{unit.code}-{year}-{Form.values.index(form) + 1}"
    survey = Survey(unit=unit, year=year, form=form, number=number, created_by=by)
    save_with_reason(survey, by=by, reason="Lập phiếu")
    former = former_of(survey) if copied else None
    if former is not None:
        _take_over(survey, former, by=by)
        events.record("survey.opened", survey, unit=unit, by=by, title=f"Chép từ phiếu {former.number}")
        return survey
    if form == Form.NETWORK:
        write_items(survey, _items_of_books(unit, year), by=by)
    else:
        write_software(survey, [one.row for one in software_in_books(unit, form).values() if one.row], by=by)
    events.record("survey.opened", survey, unit=unit, by=by, title="Điền sẵn theo sổ")
    return survey


def _items_of_books(unit: OrgUnit, year: int) -> list[Item]:
    found = counted(unit, min(last_day(year), timezone.localdate()))
    rows = bc02_by_code()
    return [
        Item(code, good=one.good, fair=one.fair, poor=one.poor)
        for code, one in found.items()
        if one.total and rows[code].asked_of(unit.kind)
    ]


@transaction.atomic
def save_network(
    survey: Survey, *, items: Sequence[Item], proposal: str, finish: bool, version: int, by: User
) -> Survey:
    """Keep what was entered for BC02. What is "kém" must be explained; to `finish`, nothing may be missing.

    Raises DomainError or SeveralProblemsError naming the rows, StaleError with what others changed meanwhile.
    """
    survey = _locked(survey, version)
    said = [item for item in items if item.said]
    problems = [*_unknown(said), *explained(bc02_by_code(), said)]
    if finish:
        problems += unfinished(bc02(), said, level=survey.unit.kind, papers=papers_of(survey))
    _refuse(problems)
    told = item_changes(bc02_by_code(), items_of(survey), said)
    write_items(survey, said, by=by)
    return _kept(survey, told, proposal=proposal, finish=finish, by=by)


def _unknown(items: Iterable[Item]) -> list[DomainError]:
    """Rows that the form doesn't have: somebody sent them by hand."""
    rows = bc02_by_code()
    return [
        DomainError(f"Mẫu BC02 không có mục {item.code}.", code="row")
        for item in items
        if item.code not in rows or rows[item.code].kind == RowKind.SECTION
    ]


@transaction.atomic
def save_software(
    survey: Survey, *, rows: Sequence[SoftwareRow], none: bool, proposal: str, finish: bool, version: int, by: User
) -> Survey:
    """Keep what was entered for a part of BC01. Raises as `save_network`."""
    survey = _locked(survey, version)
    problems = inconsistent_software(rows, none=none)
    if finish:
        problems += unfinished_software(rows, none=none)
    _refuse(problems)
    told = software_changes(bc01(survey.form), software_of(survey), rows)
    write_software(survey, rows, by=by)
    survey.none = none
    return _kept(survey, told, proposal=proposal, finish=finish, by=by)


@transaction.atomic
def copy_last_year(survey: Survey, *, version: int, by: User) -> Survey:
    """Put what was entered the year before in the place of what is there. Raises DomainError where there is none."""
    survey = _locked(survey, version)
    former = former_of(survey)
    if former is None:
        raise DomainError(f"Năm {survey.year - 1} đơn vị chưa kê khai biểu này nên không có gì để chép.", code="former")
    _take_over(survey, former, by=by)
    survey.state = SurveyState.DRAFT
    survey.version += 1
    save_with_reason(survey, by=by, reason=f"Chép từ phiếu {former.number}")
    events.record("survey.copied", survey, unit=survey.unit, by=by, title=former.number, version=survey.version)
    return survey


def _take_over(survey: Survey, former: Survey, *, by: User) -> None:
    if survey.form == Form.NETWORK:
        write_items(survey, items_of(former), by=by)
    else:
        write_software(survey, software_of(former), by=by)
        survey.none = former.none
    survey.proposal = former.proposal
    save_with_reason(survey, by=by, reason=f"Chép từ phiếu {former.number}")


def _kept(survey: Survey, told: Told, *, proposal: str, finish: bool, by: User) -> Survey:
    was = survey.state
    survey.proposal = proposal
    survey.state = SurveyState.DONE if finish else SurveyState.DRAFT
    survey.version += 1
    kind = "survey.finished" if finish else "survey.reopened" if was == SurveyState.DONE else "survey.saved"
    save_with_reason(survey, by=by, reason="Hoàn thành kê khai" if finish else "Lưu phiếu")
    events.record(kind, survey, unit=survey.unit, by=by, changes=told, version=survey.version)
    return survey


def _locked(survey: Survey, version: int) -> Survey:
    """The survey for a write: its books open until the transaction ends, as the person saw it."""
    survey = lock(survey)
    _require_open(survey.unit, survey.year)
    try:
        require_version(survey, version)
    except StaleError as stale:
        raise StaleError([*_rows_since(survey, version), *stale.changes], version=stale.version) from stale
    return survey


def _rows_since(survey: Survey, version: int) -> list[Change]:
    """What was changed in the rows since that version, as the events tell it."""
    found = Event.objects.of_unit(survey.unit).filter(
        subject_type__app_label="reports", subject_type__model="survey", subject_id=survey.pk
    )
    return [
        Change(label, before, after, who=str(event.actor or ""), when=event.created_at)
        for event in found.filter(payload__version__gt=version).select_related("actor").order_by("id")
        for label, before, after in event.payload.get("changes", [])
    ]


def _require_open(unit: OrgUnit, year: int) -> None:
    hold_books([unit])
    if year_closed(unit, year):
        raise DomainError(
            f"Số liệu năm {year} của {unit.name} đã khóa nên phiếu không sửa được nữa. Cần sửa thì lập đề nghị mở khóa "
            f"số liệu năm {year} (nêu lý do, kèm biên bản giải trình) gửi quản trị cấp 1.",
            code="locked",
        )


def _refuse(problems: Sequence[DomainError]) -> None:
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralProblemsError(problems)
