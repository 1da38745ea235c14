"""A list on its way into the books, from the upload to the ledger."""

from datetime import date
from decimal import Decimal

import pytest

from core.models import Event
from equipment.models import ColumnMatch, Equipment, ImportBatch, LedgerEntry
from tests.imports import support as s


@pytest.mark.dieu("4.3")
@pytest.mark.dieu("7.1")
def test_a_list_comes_into_the_books(world):
    by = world.nghiepvu_badinh
    rows = [s.HEAD, s.row(serial="A1"), s.row(serial="A2", holder=None, price=0)]
    batch, job = s.brought_in(by, s.xlsx(rows))
    assert (job.state, job.message) == ("done", "Đã nhập 2 thiết bị mới.")
    assert (batch.state, batch.total, batch.fresh, batch.faulty) == ("done", 2, 2, 0)
    one, two = Equipment.objects.filter(batch=batch).order_by("pk")
    assert (one.code, one.serial, one.unit, one.category) == ("01.001-000001", "A1", by.unit, world.desktop)
    assert (one.name, one.holder_name, one.status, one.condition) == (
        "Máy tính phòng họp", "Trần Thị Bình", "in_use", "good",
    )  # fmt: skip
    assert (one.original_price, one.received_on) == (Decimal(14_890_000), date(2020, 11, 25))
    assert (two.status, two.original_price) == ("in_stock", 0)
    entries = LedgerEntry.objects.filter(dossier=batch.number).order_by("pk")
    assert [(e.equipment, e.kind, e.quantity, e.value, e.effective_date, e.recorded_by) for e in entries] == [
        (one, "intake", 1, one.original_price, one.received_on, by),
        (two, "intake", 1, 0, two.received_on, by),
    ]
    (born,) = one.history.all()
    assert (born.history_user, born.history_change_reason, born.history_type) == (
        by, f"Nhập từ danh sách {batch.number}", "+",
    )  # fmt: skip
    assert Event.objects.filter(kind="equipment.imported").count() == 2
    assert Event.objects.filter(kind="import.finished", subject_id=batch.pk).count() == 1


def test_what_a_heading_meant_is_remembered(world):
    by = world.nghiepvu_badinh
    rows = [[*s.HEAD[:-1], "Ô số 6"], s.row()]
    batch = s.uploaded(by, s.xlsx(rows))
    assert [c.field for c in s.columns_of(batch)] == [
        "category", "name", "serial", "original_price", "received_on", "",
    ]  # fmt: skip
    columns = s.columns_of(batch, **{"Ô số 6": "holder_name"})
    s.imports.match_columns(batch, columns=columns, by=by, version=batch.version)
    assert ColumnMatch.objects.get(unit=by.unit, header="o so 6").field == "holder_name"
    later = s.uploaded(by, s.xlsx(rows))
    assert s.columns_of(later)[-1].field == "holder_name"
    assert ImportBatch.objects.count() == 2
