"""Opening closed books again, the correction, and the second lock: versions, outdated marks, who and why."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import DomainError, StaleError
from core.events import deliver
from core.models import Event
from deadlines.models import Obligation
from deadlines.rules import State as DutyState
from dispatch.models import Dispatch
from equipment.actions import confirm
from equipment.models import PeriodLock
from notices.models import Notice
from tests import world as w
from tests.equipment.support import ready
from tests.yearend.closing import asked, bought, closed, figures, opened, report_of
from tests.yearend.signed import sent
from tests.yearend.support import in_year, last_year
from yearend.actions import locking, unlocking
from yearend.actions.duties import fulfilled
from yearend.models import AnnualEdition, UnlockRequest
from yearend.rules import State, UnlockState

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8"), pytest.mark.dieu("12.2")]
LATE = "Sót một hồ sơ mua sắm"


def test_unlock_correction_and_second_lock(world, client_of):
    """The whole way: districts and the province lock, one district is opened, corrected and locked again."""
    badinh, hanoi, admin = world.nghiepvu_badinh, world.nghiepvu_hanoi, world.admin1
    unit, province = world.units["01.001"], world.units["01"]
    bought(world, badinh, ["A1"])
    first = closed(unit, badinh)
    closed(world.units["01.002"], world.nghiepvu_hoankiem)
    upper = closed(province, hanoi)
    center = closed(world.units["00.CNTT"], w.make_user("nghiepvu.cntt", world.units["00.CNTT"], "business"))
    assert upper.edition.figures["total"]["MAY_TINH_BAN"]["closing_quantity"] == 1

    request = opened(first, badinh, admin)
    report = report_of(unit)
    assert (report.state, report.edition_id) == (State.DRAFT, first.edition_id), "the frozen figures stay as a version"
    lock = PeriodLock.objects.get(unit=unit)
    assert (lock.unlocked_by, lock.unlock_reason) == (admin, f"{request.number}: {LATE}")
    for above in (upper, center):
        above.refresh_from_db()
        assert above.outdated_at is not None
        assert LATE in above.outdated_why
        assert unit.name in above.outdated_why

    bought(world, badinh, ["A2"], on=in_year(12, 30))
    second = closed(unit, badinh, reason="Đã ghi bổ sung hồ sơ sót")
    assert (second.edition.edition, second.state) == (2, State.LOCKED)
    assert second.edition.figures["own"] == figures(unit)[unit.pk]
    assert AnnualEdition.objects.get(pk=first.edition_id).figures["own"]["MAY_TINH_BAN"]["closing_quantity"] == 1
    assert PeriodLock.objects.filter(unit=unit).count() == 2

    client = client_of(hanoi)
    pages = {name: client.get(f"/bao-cao-nam/{report.number}/{path}").content.decode() for name, path in (
        ("editions", "?tab=cac-lan-khoa"), ("closings", "?tab=khoa-mo"), ("timeline", "?tab=dien-bien"),
        ("compare", "so-sanh/"))}  # fmt: skip
    assert "Đã ghi bổ sung hồ sơ sót" in pages["editions"]
    for told in (badinh.full_name, admin.full_name, LATE, request.number):
        assert told in pages["closings"], told
        assert told in pages["timeline"], told
    assert "Cuối kỳ, số lượng" in pages["compare"]
    assert "+1" in pages["compare"]
    assert request.number in client.get("/bao-cao-nam/mo-khoa/").content.decode()


def test_who_is_told(world):
    badinh, admin = world.nghiepvu_badinh, world.admin1
    report = closed(world.units["01.001"], badinh)
    request = opened(report, badinh, admin)
    for event in Event.objects.filter(kind__startswith="unlock."):
        deliver(event.pk)
    told = set(Notice.objects.filter(title__contains=request.number).values_list("owner__username", flat=True))
    assert {"admin1", "nghiepvu.badinh"} <= told
    above = Notice.objects.filter(title__startswith="Cấp dưới được mở khóa").values_list("owner__username", flat=True)
    assert "nghiepvu.hanoi" in above
    assert "nghiepvu.danang" not in {*told, *above}


def test_it_needs_the_minutes_and_a_reason(world, client_of):
    report = closed(world.units["01.001"], world.nghiepvu_badinh)
    client, page = client_of(world.nghiepvu_badinh), f"/bao-cao-nam/{report.number}/mo-khoa/"
    text = client.post(page, {"reason": ""})
    assert text.status_code == 422
    assert "Hãy chọn tệp PDF của biên bản giải trình." in text.content.decode()
    bad = SimpleUploadedFile("giai-trinh.pdf", b"no pdf", content_type="application/pdf")
    refused = client.post(page, {"reason": LATE, "file": bad})
    assert refused.status_code == 422
    assert LATE in refused.content.decode(), "nothing typed is lost"
    assert not UnlockRequest.objects.exists()
    done = client.post(page, {"reason": LATE, "file": w.pdf_file()}, follow=True)
    assert "Đã gửi đề nghị MK-01.001-" in done.content.decode()
    request = UnlockRequest.objects.get()
    removed = client.get(f"/bao-cao-nam/mo-khoa/{request.number}/").content.decode()
    assert "Biên bản giải trình" in removed


def test_one_request_at_a_time_and_none_for_open_books(world):
    by, report = world.nghiepvu_badinh, report_of(world.units["01.001"])
    with pytest.raises(DomainError, match="đang mở"):
        asked(report, by)
    report = closed(report.unit, by)
    first = asked(report, by)
    with pytest.raises(DomainError, match=f"{by} đã gửi đề nghị {first.number}"):
        asked(report, by)
    unlocking.withdraw(first, by=by, version=first.version)
    assert asked(report, by).number != first.number


def test_a_decision_is_taken_once(world):
    by, admin = world.nghiepvu_badinh, world.admin1
    request = asked(closed(world.units["01.001"], by), by)
    with pytest.raises(StaleError):
        unlocking.grant(request, answer="", by=admin, version=request.version + 1)
    with pytest.raises(DomainError, match="lý do không đồng ý"):
        unlocking.refuse(request, answer="", by=admin, version=request.version)
    done = unlocking.refuse(request, answer="Chưa đủ căn cứ", by=admin, version=request.version)
    assert done.state == UnlockState.REFUSED
    assert report_of(request.unit).state == State.LOCKED
    with pytest.raises(DomainError, match=f"“Không đồng ý”: {admin} cập nhật lúc"):
        unlocking.grant(request, answer="", by=admin, version=request.version)
    with pytest.raises(DomainError, match="Không đồng ý"):
        unlocking.withdraw(request, by=by, version=request.version)
    assert PeriodLock.objects.filter(unlocked_at=None).count() == 1


@pytest.mark.parametrize("state", ["queued", "failed", "arrived"])
def test_what_was_sent_doesnt_stand_any_more(world, state):
    """A package that still waits for the document system isn't delivered with figures that were opened again."""
    report = sent(world, "01.001", world.nghiepvu_badinh)
    Dispatch.objects.update(state=state, next_try_at=None)
    opened(report, world.nghiepvu_badinh, world.admin1)
    letter = Dispatch.objects.get(kind="letter")
    assert letter.state == "returned"
    assert "mở khóa số liệu" in letter.reason


def test_later_years_are_opened_first(world):
    by, admin, unit = world.nghiepvu_badinh, world.admin1, world.units["01.001"]
    report = closed(unit, by)
    request = asked(report, by)
    later = PeriodLock.objects.create(
        unit=unit, year=last_year() + 1, closed_until=date(last_year() + 1, 12, 31), locked_by=by
    )
    for act in (
        lambda: unlocking.grant(request, answer="", by=admin, version=request.version),
        lambda: unlocking.require_no_later(report),
    ):
        with pytest.raises(DomainError, match=f"mở khóa năm {later.year} trước"):
            act()


def test_a_report_sent_in_time_stays_in_time(world):
    by, unit = world.nghiepvu_badinh, world.units["01.001"]
    report = closed(unit, by)
    Obligation.objects.about(report).update(due_date=date(2100, 1, 14))
    fulfilled(report, by)
    opened(report, by, world.admin1)
    assert Obligation.objects.about(report).get().state == DutyState.FULFILLED


@pytest.mark.parametrize("who", ["nghiepvu_hanoi", "admin2_hanoi", "nghiepvu_badinh", "tracuu_badinh", "ttcntt"])
def test_level_1_admins_alone_decide(world, client_of, who):
    request = asked(closed(world.units["01.001"], world.nghiepvu_badinh), world.nghiepvu_badinh)
    page = f"/bao-cao-nam/mo-khoa/{request.number}/quyet-dinh/"
    typed = {"version": request.version, "decision": "granted", "answer": ""}
    assert client_of(world.users[who]).post(page, typed).status_code == 403
    assert client_of(world.nghiepvu_danang).post(page, typed).status_code == 404
    assert PeriodLock.objects.filter(unlocked_at=None).exists()


def test_the_admin_decides_on_the_page(world, client_of):
    request = asked(closed(world.units["01.001"], world.nghiepvu_badinh), world.nghiepvu_badinh)
    client, page = client_of(world.admin1), f"/bao-cao-nam/mo-khoa/{request.number}/quyet-dinh/"
    assert LATE in client.get(page).content.decode()
    typed = {"version": request.version, "decision": "granted", "answer": "Khóa lại trong tuần", "file": w.pdf_file()}
    done = client.post(page, typed, follow=True).content.decode()
    assert "Đã mở khóa số liệu năm" in done
    request.refresh_from_db()
    assert (request.state, request.decided_by) == (UnlockState.GRANTED, world.admin1)
    told = client_of(world.tracuu_hanoi).get(f"/bao-cao-nam/mo-khoa/{request.number}/").content.decode()
    assert "Khóa lại trong tuần" in told
    again = client.post(page, {**typed, "file": w.pdf_file()})
    assert again.status_code == 422
    assert "Không cần làm lại" in again.content.decode()


def test_drafts_that_waited_come_in_after_the_unlock(world):
    by, unit = world.nghiepvu_badinh, world.units["01.001"]
    waiting = ready(world, by, ["N1"], handover_date=in_year(12, 20), contract_date=in_year(12, 1), late_reason="Muộn")
    report = closed(unit, by)
    with pytest.raises(DomainError) as refused:
        confirm.confirm(waiting, by=by)
    assert "Có hai cách" in str(refused.value.problems[0])
    opened(report, by, world.admin1)
    confirm.confirm(waiting, by=by)
    again = report_of(unit)
    assert locking.lock(again, by=by, version=again.version).edition.edition == 2
