"""Sending a signed report: what goes, what is refused and why, what it does to the unit's duty (art. 13.8)."""

import pytest
from django.db import connection

from core.errors import DomainError, SeveralProblemsError, StaleError
from core.events import deliver_pending
from core.models import Event
from core.scope import entered
from deadlines.models import Obligation
from deadlines.rules import Kind
from dispatch.actions import take
from dispatch.edxml import package_of
from dispatch.models import Dispatch
from dispatch.rules import Channel
from dispatch.rules import State as Sending
from notices.models import Notice
from reports.rules.annual import canonical
from signing.queries import file_of, paper_of
from tests.dispatch.support import status
from tests.signing.helpers import sign_all
from tests.world import make_user
from tests.yearend.closing import closed
from tests.yearend.signed import LATE, issued, now, sent, signed, trusting
from tests.yearend.support import last_year
from yearend.actions import issuing, receiving
from yearend.actions.editions import outdate_above
from yearend.actions.sending import send
from yearend.rules import State

pytestmark = pytest.mark.django_db


def told() -> dict[str, str]:
    """What people were told of yearly reports, when the events are delivered."""
    for event in Event.objects.filter(delivered_at=None):
        event.created_at = event.created_at.replace(year=2020)
        event.save()
    deliver_pending()
    rows = Notice.objects.filter(topic="report").select_related("owner").order_by("pk")
    return {notice.owner.username: notice.title for notice in rows}


@pytest.mark.dieu("13.8")
def test_a_signed_report_goes_to_the_superior_with_its_figures(world):
    by = world.nghiepvu_badinh
    report = signed(world, "01.001", by)
    with entered(by.scope):
        made = send(report, by=by, version=report.version, reason=LATE)
    report = now(report)
    assert (report.state, made.partner) == (State.SENT, world.units["01"])
    assert report.sent_at is not None
    package = package_of(bytes(made.package.content), max_bytes=1 << 26)
    pdf, figures = package.attachments
    assert pdf.content == file_of(paper_of(report))
    assert figures.content == canonical(report.edition.figures)
    assert package.code == report.document_number
    assert report.edition.sha256 in bytes(made.package.content).decode()
    owed = Obligation.objects.about(report).get(kind=Kind.ANNUAL_REPORT)
    assert (owed.state, owed.reason) == ("fulfilled_late", LATE)
    title = f"Báo cáo năm chờ tiếp nhận: BHXH quận Ba Đình, năm {last_year()}"
    assert {who for who, what in told().items() if what == title} == {"nghiepvu.hanoi", "admin2.hanoi"}


def test_what_isnt_signed_stays(world):
    by = world.nghiepvu_badinh
    trusting(world, "01.001")
    report = now(closed(world.units["01.001"], by))
    with pytest.raises(DomainError, match="Hãy phát hành bản in và ký số rồi gửi"):
        send(report, by=by, version=report.version, reason=LATE)
    report = issued(report, by)
    with pytest.raises(DomainError, match="Hãy ký đủ các bước rồi gửi"):
        send(report, by=by, version=report.version, reason=LATE)
    assert not Dispatch.objects.exists()


def test_late_needs_a_reason_and_all_problems_are_told_at_once(world):
    by = world.nghiepvu_hanoi
    report = signed(world, "01", by)
    outdate_above(now(closed(world.units["01.001"], world.nghiepvu_badinh)), why="Ba Đình khóa lại.")
    report = now(report)
    with pytest.raises(SeveralProblemsError) as refusal:
        send(report, by=by, version=report.version)
    assert [problem.code for problem in refusal.value.problems] == ["outdated", "required"]
    assert "Hãy tổng hợp lại" in str(refusal.value)
    assert now(report).state == State.SIGNED


def test_a_file_changed_under_our_hands_is_not_sent(world):
    """Somebody with the database's password swaps a byte of what was signed."""
    by = world.nghiepvu_badinh
    report = signed(world, "01.001", by)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE signing_revision DISABLE TRIGGER USER")
        cursor.execute("UPDATE signing_revision SET content = set_byte(content, 4000, 65) WHERE number = 0")
        cursor.execute("ALTER TABLE signing_revision ENABLE TRIGGER USER")
    with pytest.raises(SeveralProblemsError, match=r"không còn khớp|Không đọc được"):
        send(report, by=by, version=report.version, reason=LATE)
    assert now(report).state == State.SIGNED


def test_figures_that_arent_those_of_the_paper_are_not_sent(world):
    by = world.nghiepvu_badinh
    report = signed(world, "01.001", by)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE yearend_annualedition DISABLE TRIGGER USER")
        cursor.execute("""UPDATE yearend_annualedition SET figures = jsonb_set(figures, '{proposal}', '"khac"')""")
        cursor.execute("ALTER TABLE yearend_annualedition ENABLE TRIGGER USER")
    with pytest.raises(SeveralProblemsError, match="không còn khớp với mã SHA-256"):
        send(report, by=by, version=report.version, reason=LATE)


def test_a_second_press_and_a_stale_page(world):
    by = world.nghiepvu_badinh
    report = signed(world, "01.001", by)
    with pytest.raises(StaleError):
        send(report, by=by, version=report.version - 1, reason=LATE)
    send(report, by=by, version=report.version, reason=LATE)
    with pytest.raises(DomainError, match=r"Người dùng nghiepvu\.badinh gửi lúc"):
        send(report, by=by, version=report.version, reason=LATE)
    assert Dispatch.objects.count() == 1


def test_the_country_sends_to_nobody(world):
    by = make_user("nghiepvu.cntt", world.units["00.CNTT"], "business")
    report = signed(world, "00.CNTT", by)
    with pytest.raises(DomainError, match="không gửi cấp trên"):
        send(report, by=by, version=report.version)


@pytest.mark.dieu("13.8")
def test_returned_by_the_document_system_mended_and_sent_again(world, settings, tmp_path):
    settings.DISPATCH_ADAPTER, settings.DISPATCH_FOLDER = "folder", str(tmp_path)
    by = world.nghiepvu_badinh
    report = sent(world, "01.001", by)
    (first,) = Dispatch.objects.all()
    take(status(first.document_id, "03"), channel=Channel.HTTP)
    assert now(report).state == State.SENT  # registered there: whether it is taken in is said here
    later = "2099/01/01 00:00:00"
    take(status(first.document_id, "02", text="Sai số ký hiệu", at=later), channel=Channel.HTTP)
    report = now(report)
    assert (report.state, report.return_reason) == (State.RETURNED, "Sai số ký hiệu")
    assert told()["nghiepvu.badinh"].startswith("Báo cáo năm bị trả lại")
    report = now(issuing.withdraw_issue(report, by=by, version=report.version, reason="Sửa số ký hiệu"))
    report = issued(report, by, document_number="16/BC-BHXH")
    sign_all(paper_of(report), by=by)
    report = now(report)
    send(report, by=by, version=report.version)  # the duty was done the first time
    second = Dispatch.objects.latest("pk")
    assert second.document_id != first.document_id
    take(status(first.document_id, "02", text="Tin cũ", at="2099/02/01 00:00:00"), channel=Channel.HTTP)
    assert now(report).state == State.SENT  # news of the first sending
    receiving.accept(now(report), by=world.nghiepvu_hanoi)
    second.refresh_from_db()
    assert (now(report).state, second.state) == (State.ACCEPTED, Sending.RECEIVED)


def test_no_other_unit_sends_it(world, client_of):
    report = signed(world, "01.001", world.nghiepvu_badinh)
    for who, expected in (("nghiepvu_danang", 404), ("nghiepvu_hanoi", 403), ("tracuu_badinh", 403)):
        answer = client_of(world.users[who]).post(f"/bao-cao-nam/{report.number}/gui/", {"version": report.version})
        assert answer.status_code == expected
    assert now(report).state == State.SIGNED
