"""Writing surveys: what is filled in, what is refused, what stays after the books are closed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import DomainError, SeveralProblemsError, StaleError
from core.models import Event
from core.scope import entered
from equipment.actions import licences
from equipment.models import Category
from reports.actions import surveys as actions
from reports.models import Survey, SurveyItem, SurveySoftware
from reports.queries.surveys import items_of, software_of, states_of, survey_of
from reports.rules.annual import canonical
from reports.rules.surveys import Form, Item, SoftwareRow, SurveyState
from tests.reports.survey_support import close, device, opened, saved_network, saved_software, server_room

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
YEAR = 2025


@pytest.fixture
def officer(world):
    return world.nghiepvu_badinh


@pytest.fixture
def unit(world):
    return world.units["01.001"]


def test_the_books_fill_in_what_they_know(world, officer, unit):
    server_room(world, unit, by=officer)
    survey = opened(world, Form.NETWORK)
    assert survey.number == "KS-01.001-2025-3"
    found = {item.code: (item.good, item.fair, item.poor) for item in items_of(survey)}
    assert found == {"1.1.1": (1, 0, 1), "2.1": (1, 0, 0)}
    assert survey.history.get().history_change_reason == "Lập phiếu"


def test_what_came_after_the_year_is_not_of_it(world, officer, unit):
    devices = server_room(world, unit, by=officer)
    devices[1].condition = "good"
    devices[1].save()  # after the end of 2025: its history tells how it was then
    late = timezone.localdate().replace(month=2, day=1)
    device(unit, Category.objects.get(code="MAY_CHU"), late, number=9, by=officer)
    survey = opened(world, Form.NETWORK)
    found = {item.code: (item.good, item.fair, item.poor) for item in items_of(survey)}
    assert found["2.1"] == (1, 0, 0)


def test_software_of_the_books_is_parted_by_where_it_comes_from(world, officer, unit):
    day = timezone.localdate().replace(year=YEAR, month=1, day=5)
    for number, (name, origin) in enumerate(
        (("TST", "issued"), ("TST", "issued"), ("Kế toán riêng", "built"), ("Office", "bought"))
    ):
        item = device(unit, world.office, day, number=number, by=officer, name=name)
        values = {"seats": 5, "origin": origin, "current_version": "4.0", "starts_on": day, "stability": "Tốt"}
        licences.state(item, values=values, version=0, by=officer)
    issued, own = opened(world, Form.ISSUED), opened(world, Form.OWN)
    assert [(row.name, row.values["current_version"], row.values["started"]) for row in software_of(issued)] == [
        ("TST", "4.0", "05/01/2025")
    ]
    assert [(row.name, row.values["origin"]) for row in software_of(own)] == [("Kế toán riêng", "Đơn vị tự xây dựng")]


def test_a_second_press_finds_the_first(world, officer):
    assert opened(world, Form.OWN).pk == opened(world, Form.OWN).pk
    assert Event.objects.filter(kind="survey.opened").count() == 1


def test_years_that_are_not_reported_are_refused(world, officer):
    for year in (2019, timezone.localdate().year + 1):
        with pytest.raises(DomainError, match="Chỉ kê khai"):
            opened(world, Form.OWN, year=year)


def test_poor_without_a_word_is_refused_and_nothing_is_written(world, officer):
    survey = opened(world, Form.NETWORK)
    with pytest.raises(DomainError) as refusal:
        saved_network(survey, [Item("2.1", good=3), Item("1.2.3", poor=1)], by=officer)
    assert refusal.value.field == "r1_2_3_note"
    assert "1.2.3 Lưu điện" in refusal.value.message
    assert items_of(survey) == []


def test_finishing_names_everything_that_is_missing(world, officer):
    survey = opened(world, Form.NETWORK)
    with pytest.raises(SeveralProblemsError) as refusal:
        saved_network(survey, [Item("2.1", good=3)], by=officer, finish=True)
    assert len(refusal.value.problems) > 10
    survey.refresh_from_db()
    assert survey.state == SurveyState.DRAFT


def test_rows_that_the_form_does_not_have_are_refused(world, officer):
    survey = opened(world, Form.NETWORK)
    for code in ("9.9", "1.1"):
        with pytest.raises(DomainError, match="không có mục"):
            saved_network(survey, [Item(code, good=1)], by=officer)


def test_only_rows_that_differ_are_written_and_the_event_tells_which(world, officer):
    survey = saved_network(opened(world, Form.NETWORK), [Item("2.1", good=3), Item("3.3", "TST", good=1)], by=officer)
    saved_network(survey, [Item("2.1", good=4, note="Mua mới"), Item("3.3", "TST", good=1)], by=officer)
    kinds = SurveyItem.history.order_by("history_id").values_list("code", "history_type")
    assert list(kinds) == [("2.1", "+"), ("3.3", "+"), ("2.1", "~")]
    told = Event.objects.filter(kind="survey.saved").latest("id").payload["changes"]
    assert told == [["2.1 Máy chủ", "tốt 3, trung bình 0, kém 0", "tốt 4, trung bình 0, kém 0; Mua mới"]]


def test_a_row_that_goes_stays_in_the_history(world, officer):
    survey = saved_software(opened(world, Form.OWN), [SoftwareRow("Web"), SoftwareRow("Kho")], by=officer)
    saved_software(survey, [SoftwareRow("Kho", {"note": "Tự viết"})], by=officer)
    assert [row.name for row in software_of(survey)] == ["Kho"]
    assert list(SurveySoftware.history.filter(history_type="-").values_list("name", "history_user__username")) == [
        ("Web", officer.username)
    ]


def test_a_stale_form_hears_what_others_changed(world, officer):
    survey = opened(world, Form.NETWORK)
    saved_network(survey, [Item("2.1", good=3)], by=officer)
    with pytest.raises(StaleError) as refusal:
        actions.save_network(survey, items=[], proposal="", finish=False, version=1, by=officer)
    assert [(c.label, c.after, c.who) for c in refusal.value.changes] == [
        ("2.1 Máy chủ", "tốt 3, trung bình 0, kém 0", str(officer))
    ]


def test_the_year_before_is_taken_over(world, officer):
    former = saved_software(
        opened(world, Form.OWN, year=2024), [SoftwareRow("Web", {"note": "Cổng"})], by=officer, proposal="Cần máy chủ"
    )
    copied = opened(world, Form.OWN, copied=True)
    assert (software_of(copied), copied.proposal) == (software_of(former), "Cần máy chủ")
    saved = saved_software(copied, [SoftwareRow("Khác")], by=officer)
    again = actions.copy_last_year(saved, version=saved.version, by=officer)
    assert [row.name for row in software_of(again)] == ["Web"]
    assert [row.name for row in software_of(former)] == ["Web"]
    with pytest.raises(DomainError, match="chưa kê khai"):
        actions.copy_last_year(former, version=former.version, by=officer)


def test_none_is_an_answer(world, officer):
    survey = saved_software(opened(world, Form.OWN), [], by=officer, none=True, finish=True)
    assert survey.state == SurveyState.DONE
    assert states_of(survey.unit, YEAR) == {"BC01-1": "", "BC01-2": "done", "BC02": ""}
    assert saved_software(survey, [], by=officer, none=True).state == SurveyState.DRAFT
    assert Event.objects.filter(kind="survey.reopened").count() == 1


def test_the_same_answers_are_the_same_bytes(world, officer, unit):
    survey = opened(world, Form.NETWORK)
    items = [
        Item("2.1", good=3, note="Hai máy ảo"),
        Item("3.3", "TST", good=1),
        Item("3.6", "Lê Văn An"),
        Item("3.5", answer=False),
    ]
    saved_network(survey, items, by=officer, proposal="Nâng cấp đường truyền")
    first = survey_of(unit, YEAR)
    survey.refresh_from_db()
    saved_network(survey, items[::-1], by=officer, proposal="Nâng cấp đường truyền")
    assert canonical(survey_of(unit, YEAR)) == canonical(first)
    assert first["BC02"]["2.1"] == {
        "good": 3, "fair": 0, "poor": 0, "has": 0, "lacks": 0,
        "said": [{"unit": "01.001", "good": 3, "note": "Hai máy ảo"}],
    }  # fmt: skip
    assert first["BC02"]["3.6"]["said"] == [{"unit": "01.001", "name": "Lê Văn An"}]
    assert (first["BC02"]["3.6"]["has"], first["BC02"]["3.5"]["lacks"]) == (1, 1)
    assert first["proposals"] == [{"unit": "01.001", "form": "BC02", "text": "Nâng cấp đường truyền"}]


def test_closed_books_close_the_surveys_of_their_year(world, officer, unit):
    survey = saved_network(opened(world, Form.NETWORK), [Item("2.1", good=3)], by=officer)
    before = canonical(survey_of(unit, YEAR))
    close(unit, YEAR, by=officer)
    for refused in (
        lambda: saved_network(survey, [Item("2.1", good=4)], by=officer),
        lambda: opened(world, Form.OWN),
        lambda: actions.copy_last_year(survey, version=survey.version, by=officer),
    ):
        with pytest.raises(DomainError, match="đã khóa nên phiếu không sửa được"):
            refused()
    assert canonical(survey_of(unit, YEAR)) == before
    assert opened(world, Form.NETWORK, year=YEAR + 1).year == YEAR + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_survey SET proposal = 'x' WHERE id = %s",
        "UPDATE reports_survey SET year = 2026 WHERE id = %s",
        "UPDATE reports_surveyitem SET good = 9 WHERE survey_id = %s",
        "DELETE FROM reports_surveyitem WHERE survey_id = %s",
        """INSERT INTO reports_surveyitem (survey_id, unit_id, code, position, name, note)
        SELECT id, unit_id, '2.2.1', 1, '', '' FROM reports_survey WHERE id = %s""",
    ],
)
def test_the_database_refuses_the_application_itself(world, officer, unit, statement):
    survey = saved_network(opened(world, Form.NETWORK), [Item("2.1", good=3)], by=officer)
    close(unit, YEAR, by=officer)
    refused = pytest.raises(IntegrityError, match="are closed")
    with entered(officer.scope), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement, [survey.pk])
    assert Survey.objects.get(pk=survey.pk).year == YEAR
