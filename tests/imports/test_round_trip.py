"""What a list gives out, sent back as it is, changes nothing; through LibreOffice too."""

from datetime import date

import pytest
from django.urls import reverse

from equipment.actions import equipment
from equipment.models import Equipment
from equipment.tables import EquipmentTable
from tests.equipment.test_office import NAMES
from tests.imports import support
from tests.isolation.matrix import read
from tests.sheets.office import convert
from tests.world import confirmed, devices


@pytest.fixture
def stock(world):
    """Devices of the unit as they come to be, with texts that spreadsheet programs like to change."""
    by = world.nghiepvu_badinh
    room = world.units["01.001.T1"]
    made = devices(confirmed(world, by, [f"0{n}E{n}" for n in range(len(NAMES))]))
    for item, name in zip(made, NAMES, strict=True):
        values = {
            "name": name,
            "note": f"{name}\ndòng hai",
            "holder_name": name,
            "room": room,
            "inventory_number": f"00{item.pk}",
            "condition": "fair",
            "warranty_until": date(2028, 2, 29),
            "made_year": 2019,
            "attributes": {"MAC": "00:1A:2B:3C:4D:5E", "RAM": "8 GB"},
        }
        equipment.describe(item, values=values, reason="Thử", by=by, version=item.version)
    confirmed(world, by, ["TRAN-1", "TRAN-2"])
    return by


def state(unit):
    fields = [f.attname for f in Equipment._meta.concrete_fields]
    return list(Equipment.objects.filter(unit=unit).order_by("pk").values_list(*fields))


def given(client_of, by, kind):
    names = ",".join(column.name for column in EquipmentTable.columns)
    return read(client_of(by).get(reverse("equipment:list"), {"export": kind, "cols": names}))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "xls"])
def test_a_list_sent_back_changes_nothing(client_of, stock, tmp_path, kind):
    path = tmp_path / f"thiet-bi.{'csv' if kind == 'csv' else 'xlsx'}"
    path.write_bytes(given(client_of, stock, path.suffix[1:]))
    if kind in {"ods", "xls"}:
        path = convert(path, kind)
    before, rows = state(stock.unit), Equipment.objects.filter(unit=stock.unit).count()
    with path.open("rb") as file:
        batch = support.checked(stock, file, existing="update", name=path.name)
    assert batch.report["faults"] == []
    assert (batch.total, batch.unchanged, batch.changed, batch.fresh) == (rows, rows, 0, 0)
    assert state(stock.unit) == before
