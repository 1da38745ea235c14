"""How devices come out of a repair: state, serial, value, books, history."""

from decimal import Decimal

import pytest

from core.errors import DomainError
from core.events import deliver
from core.models import Event
from equipment.models import Equipment, LedgerEntry, SerialClash
from repairs.actions import results
from repairs.models import RepairLine
from tests import world as w
from tests.repairs import support as s

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("8")]


def last(device):
    return device.history.order_by("history_id").last()


@pytest.mark.parametrize("status", ["in_stock", "in_use"])
@pytest.mark.parametrize(("kind", "end"), [("repair", "repaired"), ("maintenance", "repaired"), ("repair", "not_done")])
def test_back_to_where_it_was(world, officer, status, kind, end):
    (device,) = s.some(world, officer, ["S1"])
    Equipment.objects.filter(pk=device.pk).update(status=status, holder_name="Trần Thị Hoa")
    repair = s.done([device], officer, end, kind=kind)
    device = s.now(device)
    assert (device.status, device.holder_name, device.condition) == (status, "Trần Thị Hoa", "good")
    row = last(device)
    assert (row.status, row.history_user, row.history_change_reason) == (
        status,
        officer,
        f"Theo hồ sơ sửa chữa {repair.number}",
    )
    assert [h.status for h in device.history.order_by("history_id")][-2:] == ["in_repair", status]
    assert LedgerEntry.objects.count() == 1
    line = RepairLine.objects.get()
    assert line.upkept_on == (s.today() if kind == "maintenance" else None)
    assert (line.former_status, line.code, line.serial) == (status, device.code, "S1")


def test_replaced_under_warranty_is_the_same_asset(world, officer):
    (device,) = s.some(world, officer, ["CU-1"])
    repair = s.sent([device], officer, kind="warranty")
    (line,) = repair.lines.all()
    given = {"result": "replaced", "new_serial": "MOI-9", "new_warranty_until": s.today().replace(year=2031), "cost": 0}
    repair = results.record_results(
        repair, header={"returned_on": s.today()}, results={line.pk: given}, by=officer, version=repair.version
    )
    s.paper(repair, officer, "repair_minutes")
    results.finish(repair, by=officer, version=repair.version)
    same = s.now(device)
    assert (same.serial, same.code, same.status, same.warranty_until.year) == ("MOI-9", device.code, "in_stock", 2031)
    assert "CU-1" in set(same.history.values_list("serial", flat=True))
    assert (same.original_price, LedgerEntry.objects.count()) == (device.original_price, 1)
    told = Event.objects.get(kind="equipment.replaced")
    assert told.payload["detail"] == "CU-1 → MOI-9"
    assert same.history.count() == 3, "one row for each step"


def test_a_replaced_serial_that_another_unit_has_is_told_to_it_center_alone(world, officer):
    s.some(world, world.nghiepvu_hoankiem, ["MOI-1"])
    s.done(s.some(world, officer, ["S1"]), officer, "replaced", kind="warranty")
    for event in Event.objects.filter(kind="equipment.replaced"):
        deliver(event.pk)
    assert SerialClash.objects.get().unit == world.units["00"]


@pytest.mark.parametrize("when", ["recorded", "finished"])
def test_a_new_serial_that_the_unit_has_already(world, officer, when):
    first, second = s.some(world, officer, ["S1", "S2"])
    repair = s.sent([first], officer, kind="warranty")
    if when == "finished":
        repair = s.known(repair, officer, "replaced")
        s.paper(repair, officer, "repair_minutes")
    Equipment.objects.filter(pk=second.pk).update(serial="moi-1")
    acts = {
        "finished": lambda: results.finish(repair, by=officer, version=repair.version),
        "recorded": lambda: s.known(repair, officer, "replaced"),
    }
    with pytest.raises(DomainError, match=f"“moi-1” đã có ở thiết bị {second.code}"):
        acts[when]()
    assert s.now(first).serial == "S1"


def test_two_lines_with_one_new_serial(world, officer):
    repair = s.sent(s.some(world, officer), officer, kind="warranty")
    with pytest.raises(DomainError, match=r"“MOI-1” đã ghi cho 01\.001-000001"):
        s.known(repair, officer, "replaced", "replaced")


def test_an_upgrade_changes_value_and_attributes_through_the_books(world, officer):
    (device,) = s.some(world, officer, ["S1"])
    repair = s.ready([device], officer, "upgraded", kind="upgrade", expected_on=None)
    repair = results.record_results(
        repair, header={"returned_on": w.past(1)}, results={}, by=officer, version=repair.version
    )
    results.finish(repair, by=officer, version=repair.version)
    after = s.now(device)
    assert (after.original_price, after.attributes["RAM"], after.attributes["CPU"]) == (16_000_000, "16 GB", "i5-10400")
    entry = LedgerEntry.objects.get(kind="value_change")
    assert (entry.quantity, entry.value, entry.effective_date, entry.dossier, entry.recorded_by) == (
        0,
        Decimal(1_500_000),
        w.past(1),
        repair.number,
        officer,
    )
    assert (entry.unit, entry.category) == (device.unit, device.category)
    books = LedgerEntry.objects.filter(equipment=device)
    assert (sum(e.value for e in books), sum(e.quantity for e in books)) == (after.original_price, 1)
    assert last(after).original_price == 16_000_000


def test_an_upgrade_without_change_of_value_writes_no_line(world, officer):
    (device,) = s.some(world, officer, ["S1"])
    repair = s.sent([device], officer, kind="upgrade")
    given = {"result": "upgraded", "new_price": device.original_price, "cost": 0, "new_attributes": {"RAM": "16 GB"}}
    repair = results.record_results(
        repair,
        header={"returned_on": s.today()},
        results={repair.lines.get().pk: given},
        by=officer,
        version=repair.version,
    )
    s.paper(repair, officer, "repair_minutes", "value_minutes")
    results.finish(repair, by=officer, version=repair.version)
    assert LedgerEntry.objects.count() == 1
    assert s.now(device).attributes["RAM"] == "16 GB"


def test_an_upgrade_is_not_written_before_what_the_books_hold(world, officer):
    (device,) = s.some(world, officer, ["S1"])
    repair = s.ready([device], officer, "upgraded", kind="upgrade")
    repair = results.record_results(
        repair, header={"returned_on": w.past(3)}, results={}, by=officer, version=repair.version
    )
    LedgerEntry.objects.create(
        equipment=device, unit=device.unit, category=device.category, kind="correction", effective_date=w.past(1),
        quantity=0, value=0, dossier="DC-1", recorded_by=officer,
    )  # fmt: skip
    with pytest.raises(DomainError, match="trước bút toán gần nhất"):
        results.finish(repair, by=officer, version=repair.version)


def test_beyond_repair_waits_for_disposal(world, officer):
    first, second = s.some(world, officer)
    s.done([first, second], officer, "beyond_repair", "repaired")
    gone, kept = s.now(first), s.now(second)
    assert (gone.status, gone.condition, kept.status, kept.condition) == (
        "pending_disposal",
        "poor",
        "in_stock",
        "good",
    )
    assert LedgerEntry.objects.count() == 2, "it stays on the books until it is disposed of"
    assert Event.objects.filter(kind="equipment.beyond_repair", subject_id=first.pk).count() == 1


def test_paying_for_what_is_covered_needs_a_reason(world, officer, person):
    (device,) = s.some(world, officer, ["S1"])
    repair = s.sent([device], officer)
    (line,) = repair.lines.all()
    given = {line.pk: {"result": "repaired", "cost": 900_000}}
    with pytest.raises(DomainError) as refusal:
        results.record_results(repair, header={}, results=given, by=officer, version=repair.version)
    assert (refusal.value.field, "còn bảo hành" in refusal.value.message) == ("cost_reason", True)
    header = {"returned_on": s.today(), "cost_reason": "Hỏng do sét, ngoài phạm vi bảo hành"}
    repair = results.record_results(repair, header=header, results=given, by=officer, version=repair.version)
    page = person(officer).get(f"/sua-chua/{repair.number}/")
    assert "Trả tiền cho thiết bị còn bảo hành" in page.main
    assert "Hỏng do sét" in page.main
    assert "Hóa đơn" in page.main


def test_paying_after_the_warranty_needs_none(world, officer):
    (device,) = s.some(world, officer, ["S1"], line={"warranty_months": 0})
    repair = s.sent([device], officer)
    (line,) = repair.lines.all()
    given = {line.pk: {"result": "repaired", "cost": 900_000}}
    repair = results.record_results(repair, header={}, results=given, by=officer, version=repair.version)
    assert repair.lines.get().cost == 900_000


def test_coming_back_late_needs_a_reason(world, officer):
    repair = s.sent(s.some(world, officer, ["S1"]), officer, expected_on=w.past(2))
    with pytest.raises(DomainError, match="Hãy ghi lý do chậm"):
        s.known(repair, officer, "repaired")
    assert s.known(repair, officer, "repaired", late_reason="Chờ linh kiện").late_reason == "Chờ linh kiện"


@pytest.mark.parametrize(
    ("kind", "given", "field", "said"),
    [
        ("repair", {"result": "upgraded"}, "result", "không dùng cho loại hồ sơ này"),
        ("warranty", {"result": "replaced"}, "new_serial", "hãy ghi số máy"),
        ("warranty", {"result": "replaced", "new_serial": "s1"}, "new_serial", "trùng số máy cũ"),
        ("repair", {"result": "repaired", "new_serial": "X"}, "new_serial", "chỉ ghi số máy mới khi"),
        ("upgrade", {"result": "upgraded"}, "new_price", "nguyên giá sau nâng cấp"),
        ("upgrade", {"result": "upgraded", "new_price": 0}, "new_price", "lớn hơn 0"),
        ("upgrade", {"result": "not_done", "new_price": 5}, "new_price", "chỉ ghi nguyên giá mới khi"),
        (
            "repair",
            {"result": "repaired", "cost": 1, "parts": [{"name": "RAM", "quantity": 1, "price": 5}]},
            "cost",
            "thấp hơn tiền linh kiện (5 đ)",
        ),
    ],
)
def test_results_that_contradict_themselves(world, officer, kind, given, field, said):
    (device,) = s.some(world, officer, ["S1"], line={"warranty_months": 0})
    repair = s.sent([device], officer, kind=kind)
    (line,) = repair.lines.all()
    with pytest.raises(DomainError) as refusal:
        results.record_results(repair, header={}, results={line.pk: given}, by=officer, version=repair.version)
    problems = getattr(refusal.value, "problems", [refusal.value])
    assert [(p.field, said in p.message) for p in problems] == [(f"{field}_{line.pk}", True)]
    assert RepairLine.objects.get().result == ""
