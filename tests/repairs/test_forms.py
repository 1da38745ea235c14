"""Forms: what is refused, what is kept, what foreign keys come to."""

import uuid

import pytest

from core.errors import DomainError
from core.scope import entered
from equipment.actions import life
from equipment.models import Equipment, Reservation
from equipment.rules.lifecycle import EntryKind
from repairs.actions import drafts
from repairs.models import Repair, RepairLine
from tests import world as w
from tests.equipment.support import taken_in, vn
from tests.repairs import support as s

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("8")]
NEW = "/sua-chua/moi/"


def typed(*codes, **changes):
    return {
        "devices": "\n".join(codes),
        "kind": "repair",
        "opened_on": vn(s.today()),
        "sent_to": "in_house",
        "submission": str(uuid.uuid4()),
        **changes,
    }


def test_a_refused_form_keeps_what_was_typed(world, officer, person):
    (device,) = s.some(world, officer, ["S1"])
    page = person(officer).post(NEW, typed(device.code, "KHONG-CO", kind="", opened_on="31/02/2026", note="Gấp"))
    assert page.status == 422
    assert "Không có thiết bị “KHONG-CO”" in page.errors("devices")
    assert "Hãy chọn loại việc" in page.errors("kind")
    assert "Không có ngày 31/02/2026" in page.errors("opened_on")
    kept = page.form()
    assert (kept["note"], kept["devices"].split()) == ("Gấp", [device.code, "KHONG-CO"])
    assert not Repair.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"opened_on": -1}, "opened_on", "Ngày đánh giá ở tương lai"),
        ({"expected_on": 2}, "expected_on", "Ngày hẹn trả trước ngày đánh giá"),
    ],
)
def test_days_are_refused_at_their_fields(world, officer, person, changes, field, said):
    (device,) = s.some(world, officer, ["S1"])
    given = {name: vn(w.past(ago)) for name, ago in changes.items()}
    page = person(officer).post(NEW, typed(device.code, **given))
    assert (page.status, said in page.errors(field)) == (422, True)


@pytest.mark.parametrize("status", ["in_repair", "in_transfer", "pending_disposal", "disposed", "lost"])
def test_devices_that_cannot_be_sent(world, officer, person, status):
    (device,) = s.some(world, officer, ["S1"])
    Equipment.objects.filter(pk=device.pk).update(status=status)
    me = person(officer)
    assert f"{NEW}?thiet-bi={device.code}" not in me.get(f"/thiet-bi/{device.code}/").links
    page = me.post(NEW, typed(device.code))
    assert page.status == 422
    assert f"{device.code} đang ở trạng thái" in page.errors("devices")


def test_a_device_in_another_dossier(world, officer, person):
    (device,) = s.some(world, officer, ["S1"])
    repair, me = s.drafted([device], officer), person(officer)
    assert f"{NEW}?thiet-bi={device.code}" not in me.get(f"/thiet-bi/{device.code}/").links
    page = me.post(NEW, typed(device.code))
    assert f"{device.code} đang ở hồ sơ {repair.number}" in page.errors("devices")


def test_devices_of_another_unit_do_not_exist(world, officer, person):
    (foreign,) = s.some(world, world.nghiepvu_hoankiem, ["LA-1"])
    me = person(officer)
    for code in (foreign.code, foreign.serial):
        page = me.post(NEW, typed(code))
        assert page.status == 422
        assert f"Không có thiết bị “{code}” trong đơn vị" in page.errors("devices")
    assert not Reservation.objects.exists()
    repair = s.drafted(s.some(world, officer, ["S1"]), officer)
    page = me.fill(f"/sua-chua/{repair.number}/sua/", devices=foreign.code)
    assert (page.status, repair.lines.count()) == (422, 1)


def test_lines_of_another_dossier_are_not_touched(world, officer, person):
    mine = s.drafted(s.some(world, officer, ["S1"]), officer)
    others = [
        s.drafted(s.some(world, officer, ["S2"]), officer),
        s.drafted(s.some(world, world.nghiepvu_hoankiem, ["S3"]), world.nghiepvu_hoankiem),
    ]
    me = person(officer)
    for other in others:
        line = RepairLine.objects.get(repair=other)
        page = me.fill(f"/sua-chua/{mine.number}/sua/", **{f"fault_{line.pk}": "Chiếm lấy", f"estimate_{line.pk}": "5"})
        assert page.status == 200
        assert RepairLine.objects.get(pk=line.pk).fault == "Không lên nguồn"
    sent = s.sent(s.some(world, officer, ["S4"]), officer)
    line = RepairLine.objects.get(repair=others[0])
    page = me.fill(f"/sua-chua/{sent.number}/ket-qua/", **{f"result_{line.pk}": "repaired"})
    assert page.status == 200
    assert RepairLine.objects.get(pk=line.pk).result == ""


def test_more_devices_than_one_dossier_takes(world, officer, person):
    made = taken_in(world, officer, [f"N{n}" for n in range(201)])
    codes = [device.code for device in w.devices(made)]
    me = person(officer)
    page = me.post(NEW, typed(*codes))
    assert page.status == 422
    assert "nhiều nhất 200 thiết bị, ở đây có 201" in page.errors("devices")
    page = me.post(NEW, typed(*codes[:200]))
    assert page.status == 200
    repair = Repair.objects.get()
    assert (repair.lines.count(), RepairLine.history.count()) == (200, 200)
    assert me.get(f"/sua-chua/{repair.number}/sua/").status == 200


def test_ticked_rows_of_the_list_open_the_form(world, officer, person):
    devices = s.some(world, officer)
    me = person(officer)
    assert "Sửa chữa" in me.get("/thiet-bi/").text
    page = me.post(NEW, {"id": [device.code for device in devices]})
    assert page.status == 200
    assert page.form()["devices"].split() == sorted((d.code for d in devices), reverse=True)


def test_a_draft_is_changed_with_its_devices(world, officer, person):
    first, second, third = s.some(world, officer, ["S1", "S2", "S3"])
    repair, me = s.drafted([first, second], officer), person(officer)
    one, two = repair.lines.all()
    page = me.fill(
        f"/sua-chua/{repair.number}/sua/",
        devices=f"{second.code}\n{third.code}",
        note="Ưu tiên",
        **{f"fault_{two.pk}": "Màn hình sọc", f"estimate_{two.pk}": "1.200.000", f"fault_{one.pk}": "bỏ"},
    )
    assert page.status == 200, page.summary
    repair.refresh_from_db()
    assert (repair.note, repair.version) == ("Ưu tiên", 2)
    lines = {line.code: line for line in repair.lines.all()}
    assert set(lines) == {second.code, third.code}
    assert (lines[second.code].fault, lines[second.code].estimate) == ("Màn hình sọc", 1_200_000)
    assert lines[third.code].fault == ""
    assert set(Reservation.objects.values_list("equipment", flat=True)) == {second.pk, third.pk}
    assert RepairLine.history.filter(history_type="-", code=first.code).count() == 1


def test_a_stale_draft_loses_nothing(world, officer, person):
    colleague = w.make_user("nghiepvu2.badinh", world.units["01.001"], "business")
    repair = s.drafted(s.some(world, officer, ["S1"]), officer)
    (line,) = repair.lines.all()
    url = f"/sua-chua/{repair.number}/sua/"
    mine, theirs = person(officer), person(colleague)
    form = mine.get(url).form()
    page = theirs.fill(url, assessment="Hỏng bo mạch", **{f"estimate_{line.pk}": "700.000"})
    assert page.status == 200
    page = mine.post(url, form | {"note": "Ghi chú của tôi", f"fault_{line.pk}": "Cháy nguồn"})
    assert page.status == 422
    assert "Hỏng bo mạch" in page.summary
    assert f"{line.code}, giá dự toán" in page.summary
    assert str(colleague) in page.summary
    kept = page.form()
    assert (kept["note"], kept[f"fault_{line.pk}"]) == ("Ghi chú của tôi", "Cháy nguồn")
    assert Repair.objects.get().note == ""
    page = mine.post(url, kept | {"assessment": "Hỏng bo mạch", f"estimate_{line.pk}": "700.000"})
    assert page.status == 200
    line.refresh_from_db()
    assert (line.fault, line.estimate, Repair.objects.get().assessment) == ("Cháy nguồn", 700_000, "Hỏng bo mạch")


def test_a_form_without_its_version_is_refused(world, officer, person):
    repair = s.drafted(s.some(world, officer, ["S1"]), officer)
    me = person(officer)
    for path in ("sua", "gui", "huy"):
        url = f"/sua-chua/{repair.number}/{path}/"
        form = me.get(url).form() | {"reason": "x"}
        for wrong in ("", "x", "-1"):
            page = me.post(url, form | {"version": wrong})
            assert page.status == 422, (path, wrong)
            assert "không còn nguyên vẹn" in page.summary
    repair.refresh_from_db()
    assert (repair.state, repair.version) == ("draft", 1)


def test_the_form_sent_again_gives_the_same_dossier(world, officer, person):
    (device,) = s.some(world, officer, ["S1"])
    me, form = person(officer), typed(device.code)
    first = me.post(NEW, form)
    repair = Repair.objects.get()
    assert first.url == f"/sua-chua/{repair.number}/"
    with entered(officer.scope):
        given = {name: form[name] for name in ("kind", "sent_to")} | {"opened_on": s.today(), "note": ""}
        key = uuid.UUID(form["submission"])
        again = drafts.open_draft([device], header=given, by=officer, submission=key)
        assert again == repair
        with pytest.raises(DomainError, match=f"đã được lưu thành hồ sơ {repair.number}"):
            drafts.open_draft([device], header=given | {"note": "Khác"}, by=officer, submission=key)
    page = me.post(NEW, form)
    assert (page.url, page.status) == (first.url, 200)
    page = me.post(NEW, form | {"note": "Khác"})
    assert (page.status, f"đã được lưu thành hồ sơ {repair.number}" in page.summary) == (422, True)
    page = me.post(NEW, form | {"submission": str(uuid.uuid4())})
    assert f"{device.code} đang ở hồ sơ {repair.number}" in page.errors("devices")
    assert Repair.objects.count() == 1


def test_a_device_that_was_not_there_yet(world, officer, person):
    """Received by a transfer after the days that are typed."""
    (device,) = s.some(world, officer, ["S1"])
    arrived = w.past(3)
    life.post([device], kind=EntryKind.TRANSFER_IN, on=arrived, dossier="DC-1", by=officer, quantity=1)
    me = person(officer)
    said = f"{device.code} vào sổ của đơn vị ngày {vn(arrived)}"
    page = me.post(NEW, typed(device.code, opened_on=vn(w.past(4))))
    assert (page.status, f"{said}, sau ngày đánh giá" in page.errors("opened_on")) == (422, True)
    assert "sau ngày đánh giá (01/01/1990)" in me.post(NEW, typed(device.code, opened_on="01/01/1990")).text
    repair = s.drafted([device], officer, opened_on=arrived)
    with pytest.raises(DomainError, match=f"{said}, sau ngày đánh giá") as refusal:
        drafts.save_draft(
            repair, devices=[device], header={"opened_on": w.past(5)}, lines={}, by=officer, version=repair.version
        )
    assert refusal.value.field == "opened_on"
    Repair.objects.filter(pk=repair.pk).update(opened_on=w.past(9))
    page = me.fill(f"/sua-chua/{repair.number}/gui/", sent_on=vn(w.past(8)))
    assert (page.status, f"{said}, sau ngày gửi" in page.errors("sent_on")) == (422, True)
    page = me.fill(f"/sua-chua/{repair.number}/gui/", sent_on=vn(arrived))
    assert (page.status, f"{said}, sau ngày đánh giá" in page.errors("sent_on")) == (422, True)


def test_a_new_warranty_that_is_over_already(world, officer, person):
    repair = s.sent(s.some(world, officer, ["S1"]), officer)
    (line,) = repair.lines.all()
    me, url = person(officer), f"/sua-chua/{repair.number}/ket-qua/"
    given = {f"result_{line.pk}": "replaced", f"new_serial_{line.pk}": "MOI-9", f"cost_{line.pk}": "0"}
    page = me.fill(url, **given, **{f"new_warranty_until_{line.pk}": "01/01/1999"})
    assert page.status == 422
    assert "bảo hành mới đến 01/01/1999 đã hết" in page.errors(f"new_warranty_until_{line.pk}")
    assert me.fill(url, **given, **{f"new_warranty_until_{line.pk}": vn(s.today())}).status == 200


def test_parts_beyond_what_money_fields_hold(world, officer, person):
    repair = s.sent(s.some(world, officer, ["S1"], line={"warranty_months": 0}), officer)
    (line,) = repair.lines.all()
    given = {f"result_{line.pk}": "repaired", f"parts_{line.pk}": "x; 9999; 1000000000000"}
    page = person(officer).fill(f"/sua-chua/{repair.number}/ket-qua/", **given)
    assert (page.status, "15 chữ số" in page.errors(f"parts_{line.pk}")) == (422, True)
    line.refresh_from_db()
    assert line.cost is None


def test_results_for_all_are_said_once(world, officer, person):
    repair = s.sent(s.some(world, officer, ["S1", "S2", "S3"]), officer, kind="maintenance")
    _, _, third = repair.lines.all()
    page = person(officer).fill(
        f"/sua-chua/{repair.number}/ket-qua/",
        returned_on=vn(s.today()),
        all_result="repaired",
        all_work="Vệ sinh, tra keo tản nhiệt",
        **{f"result_{third.pk}": "not_done"},
    )
    assert page.status == 200, page.summary
    found = [(line.result, line.work_done) for line in repair.lines.all()]
    assert found == [("repaired", "Vệ sinh, tra keo tản nhiệt")] * 2 + [("not_done", "")]


def test_parts_make_the_cost_where_none_is_typed(world, officer, person):
    repair = s.sent(s.some(world, officer, ["S1"], line={"warranty_months": 0}), officer)
    (line,) = repair.lines.all()
    me, url = person(officer), f"/sua-chua/{repair.number}/ket-qua/"
    given = {f"result_{line.pk}": "repaired", f"parts_{line.pk}": "RAM 8 GB; 2; 650.000\nCông vệ sinh; 1; 100.000"}
    page = me.fill(url, **{**given, f"parts_{line.pk}": "RAM; hai; 5"})
    assert "số lượng “hai” không hợp lệ" in page.errors(f"parts_{line.pk}")
    assert page.form()[f"parts_{line.pk}"] == "RAM; hai; 5"
    assert me.fill(url, **given).status == 200
    line.refresh_from_db()
    assert line.cost == 1_400_000
    assert me.get(url).form()[f"parts_{line.pk}"].splitlines()[0] == "RAM 8 GB; 2; 650.000"


def test_an_upgrade_shows_the_attributes_of_the_device(world, officer, person):
    repair = s.sent(s.some(world, officer, ["S1"]), officer, kind="upgrade")
    (line,) = repair.lines.all()
    me, url = person(officer), f"/sua-chua/{repair.number}/ket-qua/"
    form = me.get(url).form()
    assert form[f"attribute:RAM_{line.pk}"] == "8 GB"
    page = me.post(
        url,
        form
        | {f"result_{line.pk}": "upgraded", f"new_price_{line.pk}": "15.900.000", f"attribute:RAM_{line.pk}": "16 GB"},
    )
    assert page.status == 200, page.summary
    line.refresh_from_db()
    assert (line.new_price, line.new_attributes) == (15_900_000, {"RAM": "16 GB"})
