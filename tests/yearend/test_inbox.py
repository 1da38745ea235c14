"""What the superior does with reports: checking, taking in, returning, several at once, files from elsewhere."""

import pytest

from accounts.actions import create_account
from accounts.rules import Kind
from core.errors import DomainError, SeveralProblemsError
from core.scope import entered
from dispatch.models import Dispatch
from notices.models import Notice
from orgs.models import OrgUnit
from signing.models import TrustedAuthority
from signing.queries import file_of, paper_of
from signing.rules import FIELDS, Step
from tests.signing import pki
from tests.signing.helpers import signed_outside
from tests.world import pdf_bytes
from tests.yearend.signed import now, sent, signed
from tests.yearend.support import last_year
from tests.yearend.test_sending import told
from yearend.actions.editions import outdate_above
from yearend.actions.receiving import accept, send_back, take_in
from yearend.actions.sending import send
from yearend.rules import State

pytestmark = pytest.mark.django_db


@pytest.mark.dieu("14.6")
def test_the_superior_takes_it_in(world):
    report, by = sent(world, "01.001", world.nghiepvu_badinh), world.nghiepvu_hanoi
    told()
    with entered(by.scope):
        accept(report, by=by, version=report.version)
    report = now(report)
    assert report.state == State.ACCEPTED
    assert Dispatch.objects.get().state == "received"
    assert told()["nghiepvu.badinh"] == f"Báo cáo năm đã được tiếp nhận: BHXH quận Ba Đình, năm {last_year()}"
    with pytest.raises(DomainError, match=r"Người dùng nghiepvu\.hanoi ghi lúc"):
        accept(report, by=by)


def test_the_superior_returns_it(world):
    report, by = sent(world, "01.001", world.nghiepvu_badinh), world.nghiepvu_hanoi
    with entered(by.scope):
        send_back(report, by=by, reason="Thiếu thuyết minh", version=report.version)
    report = now(report)
    assert (report.state, report.return_reason) == (State.RETURNED, "Thiếu thuyết minh")
    assert (Dispatch.objects.get().state, Dispatch.objects.get().reason) == ("returned", "Thiếu thuyết minh")
    told()
    assert "Thiếu thuyết minh" in Notice.objects.get(owner=world.nghiepvu_badinh, title__contains="trả lại").text
    send(report, by=world.nghiepvu_badinh, version=report.version)
    assert now(report).return_reason == ""


def test_whoever_isnt_trusted_any_more_isnt_taken_in(world):
    report = sent(world, "01.001", world.nghiepvu_badinh)
    for root in TrustedAuthority.objects.all():
        root.active = False
        root.save()
    with pytest.raises(SeveralProblemsError, match="không do tổ chức chứng thực mà hệ thống tin cậy cấp"):
        accept(report, by=world.nghiepvu_hanoi)
    assert now(report).state == State.SENT


def test_outdated_figures_arent_taken_in(world):
    report = sent(world, "01", world.nghiepvu_hanoi)
    lower = sent(world, "01.001", world.nghiepvu_badinh)
    outdate_above(lower, why="Ba Đình khóa lại.")
    with pytest.raises(SeveralProblemsError, match="Hãy trả lại để đơn vị tổng hợp lại"):
        accept(now(report), by=world.admin1)


PAGES = ("tiep-nhan", "tra-lai", "doi-chieu")


@pytest.mark.parametrize("page", PAGES)
def test_only_the_direct_superior_answers(world, client_of, page):
    report = sent(world, "01.001", world.nghiepvu_badinh)
    expected = {"nghiepvu_hanoi": 200, "admin2_hanoi": 200, "tracuu_hanoi": 403, "nghiepvu_badinh": 403,
                "admin1": 403, "nghiepvu_danang": 404, "nghiepvu_hoankiem": 404}  # fmt: skip
    for who, status in expected.items():
        assert client_of(world.users[who]).get(f"/bao-cao-nam/{report.number}/{page}/").status_code == status, who


def test_the_page_shows_what_the_check_found(world, client_of):
    report, browser = sent(world, "01.001", world.nghiepvu_badinh), client_of(world.nghiepvu_hanoi)
    page = browser.get(f"/bao-cao-nam/{report.number}/tiep-nhan/").content.decode()
    assert "Kiểm tra đạt" in page
    for name in ("Trần Thị Lập", "Nguyễn Văn Đứng", "BHXH thành phố Hà Nội"):
        assert name in page
    answer = browser.post(f"/bao-cao-nam/{report.number}/tiep-nhan/", {"version": report.version})
    assert answer.status_code == 302
    assert now(report).state == State.ACCEPTED


def test_the_inbox_counts_and_lists(world, client_of):
    report = sent(world, "01.001", world.nghiepvu_badinh)
    browser = client_of(world.nghiepvu_hanoi)
    page = browser.get("/bao-cao-nam/hop-thu/?state=sent")
    assert report.document_number in page.content.decode()
    assert "BHXH quận Hoàn Kiếm" in browser.get("/bao-cao-nam/hop-thu/").content.decode()
    assert "BHXH quận Hoàn Kiếm" not in page.content.decode().split("<main")[1]
    whole = client_of(world.admin1).get("/bao-cao-nam/hop-thu/").content.decode()
    assert "BHXH thành phố Đà Nẵng" in whole
    assert "BHXH quận Ba Đình" not in whole.split("<main")[1]  # it reports to Hà Nội
    assert client_of(world.tracuu_hanoi).get("/bao-cao-nam/hop-thu/").status_code == 403


def test_several_at_once_each_with_its_result(world, client_of):
    good = sent(world, "01.001", world.nghiepvu_badinh)
    bad = sent(world, "01.002", world.nghiepvu_hoankiem)
    outdated = now(bad)
    outdated.outdated_at, outdated.outdated_why = outdated.sent_at, "Tổ khóa lại."
    outdated.save()
    browser, chosen = client_of(world.nghiepvu_hanoi), {"id": [good.number, bad.number]}
    page = browser.post("/bao-cao-nam/hop-thu/tiep-nhan/", chosen).content.decode()
    assert "2 trên 2 báo cáo kiểm tra đạt" in page or "1 trên 2" in page
    assert now(good).state == State.SENT  # nothing is done yet
    url, seen = "/bao-cao-nam/hop-thu/tiep-nhan/", f"version-{good.number}"
    for stale in ({}, {seen: str(now(good).version - 1)}, {seen: "x"}):  # not what was looked at
        browser.post(url, {**chosen, **stale, "go": "1"})
        assert now(good).state == State.SENT
    versions = {f"version-{one.number}": now(one).version for one in (good, bad)}
    page = browser.post(url, {**chosen, **versions, "go": "1"}).content.decode()
    assert (now(good).state, now(bad).state) == (State.ACCEPTED, State.SENT)
    assert "Đã tiếp nhận 1 trên 2 báo cáo" in page
    assert "Hãy trả lại để đơn vị tổng hợp lại" in page


def test_who_only_keeps_accounts_at_the_it_center_takes_nothing_in(world, client_of):
    report = sent(world, "01", world.nghiepvu_hanoi)
    unit = OrgUnit.objects.get(nationwide=True)
    keeper = create_account(
        username="admin2.cntt", full_name="Quản trị", unit=unit, kind=Kind.LEVEL2_ADMIN, password="mat-khau-14-ky-tu"
    )
    browser = client_of(keeper)
    chosen = {"id": report.number, f"version-{report.number}": report.version}
    assert browser.get(f"/bao-cao-nam/{report.number}/tiep-nhan/").status_code == 403
    assert browser.get("/bao-cao-nam/hop-thu/").status_code == 403
    assert browser.post("/bao-cao-nam/hop-thu/tiep-nhan/", {**chosen, "go": "1"}).status_code == 403
    assert now(report).state == State.SENT


def hostile(report, kind):
    """A file that pretends to be the report."""
    good = file_of(paper_of(report))
    if kind == "tampered":
        at = good.index(b"/Type /Page") + 1
        return good[:at] + b"X" + good[at + 1 :]
    if kind == "foreign":
        return pdf_bytes(3)
    if kind == "unsigned":
        return file_of(paper_of(report), 0)
    if kind == "added":
        return good + b"\n% them"
    return signed_outside(file_of(paper_of(report), 0), pki.stranger(), field=FIELDS[Step.HEAD])


REASONS = {
    "tampered": "không phải văn bản này",
    "foreign": "không phải văn bản này",
    "unsigned": "chưa đủ chữ ký",
    "added": "không phải văn bản này",
    "unknown root": "không do tổ chức chứng thực mà hệ thống tin cậy cấp",
}


@pytest.mark.parametrize("kind", REASONS)
def test_a_file_that_isnt_the_report_is_refused_with_the_reason(world, kind):
    report = sent(world, "01.001", world.nghiepvu_badinh)
    with pytest.raises(SeveralProblemsError, match=REASONS[kind]):
        take_in(report, content=hostile(report, kind), by=world.nghiepvu_hanoi)
    assert now(report).state == State.SENT


def test_what_is_no_file_of_ours_at_all(world):
    report = sent(world, "01.001", world.nghiepvu_badinh)
    for content in (b"", b"khong phai pdf", b"%PDF-1.7\n" + b"\xff" * 500, b"<edXML>"):
        with pytest.raises(DomainError):
            take_in(report, content=content, by=world.nghiepvu_hanoi)


def test_a_report_that_came_on_a_stick_counts_as_sent(world):
    by = world.nghiepvu_hanoi
    report = signed(world, "01.001", world.nghiepvu_badinh)
    with entered(by.scope):
        take_in(report, content=file_of(paper_of(report)), by=by)
    report = now(report)
    with entered(by.scope):
        accept(report, by=by)
    report = now(report)
    assert (report.state, Dispatch.objects.count()) == (State.ACCEPTED, 0)
    assert not Notice.objects.filter(title__contains="quá hạn").exists()


def test_a_package_from_another_system_is_compared(world):
    report = sent(world, "01.001", world.nghiepvu_badinh)
    take_in(report, content=bytes(Dispatch.objects.get().package.content), by=world.nghiepvu_hanoi)
    other = sent(world, "01.002", world.nghiepvu_hoankiem)
    with pytest.raises(SeveralProblemsError, match="không phải văn bản này"):
        take_in(other, content=bytes(Dispatch.objects.earliest("pk").package.content), by=world.nghiepvu_hanoi)
