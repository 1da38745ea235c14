from io import StringIO

import pytest
from django.core.management import call_command

from core.transitions import save_with_reason
from equipment.loading import attribute_keys
from equipment.models import Brand, Category, EquipmentModel
from equipment.rules.attributes import ATTRIBUTES

pytestmark = pytest.mark.django_db


def run(*args):
    out = StringIO()
    call_command("load_catalogue", *args, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def catalogue(db):
    return run()


def state():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Category, Brand, EquipmentModel, Category.history.model, EquipmentModel.history.model)
    ]


def test_everything_of_the_data_is_there(catalogue):
    assert catalogue == [
        f"Categories: {Category.objects.count()} created, 0 updated, 0 left as they are",
        f"Brands: {Brand.objects.count()} created, 0 updated, 0 left as they are",
        f"Models: {EquipmentModel.objects.count()} created, 0 updated, 0 left as they are",
        "Regimes: 4 created, 0 updated, 0 left as they are",
        "Rates: 80 created, 0 updated, 0 left as they are",
    ]
    assert Category.objects.count() == 78
    assert EquipmentModel.objects.count() == 115
    assert not EquipmentModel.objects.exclude(typical_price__gte=0).exists()
    assert not EquipmentModel.objects.filter(source="").exists()
    assert list(Category.objects.values_list("position", flat=True)) == list(range(1, 79))
    assert Category.history.count() == 78


def test_a_second_run_changes_nothing(catalogue):
    before = state()
    assert all("0 created, 0 updated" in line for line in run())
    assert all("0 created, 0 updated" in line for line in run("--update"))
    assert state() == before


def test_devices_hang_on_leaves_only(catalogue):
    parents = set(Category.objects.exclude(parent=None).values_list("parent_id", flat=True))
    for category in Category.objects.all():
        assert category.holds_equipment == (category.pk not in parents), category.code
        assert bool(category.measure) == category.holds_equipment, category.code
    assert not EquipmentModel.objects.filter(category__holds_equipment=False).exists()
    assert Category.objects.get(code="MAY_CHU").holds_equipment
    assert Category.objects.get(code="MAY_CHU_AO").parent.code == "MAY_TINH"
    assert not Category.objects.get(code="LUU_TRU").holds_equipment


def test_software_is_the_software_branch_and_has_no_serial(catalogue):
    software = set(Category.objects.filter(software=True).values_list("code", flat=True))
    assert {"PM", "PM_HT", "HT_OS_SRV", "UD_NGANH", "CC_KYSO"} <= software
    assert "MAY_CHU" not in software
    assert not Category.objects.filter(software=True, serial_required=True).exists()
    assert Category.objects.get(code="MAY_TINH_BAN").serial_required
    assert not Category.objects.get(code="MAY_CHU_AO").serial_required


def test_a_category_lists_what_its_devices_record_beyond_the_common_fields(catalogue):
    server = Category.objects.get(code="MAY_CHU")
    assert server.attribute_keys == [
        *("MAC", "IP", "cau_hinh", "ngay_het_ho_tro", "CPU", "RAM", "o_cung", "vai_tro", "rack/U"),
    ]
    assert server.life_years == 5
    assert server.measure == "bộ"
    assert "loai_bq" in Category.objects.get(code="TI_AV").attribute_keys
    listed = {key for keys in Category.objects.values_list("attribute_keys", flat=True) for key in keys}
    assert listed - ATTRIBUTES.keys() <= {"cong_suat", "vi_tri"}


def test_notes_in_brackets_are_no_part_of_a_key():
    assert attribute_keys("so_may(serial)|vai_tro(DC,File,Web,DB)|rack/U") == ["so_may", "vai_tro", "rack/U"]
    assert attribute_keys("") == []


def test_what_it_center_edited_stays(catalogue):
    desktop = Category.objects.get(code="MAY_TINH_BAN")
    desktop.name, desktop.life_years, desktop.version = "Máy vi tính để bàn", 7, 2
    save_with_reason(desktop, by=None, reason="Sửa")
    model = EquipmentModel.objects.get(name="ProDesk 400 G6 MT i5-9500")
    model.name, model.typical_price = "ProDesk 400 G6", 14_000_000
    save_with_reason(model, by=None, reason="Sửa")
    brand = Brand.objects.get(name="HPE Aruba")
    brand.name = "Aruba Networks"
    save_with_reason(brand, by=None, reason="Sửa")

    created = [line.split(" ")[1] for line in run()]

    assert created == ["0"] * 5
    desktop.refresh_from_db()
    model.refresh_from_db()
    assert (desktop.name, desktop.life_years) == ("Máy vi tính để bàn", 7)
    assert (model.name, model.typical_price) == ("ProDesk 400 G6", 14_000_000)
    assert EquipmentModel.objects.count() == 115


def test_update_lets_the_data_win(catalogue):
    model = EquipmentModel.objects.get(name="ProDesk 400 G6 MT i5-9500")
    model.name, model.typical_price, model.version = "ProDesk 400 G6", 14_000_000, 2
    save_with_reason(model, by=None, reason="Sửa")

    assert run("--update")[2] == "Models: 0 created, 1 updated, 114 left as they are"

    model.refresh_from_db()
    assert (model.name, model.typical_price, model.version) == ("ProDesk 400 G6 MT i5-9500", 14_500_000, 3)
    assert model.history.first().history_change_reason
