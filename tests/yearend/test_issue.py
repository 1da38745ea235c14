"""Issuing a yearly report: number, day, signatories; what is refused; the kept print and the paper to be signed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import documents
from core.errors import DomainError, SeveralProblemsError, StaleError
from core.models import DocumentKind, Event
from signing.models import Paper
from signing.queries import file_of, paper_of
from signing.rules import PaperState
from tests.yearend.figures import edition
from tests.yearend.signed import now
from yearend.actions import issuing
from yearend.queries.prints import prints_of, suggested_letter
from yearend.rules import State
from yearend.rules.issuing import head_post, written_number

pytestmark = [pytest.mark.dieu("13.8")]
URL = "/bao-cao-nam/{}/{}/"


def letter(**changes) -> issuing.Letter:
    return issuing.Letter(
        **{
            "document_number": "5/bc-bhxh",
            "document_date": timezone.localdate(),
            "place": "Ba Đình",
            "preparer": "Trần Thị Lập",
            "position": "Giám đốc",
            "signatory": "Lê Văn Ký",
            "recipients": "- Như trên;\n- Lưu: VT, CNTT.",
            **changes,
        }
    )


@pytest.fixture
def report(world):
    return edition(world.units["01.001"], by=world.nghiepvu_badinh).report


@pytest.fixture
def by(world):
    return world.nghiepvu_badinh


@pytest.mark.django_db
class TestIssue:
    def test_the_print_is_kept_and_goes_to_be_signed(self, report, by):
        made = issuing.issue(report, letter=letter(), by=by, version=report.version)
        assert (made.state, made.document_number, made.signatory) == (State.ISSUED, "05/BC-BHXH", "Lê Văn Ký")
        (kept,) = prints_of(made.edition)
        assert documents.verify(kept)
        paper = paper_of(made)
        assert paper.issued_sha256 == kept.sha256
        assert set(paper.boxes) == {"preparer", "head", "seal"}
        with documents.document_storage().open(str(kept.file.name)) as file:
            assert file_of(paper, 0).startswith(file.read())
        event = Event.objects.get(kind="annual.issued")
        assert (event.actor, event.payload["reason"]) == (by, "Số 05/BC-BHXH")

    def test_its_page_leads_to_the_signatures(self, world, client_of, report, by):
        issuing.issue(report, letter=letter(), by=by, version=report.version)
        url = f"/bao-cao-nam/{report.number}/"
        page = client_of(by).get(url).content.decode()
        paper = reverse("signing:detail", args=[paper_of(report).public_id])
        assert paper in page
        assert page.index("Ký số</a>") > page.index(paper)
        reader = client_of(world.tracuu_badinh).get(url).content.decode()
        assert "Văn bản đang ký</a>" in reader
        steps = re.findall(r'<li class="step([^"]*)".*?step-name">([^<]*)', page, re.DOTALL)
        assert [kind for kind, _ in steps] == [" is-done"] * 3 + [" is-now", "", ""]
        assert steps[3][1] == "Ký số"

    def test_everything_that_is_missing_is_said_at_once(self, world, by):
        report = edition(world.units["01.001"], by=by, missing=("01.002",)).report
        empty = letter(document_number="", document_date=None, place="", preparer="", position="", signatory="")
        with pytest.raises(SeveralProblemsError) as refused:
            issuing.issue(report, letter=empty, by=by, version=report.version)
        fields = [problem.field for problem in refused.value.problems]
        assert fields == ["document_number", "document_date", "place", "preparer", "position", "signatory", "reason"]
        assert (now(report).state, Paper.objects.count()) == (State.LOCKED, 0)

    def test_missing_subordinates_need_a_reason(self, world, by):
        report = edition(world.units["01.001"], by=by, missing=("01.002",)).report
        made = issuing.issue(report, letter=letter(), by=by, version=report.version, reason="Đơn vị mới lập")
        assert made.state == State.ISSUED
        assert made.history.first().history_change_reason == "Số 05/BC-BHXH: Đơn vị mới lập"

    @pytest.mark.parametrize("days", [1, -400])
    def test_the_day_lies_between_the_closing_and_today(self, report, by, days):
        wrong = letter(document_date=timezone.localdate() + timedelta(days=days))
        with pytest.raises(SeveralProblemsError) as refused:
            issuing.issue(report, letter=wrong, by=by, version=report.version)
        assert [problem.field for problem in refused.value.problems] == ["document_date"]

    def test_figures_that_changed_below_are_consolidated_first(self, report, by):
        report.outdated_at, report.outdated_why = timezone.now(), "BHXH huyện A khóa lại."
        report.save()
        with pytest.raises(DomainError, match="Hãy tổng hợp lại rồi ban hành"):
            issuing.issue(report, letter=letter(), by=by, version=report.version)

    def test_a_second_press_is_told_what_was_done(self, report, by):
        stale = report.version
        issuing.issue(report, letter=letter(), by=by, version=stale)
        with pytest.raises(StaleError):
            issuing.issue(report, letter=letter(), by=by, version=stale)
        with pytest.raises(DomainError, match="Chờ ký số"):
            issuing.issue(report, letter=letter(), by=by, version=now(report).version)
        assert documents.documents_of(report).filter(kind=DocumentKind.ANNUAL_REPORT).count() == 1

    def test_a_print_is_set_aside_and_made_anew(self, report, by):
        first = issuing.issue(report, letter=letter(), by=by, version=report.version)
        old = paper_of(first)
        locked = issuing.withdraw_issue(first, by=by, version=first.version, reason="Sai người ký")
        assert locked.state == State.LOCKED
        old.refresh_from_db()
        assert (old.state, old.withdrawn_why) == (PaperState.WITHDRAWN, "Sai người ký")
        again = issuing.issue(locked, letter=letter(signatory="Phạm Thị Thay"), by=by, version=locked.version)
        assert (again.state, again.signatory) == (State.ISSUED, "Phạm Thị Thay")
        assert len(prints_of(again.edition)) == 2
        assert paper_of(again).pk != old.pk

    def test_only_a_print_can_be_set_aside(self, report, by):
        with pytest.raises(DomainError, match="không có bản in nào"):
            issuing.withdraw_issue(report, by=by, version=report.version, reason="Nhầm")

    def test_a_complete_signature_moves_the_report_on(self, report, by):
        made = issuing.issue(report, letter=letter(), by=by, version=report.version)
        issuing.signed(made, by)
        assert now(report).state == State.SIGNED

    def test_the_form_begins_with_what_the_last_paper_said(self, report, by):
        first = suggested_letter(report, by)
        assert (first["place"], first["position"], first["preparer"]) == ("Ba Đình", "GIÁM ĐỐC", by.full_name)
        issuing.issue(report, letter=letter(), by=by, version=report.version)
        again = suggested_letter(now(report), by)
        assert (again["document_number"], again["signatory"]) == ("05/BC-BHXH", "Lê Văn Ký")
        report.pk, report.number, report.year = None, "BCN-01.001-2026-0002", report.year + 1
        report.document_number, report.edition_id, report.state = "", None, State.DRAFT
        next_year = suggested_letter(report, by)
        assert next_year["signatory"] == "Lê Văn Ký"
        assert "document_number" not in next_year


@pytest.mark.django_db
class TestPages:
    def test_the_form_issues(self, client_of, report, by):
        client = client_of(by)
        address = URL.format(report.number, "ban-hanh")
        page = client.get(address)
        assert "Ví dụ 05/BC-BHXH" in page.content.decode()
        data = {
            "version": report.version, "document_number": "5", "document_date": f"{timezone.localdate():%d/%m/%Y}",
            "place": "Ba Đình", "preparer": "Lập", "position": "Giám đốc", "signatory": "Ký", "recipients": "- Lưu.",
        }  # fmt: skip
        refused = client.post(address, {**data, "document_number": "năm"})
        assert refused.status_code == 422
        assert "Số, ký hiệu gồm" in refused.content.decode()
        assert client.post(address, data).status_code == 302
        assert now(report).document_number == "05/BC-BHXH"
        assert client.post(address, data).status_code == 422  # the second press
        record = client.get(f"/bao-cao-nam/{report.number}/").content.decode()
        assert "Hủy bản in" in record
        withdraw = URL.format(report.number, "huy-ban-in")
        assert client.post(withdraw, {"version": now(report).version, "reason": "Sai ngày"}).status_code == 302
        assert now(report).state == State.LOCKED

    def test_files_of_an_edition(self, client_of, report, by):
        client = client_of(by)
        base = f"/bao-cao-nam/lan-khoa/{report.edition.public_id}"
        for name, begins in (("ban-in.pdf", b"%PDF"), ("so-lieu.xlsx", b"PK"), ("so-lieu.json", b"{")):
            answer = client.get(f"{base}/{name}")
            assert answer.getvalue().startswith(begins)
            assert answer["Content-Disposition"].startswith("attachment")
            assert answer["X-Content-Type-Options"] == "nosniff"
        issuing.issue(report, letter=letter(), by=by, version=report.version)
        served = client.get(f"{base}/ban-in.pdf").getvalue()
        assert prints_of(now(report).edition)[0].size == len(served)


@pytest.mark.parametrize(
    ("typed", "written"),
    [("5", "05/BC-X"), ("05/BC-BHXH", "05/BC-BHXH"), ("12/bc-cntt", "12/BC-CNTT"), ("150", "150/BC-X")],
)
def test_numbers_are_written_as_papers_write_them(typed, written):
    assert written_number(typed, "BC-X") == written


@pytest.mark.parametrize("typed", ["", "0", "BC-BHXH", "5/", "5/BC BHXH", "5/BC-", "năm", "5//X", "-5"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(DomainError) as refused:
        written_number(typed, "BC-BHXH")
    assert refused.value.field == "document_number"


def test_heads_go_by_their_post():
    names = ("BHXH tỉnh Bắc Ninh", "Văn phòng BHXH Việt Nam", "Vụ Pháp chế", "Ban Pháp chế", "BHXH Việt Nam")
    posts = ["GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "VỤ TRƯỞNG", "TRƯỞNG BAN", "TỔNG GIÁM ĐỐC"]
    assert [head_post(name) for name in names] == posts
