"""Norms at hand-over and intake, and the page of excess and shortage (art. 7)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from equipment.actions import norms as actions
from equipment.models import Assignment, Category, Equipment, Norm, NormSet
from equipment.norm_loading import load_norms
from equipment.queries.norms import Book, Delivered, judge, of_delivery
from equipment.queries.standings import lines
from personnel.models import Title
from tests.assignment.support import fresh, give_back, hand_over
from tests.equipment.pages import Person
from tests.world import draft

TODAY = date(2026, 6, 1)


def make(office, category, *, price=10_000_000):
    """One more device in the store, of a category of the real catalogue."""
    item = Equipment.objects.get(pk=office.stock[0].pk)
    item.pk, item._state.adding = None, True
    number = Equipment.objects.count()
    item.code, item.serial = f"01.001-9{number:05}", f"X{number}"
    item.category = Category.objects.get(code=category)
    item.model, item.original_price = None, price
    item.holder, item.status = None, "in_stock"
    item.save()
    return item


def above(office, *devices, to=None, room=None, day=None):
    found = judge(fresh(*devices), unit=office.unit, employee=to, room=room, day=day or timezone.localdate())
    return {code: text for code, text in found.above.items() if text}


@pytest.mark.dieu("7.2")
def test_a_second_computer_needs_a_reason(norms):
    hand_over(norms, norms.stock[0], to=norms.an)
    with pytest.raises(DomainError) as refusal:
        hand_over(norms, norms.stock[1], to=norms.an)
    assert [p.field for p in refusal.value.problems] == ["devices", "norm_reason"]
    assert Assignment.objects.count() == 1
    dossier = hand_over(norms, norms.stock[1], to=norms.an, norm_reason="Công văn 12/CNTT cho phép")
    assert (dossier.above_norm, dossier.norm_reason) == (True, "Công văn 12/CNTT cho phép")
    assert "Vượt định mức" in dossier.lines.get().finding
    third = hand_over(norms, norms.stock[2], to=norms.binh, norm_reason="thừa lý do")
    assert (third.above_norm, third.norm_reason) == (False, "")


def test_of_many_devices_at_once_only_those_beyond_are_named(norms):
    assert list(above(norms, *norms.stock[:3], to=norms.an)) == [d.code for d in norms.stock[1:3]]


def test_a_device_that_comes_back_makes_room(norms):
    hand_over(norms, norms.stock[0], to=norms.an)
    give_back(norms, norms.stock[0])
    assert above(norms, norms.stock[1], to=norms.an) == {}


def test_alternatives_share_the_norm(norms):
    hand_over(norms, norms.stock[0], to=norms.an)
    laptop = make(norms, "MAY_XACH_TAY")
    assert list(above(norms, laptop, to=norms.an)) == [laptop.code]


def test_a_higher_post_has_more(norms):
    norms.an.title = Title.objects.get(code="GDT")  # group VI: a desktop and a laptop and a printer
    norms.an.save()
    hand_over(norms, norms.stock[0], to=norms.an)
    laptop, tablet, printer = (make(norms, code) for code in ("MAY_XACH_TAY", "MAY_TINH_BANG", "MAY_IN"))
    assert above(norms, laptop, printer, to=norms.an) == {}
    assert list(above(norms, laptop, tablet, to=norms.an)) == [tablet.code]


def test_printers_of_a_unit_are_for_three_people(norms):
    printers = [make(norms, "MAY_IN"), make(norms, "MAY_IN_DN")]
    assert list(above(norms, *printers, room=norms.room)) == [printers[1].code]  # two people: one printer
    norms.person("HR5", "Vũ Năm")
    norms.person("HR6", "Vũ Sáu")
    assert above(norms, *printers, room=norms.room) == {}  # four people: two


def test_a_price_above_the_ceiling_is_a_warning_only(norms):
    laptop = make(norms, "MAY_XACH_TAY", price=25_000_001)
    found = judge(fresh(laptop), unit=norms.unit, employee=norms.an, room=None, day=timezone.localdate())
    assert (found.above, list(found.dear)) == ({}, [laptop.code])
    dossier = hand_over(norms, laptop, to=norms.an)
    assert not dossier.above_norm
    assert "cao hơn mức giá" in dossier.lines.get().finding


def delivered(name, code, price, quantity=1):
    return Delivered(name, Category.objects.get(code=code), Decimal(price), quantity)


def test_a_delivery_is_compared_with_ceilings_and_norms(norms):
    given = [
        delivered("A", "MAY_TINH_BAN", 20_000_000),
        delivered("B", "MAY_TINH_BAN", 20_000_001),
        delivered("C", "UD_VAN_PHONG", 10**9),
    ]
    assert [text[:2] for text in of_delivery(given, norms.unit, date(2026, 4, 1))] == ["B:"]
    assert [text[:2] for text in of_delivery(given, norms.unit, date(2020, 1, 1))] == ["A:", "B:"]  # 15 triệu
    printers = [delivered("A", "MAY_IN", 5_000_000, 2)]
    (said,) = of_delivery(printers, norms.unit, date(2026, 4, 1))
    assert "nhận thêm 2; định mức 1" in said
    assert of_delivery([delivered("A", "MAY_IN", 5_000_000)], norms.unit, date(2026, 4, 1)) == []


@pytest.mark.dieu("7.2")
def test_the_page_of_a_draft_says_so(norms, client_of):
    made = draft(norms.world, norms.by, ["N1"])
    page = Person(client_of(norms.by)).get(f"/tiep-nhan/{made.number}/")
    assert "So với định mức" not in page.main
    made.lines.update(unit_price=99_000_000)
    page = Person(client_of(norms.by)).get(f"/tiep-nhan/{made.number}/")
    assert "So với định mức" in page.main
    assert "cao hơn mức giá" in page.main


def test_without_a_known_group_nothing_personal_is_judged(norms):
    norms.an.title = Title.objects.get(code="TGD")
    norms.an.save()
    assert above(norms, *norms.stock, to=norms.an) == {}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 12, 31), "QD58-2015"),
        (date(2018, 1, 1), "QD50-2017"),
        (date(2025, 6, 30), "QD50-2017"),
        (date(2025, 7, 1), "QD15-2025"),
        (date(2026, 3, 8), "QD15-2025"),
        (date(2026, 3, 9), "QD10-2026"),
    ],
)
def test_the_decision_of_the_day_holds(norms, day, code):
    assert code in {one.code for one in Book.of(day).sets}
    assert len([one for one in Book.of(day).sets if one.code.startswith("QD")]) == 1


def test_excess_and_shortage(norms):
    hand_over(norms, *norms.stock[:2], to=norms.an, norm_reason="Được phép")
    found = {(line.whose, line.items): line.standing for line in lines(norms.unit, timezone.localdate())}
    computers = "Máy tính bảng hoặc Máy vi tính xách tay hoặc Máy vi tính để bàn"
    key = next(k for k in found if k[0] == "Nguyễn Văn An")
    assert (found[key].allowed, found[key].has, found[key].excess) == (1, 2, 1), computers
    other = next(k for k in found if k[0] == "Trần Thị Bình")
    assert found[other].shortage == 1


def test_the_page_and_its_file(norms, client_of):
    hand_over(norms, *norms.stock[:2], to=norms.an, norm_reason="Được phép")
    person = Person(client_of(norms.by))
    page = person.get(reverse("assignments:norms"))
    assert "thừa 1" in page.text
    assert "Nguyễn Văn An" in page.main
    sheet = person.client.get(reverse("assignments:norms"), {"export": "csv"})
    text = b"".join(sheet.streaming_content).decode("utf-8-sig")
    assert "Nguyễn Văn An" in text
    day = timezone.localdate().replace(year=timezone.localdate().year - 1)
    assert "Nguyễn Văn An" not in person.get(reverse("assignments:norms") + f"?ngay={day:%d/%m/%Y}").main


@pytest.mark.parametrize("query", ["ngay=31/12/2999", "ngay=x", "unit=48", "unit=khong-co"])
def test_a_wrong_question_is_answered_as_such(norms, client_of, query):
    page = Person(client_of(norms.by)).get(f"{reverse('assignments:norms')}?{query}")
    assert page.status == 400
    assert page.summary


def test_a_new_version_follows_the_old_one(norms):
    old = NormSet.objects.get(code="QD10-2026")
    made = actions.new_version(
        old, code="QD1-2028", name="QĐ 1/2028", valid_from=date(2028, 1, 1), source="", by=norms.world.admin1
    )
    old.refresh_from_db()
    assert old.valid_to == date(2027, 12, 31)
    assert (made.norms.count(), made.titles.count()) == (old.norms.count(), old.titles.count())
    assert {one.code for one in Book.of(date(2028, 1, 1)).sets} == {"QD1-2028", "CHUYEN_DUNG"}


def test_two_decisions_do_not_hold_at_once(norms):
    old = NormSet.objects.get(code="QD15-2025")
    with pytest.raises(DomainError, match="QĐ 10/2026"):
        actions.edit_set(old, values={"valid_to": date(2026, 3, 9)}, version=old.version, by=norms.world.admin1)


def test_it_center_changes_a_figure(norms, client_of):
    norm = Norm.objects.get(norm_set__code="CHUYEN_DUNG", category__code="MAY_CHU")
    url = reverse("norms:norm_edit", args=["CHUYEN_DUNG", norm.pk])
    page = Person(client_of(norms.world.admin1)).fill(url, quantity="2", source="QĐ 1/QĐ-BHXH")
    assert "Đã lưu" in page.text
    norm.refresh_from_db()
    assert (norm.quantity, norm.source) == (2, "QĐ 1/QĐ-BHXH")
    assert norm.history.count() == 2
    servers = [make(norms, "MAY_CHU") for _ in range(3)]
    assert list(above(norms, *servers, room=norms.room)) == [servers[2].code]


def test_posts_are_put_into_groups(norms, client_of):
    url = reverse("norms:groups", args=["QD10-2026"])
    title = Title.objects.get(code="TGD")
    Person(client_of(norms.world.admin1)).fill(url, **{f"title_{title.pk}": "IV"})
    assert NormSet.objects.get(code="QD10-2026").titles.get(title=title).group == "IV"


def test_loading_again_changes_nothing(norms):
    Norm.objects.filter(norm_set__code="QD10-2026").update(quantity=7)
    assert load_norms() == 0
    assert Norm.objects.filter(quantity=7).exists()
