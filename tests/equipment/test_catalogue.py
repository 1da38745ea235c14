"""The shared catalogue: everybody reads, level-1 administration keeps it (art. 3, 14.3); the tree of units."""

from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.models import Brand, Category, EquipmentModel
from tests import world as w
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db
ROOT = "/quan-tri/danh-muc"
OTHERS = ("ttcntt", "vanphong", "admin2_hanoi", "nghiepvu_badinh", "tracuu_hanoi")


@pytest.fixture
def admin(world, person):
    return person(world.admin1)


def pages(world):
    entries = {
        f"{ROOT}/loai/": (world.desktop, f"{ROOT}/loai/{world.desktop.code}/"),
        f"{ROOT}/hang/": (world.model.brand, f"{ROOT}/hang/{world.model.brand_id}/"),
        f"{ROOT}/mau/": (world.model, f"{ROOT}/mau/{world.model.pk}/"),
    }
    return [(listed, entry, page) for listed, (entry, page) in entries.items()]


@pytest.mark.dieu("3", "14.3")
@pytest.mark.parametrize("name", OTHERS)
def test_others_read_and_change_nothing(world, person, name):
    reader = person(getattr(world, name))
    for listed, entry, page in pages(world):
        assert str(entry.name) in reader.get(listed).main
        assert entry.name in reader.get(page).main
        assert not {"Sửa", "Ngừng dùng"} & set(reader.get(page).buttons())
        assert "Thêm" not in " ".join(reader.get(listed).buttons())
        before = type(entry).objects.filter(pk=entry.pk).values().get()
        for url in (f"{listed}moi/", f"{page}sua/", f"{page}ngung-dung/"):
            assert reader.get(url).status == 403, url
            assert reader.post(url, {"name": "Chiếm", "version": "1", "closed_on": "01/01/2020"}).status == 403, url
        assert reader.post(f"{page}dung-lai/").status == 403
        assert type(entry).objects.filter(pk=entry.pk).values().get() == before
    assert (Category.objects.count(), Brand.objects.count(), EquipmentModel.objects.count()) == (3, 1, 1)


@pytest.mark.dieu("14.3")
def test_adding_editing_closing_and_reopening_a_category(world, admin):
    parent = world.desktop.parent
    typed = {
        "code": "MAY_TRAM", "name": "Máy trạm", "parent": str(parent.pk), "measure": "bộ", "position": "5",
        "holds_equipment": "on", "serial_required": "on", "life_years": "5", "attribute_keys": ["CPU", "MAC"],
    }  # fmt: skip
    page = admin.fill(f"{ROOT}/loai/moi/", **typed)
    assert "Đã thêm Máy trạm vào danh mục" in page.main
    made = Category.objects.get(code="MAY_TRAM")
    assert (made.parent, made.attribute_keys, made.software, made.life_years) == (parent, ["CPU", "MAC"], False, 5)
    assert made.history.get().history_user == world.admin1
    url = f"{ROOT}/loai/MAY_TRAM/"
    assert "Địa chỉ MAC" in admin.get(url).main
    form = admin.get(f"{url}sua/").form()
    assert (sorted(form["attribute_keys"]), form["serial_required"], form.get("code")) == (["CPU", "MAC"], ["on"], None)
    page = admin.fill(f"{url}sua/", name="Máy trạm đồ họa", code="KHAC")
    assert "Đã lưu" in page.main
    made.refresh_from_db()
    assert (made.name, made.code, made.version) == ("Máy trạm đồ họa", "MAY_TRAM", 2)
    page = admin.fill(f"{url}ngung-dung/")
    assert "Ngừng dùng từ" in page.main
    made.refresh_from_db()
    assert made.closed_on == timezone.localdate()
    assert "Dùng lại" in admin.get(url).buttons()
    page = admin.post(f"{url}dung-lai/")
    made.refresh_from_db()
    assert (made.closed_on, made.version) == (None, 4)
    timeline = admin.get(f"{url}?tab=dien-bien").main
    for words in ("Thêm vào danh mục", "Máy trạm đồ họa", "Dùng lại", str(world.admin1)):
        assert words in timeline, words


def test_adding_and_editing_a_brand_and_a_model(world, admin):
    assert admin.fill(f"{ROOT}/hang/moi/", name="  Thánh   Gióng ", country="Việt Nam").status == 200
    brand = Brand.objects.get(name="Thánh Gióng")
    typed = {"brand": str(brand.pk), "category": str(world.desktop.pk), "name": "TG-1", "typical_price": "12.000.000"}
    assert admin.fill(f"{ROOT}/mau/moi/", **typed, end_of_support="31/12/2030").status == 200
    model = EquipmentModel.objects.get(name="TG-1")
    assert (model.typical_price, f"{model.end_of_support:%d/%m/%Y}") == (12_000_000, "31/12/2030")
    page = admin.fill(f"{ROOT}/mau/moi/", **typed)
    assert page.status == 422, "the same model twice"
    assert EquipmentModel.objects.filter(name="TG-1").count() == 1
    page = admin.fill(f"{ROOT}/mau/{model.pk}/sua/", name="TG-2", typical_price="-5")
    assert "không được âm" in page.errors("typical_price")


@pytest.mark.parametrize(
    ("url", "typed", "field"),
    [
        ("loai/moi/", {"code": "MAY_TINH_BAN", "name": "Trùng mã"}, "code"),
        ("loai/moi/", {"code": "a/b", "name": "Gạch chéo"}, "code"),
        ("loai/moi/", {"code": "..%2f", "name": "Phần trăm"}, "code"),
        ("loai/moi/", {"code": "máy", "name": "Có dấu"}, "code"),
        ("loai/moi/", {"code": "", "name": "Không mã"}, "code"),
        ("loai/moi/", {"code": "X", "name": " "}, "name"),
        ("loai/moi/", {"code": "X", "name": "X", "life_years": "-1"}, "life_years"),
        ("loai/moi/", {"code": "X", "name": "X", "attribute_keys": ["KHONG"]}, "attribute_keys"),
        ("hang/moi/", {"name": "Dell"}, "name"),
        ("hang/moi/", {"name": ""}, "name"),
        ("mau/moi/", {"name": "X", "brand": "0"}, "brand"),
        ("mau/moi/", {"name": "X", "typical_price": "1e18"}, "typical_price"),
    ],
)
def test_what_the_catalogue_refuses_at_its_field(world, admin, url, typed, field):
    before = (Category.objects.count(), Brand.objects.count(), EquipmentModel.objects.count())
    page = admin.fill(f"{ROOT}/{url}", **typed)
    assert page.status == 422
    assert page.errors(field), page.summary
    assert (Category.objects.count(), Brand.objects.count(), EquipmentModel.objects.count()) == before
    assert admin.get(f"{ROOT}/loai/").status == 200


def test_a_group_is_not_put_into_itself(world, admin):
    group = world.desktop.parent
    below = Category.objects.create(code="NHOM", name="Nhóm con", parent=group, holds_equipment=False)
    for parent in (group, below):
        page = admin.fill(f"{ROOT}/loai/{group.code}/sua/", parent=str(parent.pk))
        assert page.status == 422
        assert "trong chính nó" in page.errors("parent")
    group.refresh_from_db()
    assert group.parent is None


def test_a_stale_edit_of_an_entry_loses_nothing(world, admin, person):
    other = person(w.make_user("admin1b", world.units["00.CNTT"], "level1_admin"))
    url = f"{ROOT}/hang/{world.model.brand_id}/sua/"
    form = admin.get(url).form() | {"country": "Mỹ"}
    assert other.fill(url, name="Dell Technologies").status == 200
    page = admin.post(url, form)
    assert page.status == 422
    assert "Dell Technologies" in page.summary
    assert page.form()["country"] == "Mỹ"


def test_what_is_closed_tomorrow_is_offered_today(world, admin, person):
    technician = person(world.nghiepvu_badinh)
    tomorrow = timezone.localdate() + timedelta(days=1)
    admin.fill(f"{ROOT}/loai/{world.office.code}/ngung-dung/", closed_on=f"{tomorrow:%d/%m/%Y}")
    offered = technician.get("/tiep-nhan/moi/").tree.xpath('//select[@name="lines-0-category"]//option/@value')
    assert world.office.code in offered


def test_lists_of_the_catalogue_are_searched_without_accents(world, person):
    one = person(world.tracuu_badinh)
    assert [row[0] for row in one.get(f"{ROOT}/loai/?q=may+vi+tinh").rows] == ["Máy vi tính để bàn"]
    assert len(one.get(f"{ROOT}/mau/?q=dell+3070").rows) == 1
    assert one.get(f"{ROOT}/hang/?q=lenovo").rows == []


# --- units ----------------------------------------------------------------------------------------------------------

SEEN = {
    "admin1": {"00", "00.VP", "00.CNTT", "00.PC", "01", "01.001", "01.002", "48"},
    "ttcntt": {"00", "00.VP", "00.CNTT", "00.PC", "01", "01.001", "01.002", "48"},
    "vanphong": {"00.VP", "00.PC"},
    "tracuu_hanoi": {"01", "01.001", "01.002"},
    "admin2_danang": {"48"},
    "nghiepvu_badinh": {"01.001"},
}


@pytest.mark.dieu("4.4", "6")
@pytest.mark.parametrize("name", SEEN)
def test_the_tree_shows_the_units_whose_data_one_sees(world, person, name):
    taken_in(world, world.nghiepvu_badinh, ["A1"])
    one = person(getattr(world, name))
    page = one.get("/quan-tri/don-vi/")
    links = {link.removeprefix("/quan-tri/don-vi/").strip("/") for link in page.links}
    assert links - {""} == SEEN[name]
    assert f"{len(SEEN[name])} đơn vị" in page.main
    for code, unit in world.units.items():
        answer = one.get(f"/quan-tri/don-vi/{code}/")
        below = any(code == seen or unit.path.startswith(world.units[seen].path) for seen in SEEN[name])
        assert answer.status == (200 if below else 404), code
    found = one.client.get("/quan-tri/don-vi/tim/", {"q": "ha noi"}).json()["results"]
    assert {row["id"] for row in found} == SEEN[name] & {"01"}


def test_a_unit_shows_its_rooms_and_what_lies_below(world, person):
    page = person(world.tracuu_hanoi).get("/quan-tri/don-vi/01/")
    assert {"BHXH quận Ba Đình", "BHXH quận Hoàn Kiếm", "Phòng Công nghệ thông tin"} <= {
        cell.split(" 01")[0] for row in page.rows for cell in row
    }
