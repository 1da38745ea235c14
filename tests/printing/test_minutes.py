"""From the intake in the database to the frozen paper."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import documents
from core.document_checks import check_pdf
from core.errors import DomainError
from dossiers import actions as papers
from equipment.models import Equipment
from equipment.printing import forms
from equipment.printing.forms import handover_minutes_pdf
from equipment.printing.minutes import minutes_of
from tests import world as make
from tests.documents.pdfs import body
from tests.printing.read import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(world):
    """A confirmed intake of three desktops in BHXH quận Ba Đình."""
    return make.confirmed(
        world,
        world.nghiepvu_badinh,
        ["SN-AAA", "SN-BBB", "SN-CCC"],
        minutes_number="05/BBGN",
        decision="15/QĐ-BHXH ngày 02/11/2026 của BHXH thành phố Hà Nội",
        giver_title="Giám đốc",
    )


def test_the_facts_come_from_the_intake(taken):
    facts = minutes_of(taken)
    assert facts.unit == "BHXH QUẬN BA ĐÌNH"
    assert facts.superior == "BHXH THÀNH PHỐ HÀ NỘI"
    assert facts.dossier == taken.number
    assert facts.number == "05/BBGN"
    assert facts.giver.name == "Trần Văn Giao"
    assert facts.giver.whom == "Công ty TNHH Thiết bị Sao Mai"
    assert facts.receiver.whom == "BHXH quận Ba Đình"
    assert facts.funds == "Chi phí quản lý BHXH"
    assert facts.value == "43.500.000"
    assert facts.words == "Bốn mươi ba triệu năm trăm nghìn đồng."
    assert facts.grounds[0] == (
        "Căn cứ Quyết định số 15/QĐ-BHXH ngày 02/11/2026 của BHXH thành phố Hà Nội về việc bàn giao tài sản cố định"
    )
    assert facts.grounds[1].startswith("Căn cứ Hợp đồng số 12/2026/HĐ ngày ")


def test_one_row_for_each_device(taken):
    (group,) = minutes_of(taken).groups
    codes = list(Equipment.objects.filter(intake=taken).order_by("id").values_list("code", flat=True))
    assert [row.code for row in group.rows] == codes
    assert [row.serial for row in group.rows] == ["SN-AAA", "SN-BBB", "SN-CCC"]
    assert [row.position for row in group.rows] == ["1", "2", "3"]
    assert group.details == "Bộ xử lý (CPU): i5-10400; Bộ nhớ (RAM): 8 GB"
    assert group.value == "43.500.000"


def test_lines_with_another_price_are_another_group(taken):
    last = Equipment.objects.filter(intake=taken).order_by("-id").first()
    last.original_price = Decimal(1)
    last.save(update_fields=["original_price"])
    assert [len(group.rows) for group in minutes_of(taken).groups] == [2, 1]
    assert minutes_of(taken).groups[1].rows[0].position == "3"


@pytest.mark.parametrize(
    ("years", "rate"), [(5, "20"), (8, "12,5"), (6, "16,67"), (3, "33,33"), (10, "10"), (None, "")]
)
def test_the_yearly_wear_follows_the_life_in_the_catalogue(taken, world, years, rate):
    world.desktop.life_years = years
    world.desktop.save()
    assert minutes_of(taken).groups[0].rows[0].wear_rate == rate


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("", "Căn cứ Quyết định số …………… ngày …………… của …………… về việc bàn giao tài sản cố định"),
        ("Quyết định 7/QĐ", "Căn cứ Quyết định 7/QĐ về việc bàn giao tài sản cố định"),
        ("7/QĐ về việc cấp máy", "Căn cứ Quyết định số 7/QĐ về việc cấp máy"),
    ],
)
def test_the_decision_reads_well_however_it_was_typed(taken, given, printed):
    taken.decision = given
    assert minutes_of(taken).grounds[0] == printed


def test_the_basis_is_that_of_the_day_of_the_hand_over(taken):
    taken.handover_date = date(2021, 6, 1)
    assert "107/2017" in minutes_of(taken).basis


def test_the_number_of_queries_does_not_grow(taken, world, django_assert_num_queries):
    more = make.confirmed(world, world.nghiepvu_badinh, [f"S{n}" for n in range(40)])
    for item in (taken, more):
        fresh = type(item).objects.select_related("unit").get(pk=item.pk)
        with django_assert_num_queries(4):  # the devices, those that have gone (2), the superior unit
            minutes_of(fresh)


@pytest.mark.dieu("7.1")
def test_an_issued_paper_stays_as_it_is_when_the_data_changes(taken, world):
    paper = papers.issue(taken, paper="form_c50", by=world.nghiepvu_badinh)
    before = body(documents.serve(paper))
    Equipment.objects.filter(intake=taken).update(name="Tên đã sửa", serial="")
    again = papers.issue(taken, paper="form_c50", by=world.nghiepvu_badinh)
    after = body(documents.serve(again))
    assert again == paper
    assert after == before
    assert hashlib.sha256(after).hexdigest() == paper.sha256
    assert documents.verify(paper)
    assert "SN-AAA" in " ".join(texts(after))


def test_our_own_paper_may_come_back_signed(taken):
    """What was printed, and perhaps signed with a tool, is uploaded again: it must pass the checks."""
    content = handover_minutes_pdf(taken)
    checked = check_pdf(SimpleUploadedFile("c50.pdf", content), max_bytes=1 << 20)
    assert checked.pages == len(texts(content))


def test_more_devices_than_paper_can_hold_are_refused_clearly(taken, monkeypatch):
    monkeypatch.setattr(forms, "MAX_ROWS", 2)
    with pytest.raises(DomainError, match="nhiều nhất 2 thiết bị, hồ sơ này có 3"):
        handover_minutes_pdf(taken)
