"""From the question to the end: whose turn it is, what is owed, who is told."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError, StaleError
from core.events import deliver
from core.models import Event
from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.queries import known_in_advance
from notices.models import Notice
from support import followups
from support.actions import asking, steps
from support.models import SupportMessage, SupportRequest
from support.rules import TERM, State, answer_by
from tests.support import support as s
from ui.links import Link

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TUESDAY = datetime(2026, 11, 24, 9, 30, tzinfo=HANOI)
CALENDAR = known_in_advance(2031)


def told():
    """Deliver what happened; who was told what, and when it is due."""
    Notice.objects.all().delete()
    for event in Event.objects.filter(delivered_at=None).order_by("pk"):
        deliver(event.pk)
    return {(n.owner.username, n.title.partition(":")[0]) for n in Notice.objects.select_related("owner")}


@given(st.integers(0, 60 * 24 * 2500))
def test_the_48_hours_end_on_a_working_day_at_the_same_hour(minutes):
    asked_at = datetime(2024, 1, 1, tzinfo=HANOI) + timedelta(minutes=minutes)
    end = answer_by(asked_at, CALENDAR)
    assert end >= asked_at + TERM
    assert CALENDAR.is_working(end.date())
    assert (end.hour, end.minute) == (asked_at.hour, asked_at.minute)
    if CALENDAR.is_working((asked_at + TERM).date()):
        assert end == asked_at + TERM


@pytest.mark.dieu("13.4")
@pytest.mark.dieu("14.1")
@pytest.mark.django_db
def test_a_district_asks_its_province_which_answers_in_time(world):
    with time_machine.travel(TUESDAY, tick=False):
        made = s.asked(world.nghiepvu_badinh)
        assert (made.number, made.partner.code, made.state) == ("HT-01.001-2026-0001", "01", State.OPEN)
        assert s.local(made.answer_by) == TUESDAY + timedelta(hours=48)
        owed = Obligation.objects.get(subject_label=made.number)
        assert (owed.unit.code, owed.due_date, owed.kind) == ("01", date(2026, 11, 26), "support")
        assert told() == {
            ("admin2.hanoi", "Yêu cầu hỗ trợ mới"),
            ("nghiepvu.hanoi", "Yêu cầu hỗ trợ mới"),
        }
        notice = Notice.objects.first()
        assert (notice.due_date, notice.address) == (date(2026, 11, 26), f"/ho-tro/{made.number}/")
        assert "09:30 ngày 26/11/2026" in notice.text
        assert made.subject in notice.text
    with time_machine.travel(TUESDAY + timedelta(hours=47), tick=False):
        done = s.answered(made, world.admin2_hanoi)
        assert (done.state, done.first_in_time) == (State.ANSWERED, True)
        assert s.owed(made) == [("01", "fulfilled")]
        assert told() == {("nghiepvu.badinh", "Đã có trả lời")}
        done = s.closed(made, world.tracuu_badinh)
        assert done.state == State.CLOSED
        assert s.owed(made) == [("01", "fulfilled")]


@pytest.mark.dieu("14.5")
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["nghiepvu_danang", "vanphong", "admin2_hanoi", "admin1"])
def test_provinces_units_of_the_headquarters_and_it_center_itself_ask_it_center(world, who):
    made = s.asked(getattr(world, who), topic="fault")
    assert made.partner.code == "00.CNTT"


@pytest.mark.dieu("13.5")
@pytest.mark.django_db
def test_a_request_about_accounts_comes_the_same_way_and_later_dossiers_may_join(world, person, monkeypatch):
    monkeypatch.setattr(followups, "_offered", defaultdict(list))
    followups.offer(
        followups.Topic.ACCOUNT, lambda user, request: Link("Lập hồ sơ tài khoản", f"/ho-tro/?q={request.number}")
    )
    account, other = (s.asked(world.nghiepvu_badinh, topic=topic) for topic in ("account", "usage"))
    assert account.partner.code == "01"
    one = person(world.admin2_hanoi)
    assert one.get(f"/ho-tro/{account.number}/").link("Lập hồ sơ tài khoản").endswith(account.number)
    assert "Lập hồ sơ tài khoản" not in one.get(f"/ho-tro/{other.number}/").text


@pytest.mark.dieu("12.3")
@pytest.mark.django_db
def test_what_the_software_cannot_put_right_is_reported_and_climbs_to_level_1(world, center):
    made = s.asked(world.nghiepvu_badinh, topic="data")
    told()
    done = s.escalated(made, world.nghiepvu_hanoi)
    assert (done.partner.code, done.state) == ("00.CNTT", State.OPEN)
    assert s.owed(made) == [("01", "waived"), ("00.CNTT", "open")]
    assert told() == {
        ("admin1", "Yêu cầu được chuyển lên"),
        ("nghiepvu.cntt", "Yêu cầu được chuyển lên"),
        ("nghiepvu.badinh", "Đã chuyển lên Trung tâm CNTT"),
        ("admin2.hanoi", "Đã chuyển lên Trung tâm CNTT"),
    }
    with pytest.raises(DomainError):
        s.answered(made, world.nghiepvu_hanoi)
    done = s.answered(made, center)
    assert done.first_in_time is True
    assert s.owed(made) == [("01", "waived"), ("00.CNTT", "fulfilled")]


@pytest.mark.django_db
def test_the_asker_may_pass_it_on_once_the_48_hours_are_over(world, center):
    with time_machine.travel(TUESDAY, tick=False):
        made = s.asked(world.nghiepvu_badinh)
        with pytest.raises(DomainError):
            s.escalated(made, world.nghiepvu_badinh)
    with time_machine.travel(TUESDAY + timedelta(days=3), tick=False):
        done = s.escalated(made, world.tracuu_badinh, reason="Chưa ai trả lời")
        assert s.owed(made) == [("01", "fulfilled_late"), ("00.CNTT", "open")]
        assert done.first_in_time is False
        done = s.answered(made, center)
        assert done.first_in_time is False, "an answer to the asker that comes late stays late"
        with pytest.raises(DomainError):
            s.escalated(made, center)


@pytest.mark.django_db
def test_while_the_asker_is_asked_back_nothing_is_owed(world):
    with time_machine.travel(TUESDAY, tick=False):
        made = s.asked(world.nghiepvu_badinh)
        s.asked_back(made, world.nghiepvu_hanoi)
        assert s.owed(made) == [("01", "waived")]
        assert ("nghiepvu.badinh", "Cần bổ sung thông tin") in told()
    with time_machine.travel(TUESDAY + timedelta(days=6), tick=False):  # a Monday
        done = s.replied(made, world.nghiepvu_badinh)
        owed = Obligation.objects.get(subject_label=made.number)
        assert (owed.state, owed.due_date) == ("open", date(2026, 12, 2))
        assert s.local(done.answer_by).date() == owed.due_date
        assert s.answered(made, world.nghiepvu_hanoi).first_in_time is True
        assert s.owed(made) == [("01", "fulfilled")]


@pytest.mark.django_db
def test_asking_back_when_it_is_too_late_mends_nothing(world):
    with time_machine.travel(TUESDAY, tick=False):
        made = s.asked(world.nghiepvu_badinh)
    with time_machine.travel(TUESDAY + timedelta(days=7), tick=False):
        s.asked_back(made, world.nghiepvu_hanoi)
        assert s.owed(made) == [("01", "open")]
        s.replied(made, world.nghiepvu_badinh)
        assert s.answered(made, world.nghiepvu_hanoi).first_in_time is False
        assert s.owed(made) == [("01", "fulfilled_late")]


@pytest.mark.django_db
def test_what_is_taken_up_again_is_owed_again_with_its_own_term(world):
    with time_machine.travel(TUESDAY, tick=False):
        made = s.asked(world.nghiepvu_badinh)
        s.answered(made, world.nghiepvu_hanoi)
    with time_machine.travel(TUESDAY + timedelta(days=6), tick=False):
        done = s.reopened(made, world.nghiepvu_badinh)
        assert (done.state, done.settled_at) == (State.OPEN, None)
        assert s.owed(made) == [("01", "fulfilled"), ("01", "open")]
        assert s.local(done.answer_by).date() == date(2026, 12, 2)
        assert ("nghiepvu.hanoi", "Hỏi tiếp") in told()
        done = s.answered(made, world.nghiepvu_hanoi)
        assert s.owed(made) == [("01", "fulfilled"), ("01", "fulfilled")]
        assert s.local(done.first_answered_at).date() == TUESDAY.date(), "the first answer stays the first"


@pytest.mark.django_db
def test_it_may_be_taken_up_again_only_for_a_while(world, settings):
    with time_machine.travel(TUESDAY, tick=False):
        made = s.asked(world.nghiepvu_badinh)
        s.answered(made, world.nghiepvu_hanoi)
        s.closed(made, world.nghiepvu_badinh)
    days = settings.SUPPORT_REOPEN_DAYS
    with time_machine.travel(TUESDAY + timedelta(days=days, seconds=1), tick=False), pytest.raises(DomainError):
        s.reopened(made, world.nghiepvu_badinh)
    with time_machine.travel(TUESDAY + timedelta(days=days), tick=False):
        assert s.reopened(made, world.nghiepvu_badinh).state == State.OPEN


@pytest.mark.django_db
def test_a_request_that_is_withdrawn_owes_nothing(world):
    made = s.asked(world.nghiepvu_badinh)
    told()
    done = s.closed(made, world.nghiepvu_badinh, text="Tự xử lý được rồi")
    assert (done.state, done.first_answered_at) == (State.CLOSED, None)
    assert s.owed(made) == [("01", "waived")]
    assert {who for who, _ in told()} == {"admin2.hanoi", "nghiepvu.hanoi"}


@pytest.mark.django_db
def test_the_handler_closes_only_what_it_answered_or_asked_back(world):
    made = s.asked(world.nghiepvu_badinh)
    with pytest.raises(DomainError):
        s.closed(made, world.nghiepvu_hanoi)
    s.asked_back(made, world.nghiepvu_hanoi)
    assert s.closed(made, world.nghiepvu_hanoi, text="Không có bổ sung").state == State.CLOSED
    assert ("nghiepvu.badinh", "Đóng yêu cầu") in told()


@pytest.mark.django_db
def test_a_superior_that_waived_the_answer_is_not_overruled_by_asking_back(world):
    made = s.asked(world.nghiepvu_badinh)
    message = made.messages.get()
    deadlines.waive(kind="support", subject=message, reason="Đã trả lời qua điện thoại", by=world.admin1)
    s.asked_back(made, world.nghiepvu_hanoi)
    s.replied(made, world.nghiepvu_badinh)
    s.answered(made, world.nghiepvu_hanoi)
    assert s.owed(made) == [("01", "waived")]


@pytest.mark.django_db
def test_the_same_form_twice_makes_one_request_and_a_stale_page_says_so(world):
    key = uuid4()
    first, second = (s.asked(world.tracuu_badinh, submission=key) for _ in range(2))
    assert first.pk == second.pk
    assert SupportMessage.objects.count() == 1
    s.answered(first, world.nghiepvu_hanoi)
    with pytest.raises(StaleError) as stale:
        steps.reply(first, text="Thêm", by=world.tracuu_badinh, version=1)
    assert [change.who for change in stale.value.changes] == [""] * len(stale.value.changes), (
        "no names of the other unit"
    )
    assert any(change.after == "Đã trả lời" for change in stale.value.changes)


@pytest.mark.django_db
def test_the_same_note_twice_is_one(world):
    made = s.asked(world.nghiepvu_badinh)
    first, second = (steps.note(made, text="Gọi lại", by=world.nghiepvu_hanoi) for _ in range(2))
    assert first.pk == second.pk
    assert s.fresh(made).version == made.version, "the request doesn't tell of it"


@pytest.mark.django_db
def test_without_a_center_nobody_is_asked_in_vain(world):
    world.units["00.CNTT"].nationwide = False
    world.units["00.CNTT"].save()
    with pytest.raises(DomainError, match="Chưa có đơn vị nào"):
        s.asked(world.nghiepvu_danang)
    assert not SupportRequest.objects.exists()
    assert asking.handler_of(world.units["01.001"]).code == "01"
