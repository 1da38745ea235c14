"""The verification page: who sees it, what it says of the frozen figures, what it says of a file."""

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.apps import UNPACKED
from core.documents import document_storage
from reports.rules.annual import canonical
from signing.queries import file_of, paper_of
from signing.rules import Step
from tests.signing import pki
from tests.signing.helpers import sign_all, sign_file
from tests.world import pdf_bytes
from tests.yearend.figures import edition
from tests.yearend.signed import issued, now, trusting
from yearend.actions import issuing
from yearend.models import AnnualEdition
from yearend.printing.paper import annual_pdf
from yearend.queries.held_files import judged, kept_of
from yearend.queries.prints import prints_of

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]


@pytest.fixture
def made(world):
    return edition(world.units["01.001"], by=world.nghiepvu_badinh)


def address(found: AnnualEdition) -> str:
    return f"/xac-minh/{found.public_id}/"


def current(found: AnnualEdition) -> AnnualEdition:
    return AnnualEdition.objects.select_related("unit", "report").get(pk=found.pk)


def said(found: AnnualEdition, content: bytes) -> tuple[str, str]:
    judgement = judged(kept_of(current(found)), content)
    return judgement.tone, judgement.title


def print_of(found: AnnualEdition) -> bytes:
    with document_storage().open(str(prints_of(found)[0].file.name)) as file:
        return file.read()


class TestWhoSees:
    @pytest.mark.parametrize("who", ["nghiepvu_badinh", "tracuu_badinh", "tracuu_hanoi", "ttcntt"])
    def test_the_unit_and_those_above(self, world, client_of, made, who):
        page = client_of(getattr(world, who)).get(address(made))
        assert page.status_code == 200
        assert made.sha256 in page.content.decode()

    @pytest.mark.parametrize("who", ["nghiepvu_hoankiem", "nghiepvu_danang", "vanphong"])
    def test_others_are_answered_as_for_what_does_not_exist(self, world, client_of, made, who):
        client = client_of(getattr(world, who))
        foreign = client.get(address(made))
        unknown = client.get("/xac-minh/00000000-0000-4000-8000-000000000000/")
        assert (foreign.status_code, unknown.status_code) == (404, 404)

    def test_nobody_without_a_login(self, client, made):
        assert client.get(address(made))["Location"].startswith("/dang-nhap/")


class TestFigures:
    def test_the_hash_is_counted_now(self, world, client_of, made):
        client = client_of(world.nghiepvu_badinh)
        assert "Khớp" in client.get(address(made)).content.decode()
        assert kept_of(made).whole
        made.figures["total"]["MAY_TINH_BAN"]["good"] += 1
        assert not kept_of(made).whole

    def test_a_newer_edition_and_changes_below_are_told(self, world, client_of, made):
        report, client = made.report, client_of(world.nghiepvu_badinh)
        report.outdated_at, report.outdated_why = timezone.now(), "BHXH phường X khóa lại."
        report.save()
        assert "BHXH phường X khóa lại." in client.get(address(made)).content.decode()
        newer = AnnualEdition.objects.create(
            report=report, unit=report.unit, year=report.year, edition=2, figures=made.figures, sha256=made.sha256
        )
        report.edition = newer
        report.save()
        assert "Đã có bản số liệu mới hơn" in client.get(address(made)).content.decode()


class TestFiles:
    def test_the_print_as_it_was_issued(self, world, made):
        issued(made.report, world.nghiepvu_badinh)
        assert said(made, print_of(made)) == ("ok", "Đúng bản in đã phát hành, chưa ký số")
        assert said(made, file_of(paper_of(now(made.report)), 0)) == ("ok", "Đúng bản trình ký, chưa ký số")

    def test_signatures_one_by_one(self, world, made):
        by = world.nghiepvu_badinh
        trusting(world, "01.001")
        paper = paper_of(issued(made.report, by))
        sign_file(paper, Step.PREPARER, pki.preparer(), by=by)
        assert said(made, file_of(paper)) == ("warn", "Đúng bản đang ký, chưa đủ chữ ký")

    def test_the_signed_file(self, world, made):
        by = world.nghiepvu_badinh
        trusting(world, "01.001")
        paper = paper_of(issued(made.report, by))
        sign_all(paper, by=by)
        whole = file_of(paper)
        assert said(made, whole) == ("ok", "Đúng bản đã ký số")
        assert said(made, whole + b"\n% more")[0] == "bad"
        assert said(made, whole.replace(b"/Page", b"/Pbge", 1))[0] == "bad"
        advice = judged(kept_of(current(made)), whole + b"\n% more").text
        assert "Đừng dùng tệp này" in advice
        assert "ký trên tệp" not in advice
        assert "nộp" not in advice

    def test_a_changed_print(self, world, made):
        issued(made.report, world.nghiepvu_badinh)
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(print_of(made))) as document:
            del document.pages[-1]
            document.save(out)
        assert said(made, out.getvalue()) == ("bad", "Bản nháp, hoặc tệp đã bị thay đổi")

    def test_a_draft_is_not_the_print(self, made):
        draft = annual_pdf(made.report, made, draft=True).pdf
        assert said(made, draft)[0] == "bad"

    def test_an_older_print(self, world, made):
        by = world.nghiepvu_badinh
        with time_machine.travel(timezone.now() - timedelta(minutes=1)):  # two prints of one second are the same file
            report = issued(made.report, by)
        old = print_of(made)
        report = issuing.withdraw_issue(report, by=by, version=report.version, reason="Sai")
        assert said(made, old) == ("warn", "Bản in cũ, không còn dùng")
        issued(report, by)
        assert said(made, old) == ("warn", "Bản in cũ, không còn dùng")

    def test_a_bomb_is_foreign(self, world, made):
        """Some kilobytes that would unpack to more than the process may have."""
        issued(made.report, world.nghiepvu_badinh)
        out = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page()
            document.attachments["so-lieu.json"] = b"\0" * (UNPACKED + 1)
            document.save(out, compress_streams=True)
        assert len(out.getvalue()) < 1_000_000
        assert said(made, out.getvalue()) == ("bad", "Không phải bản in của báo cáo này")

    @pytest.mark.parametrize("content", [b"x", b"%PDF-1.7\n%%EOF", pdf_bytes(), b"\x00" * 5000, b"%%EOF" * 50])
    def test_whatever_else_is_foreign(self, world, made, content):
        issued(made.report, world.nghiepvu_badinh)
        assert said(made, content) == ("bad", "Không phải bản in của báo cáo này")

    def test_the_figures_that_a_print_holds(self, world, made):
        issued(made.report, world.nghiepvu_badinh)
        with pikepdf.open(io.BytesIO(print_of(made))) as document:
            held = bytes(document.attachments["so-lieu.json"].get_file().read_bytes())
        assert said(made, held) == ("ok", "Đúng số liệu đã khóa")
        assert said(made, held.replace(b"2025", b"2024", 1)) == (
            "bad",
            "Không phải số liệu đã khóa của báo cáo này",
        )

    @pytest.mark.parametrize("name", ["so-lieu.xlsx", "anh.png", "bc.pdf"])
    def test_what_has_no_hash_here_is_refused(self, world, client_of, made, name):
        file = SimpleUploadedFile(name, b"PK\x03\x04" + b"x" * 50)
        page = client_of(world.nghiepvu_badinh).post(address(made), {"file": file})
        assert page.status_code == 422
        assert "Tệp không phải PDF hoặc số liệu JSON" in page.content.decode()

    def test_the_page_answers(self, world, client_of, made):
        issued(made.report, world.nghiepvu_badinh)
        client = client_of(world.tracuu_hanoi)
        page = client.post(address(made), {"file": SimpleUploadedFile("bc.pdf", print_of(made), "application/pdf")})
        assert "Đúng bản in đã phát hành" in page.content.decode()
        figures = SimpleUploadedFile("so-lieu.json", canonical(made.figures), "application/json")
        assert "Đúng số liệu đã khóa" in client.post(address(made), {"file": figures}).content.decode()
        assert client.post(address(made), {}).status_code == 422
