"""Who is credited with the first answer, how many requests an account may send, a form that was tampered with."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core.errors import DomainError
from support.models import SupportRequest
from tests.support import support as s

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def credit(person):
    """Of each unit: requests, in time, late; each number is that of the list which it leads to."""
    parts = person.get("/ho-tro/thong-ke/").response.context["parts"]
    (lines,) = (part for title, _, part in parts if title == "Theo đơn vị trả lời lần đầu")
    for shown in lines:
        numbers = (shown.line.total, shown.line.in_time, shown.line.late)
        for url, number in zip((shown.all, shown.in_time, shown.late), numbers, strict=True):
            assert person.get(url).response.context["count"] == number, url
    return {shown.line.key: (shown.line.total, shown.line.in_time, shown.line.late) for shown in lines}


def test_who_answered_first_is_credited_after_the_request_was_passed_on(world, center, person):
    made = s.asked(world.nghiepvu_badinh)
    s.answered(made, world.nghiepvu_hanoi)
    s.reopened(made, world.nghiepvu_badinh)
    s.escalated(made, world.nghiepvu_hanoi)
    assert credit(person(center)) == {"01": (1, 1, 0)}
    s.answered(made, center)
    assert credit(person(center)) == {"01": (1, 1, 0)}


def test_who_passes_it_on_in_time_owes_no_answer_any_more(world, center, person):
    made = s.asked(world.nghiepvu_badinh)
    s.escalated(made, world.nghiepvu_hanoi)
    assert credit(person(center)) == {"00.CNTT": (1, 0, 0)}
    s.answered(made, center)
    assert credit(person(center)) == {"00.CNTT": (1, 1, 0)}


def test_who_was_late_before_it_was_passed_on_stays_late(world, center, person):
    with time_machine.travel(TUESDAY, tick=False):
        made = s.asked(world.nghiepvu_badinh)
    with time_machine.travel(TUESDAY + timedelta(days=3), tick=False):
        s.escalated(made, world.nghiepvu_badinh)
        s.answered(made, center)
        assert credit(person(center)) == {"01": (1, 0, 1)}


def test_an_account_sends_only_so_many_requests_within_an_hour(world, person, settings):
    settings.SUPPORT_REQUESTS_PER_HOUR = 3
    sent = {"topic": "usage", "subject": "Không in được", "text": "Nội dung đã gõ"}
    with time_machine.travel(TUESDAY, tick=False):
        for _ in range(3):
            s.closed(s.asked(world.nghiepvu_badinh), world.nghiepvu_badinh)
        with pytest.raises(DomainError, match="đã gửi 3 yêu cầu trong một giờ qua"):
            s.asked(world.nghiepvu_badinh)
        page = person(world.nghiepvu_badinh).client.post("/ho-tro/moi/", sent)
        assert page.status_code == 422
        assert "Hãy gửi tiếp từ 11:01" in page.content.decode()
        assert "Nội dung đã gõ" in page.content.decode()
        assert SupportRequest.objects.count() == 3
        s.asked(world.tracuu_badinh)
    with time_machine.travel(TUESDAY + timedelta(minutes=61), tick=False):
        s.asked(world.nghiepvu_badinh)


def test_a_hidden_field_that_was_tampered_with_is_refused_in_words(world, person):
    sent = {"topic": "usage", "subject": "Không in được", "text": "Nội dung", "submission": "x"}
    page = person(world.nghiepvu_badinh).client.post("/ho-tro/moi/", sent)
    assert page.status_code == 422
    shown = page.content.decode()
    assert "Trang này không còn nguyên vẹn" in shown
    assert "Enter a valid" not in shown
    assert "Submission" not in shown
