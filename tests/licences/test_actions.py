"""What may be installed where, what is flagged, what goes along."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError, SeveralProblemsError, StaleError
from core.models import Event
from equipment.actions import licences
from equipment.actions.life import post
from equipment.models import Category, Equipment, Installation, SoftwareLicence
from equipment.rules.licences import Term, overused, term_of, term_text
from equipment.rules.lifecycle import EntryKind, Status
from tests.licences.support import computers, software
from tests.world import past

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def office(world) -> Equipment:
    """Two seats, at Ba Đình."""
    return software(world, world.nghiepvu_badinh)[0]


def running(item: Equipment) -> set[str]:
    return set(
        Installation.objects.filter(licence__software=item, removed_on=None).values_list("computer__code", flat=True)
    )


def install(item, devices, *, on=None, reason="", by):
    return licences.install(item, devices, on=on or TODAY(), reason=reason, by=by)


def test_the_licence_begins_with_what_the_intake_recorded(world, office):
    licence = licences.licence_of(office)
    assert (licence.pk, licence.seats, licence.starts_on) == (None, 2, office.received_on)
    for text, seats in (("", 1), ("0", 1), ("vô hạn", 1), ("9" * 30, 1), ("50", 50)):
        office.attributes = {"so_ban_quyen": text, "han_BQ": "2027-01-31"}
        assert licences.licence_of(office).seats == seats
    assert licences.licence_of(office).expires_on == date(2027, 1, 31)


def test_stating_it_twice_with_the_same_writes_once(world, office):
    by = world.nghiepvu_badinh
    values = {"seats": 5, "current_version": "2021", "expires_on": date(2030, 1, 1), "starts_on": None}
    licence = licences.state(office, values=values, version=0, by=by)
    assert (licence.seats, licence.version, licence.unit) == (5, 1, office.unit)
    assert licences.state(office, values=values, version=1, by=by).version == 1
    assert licences.state(office, values={"seats": None}, version=1, by=by).version == 2
    assert SoftwareLicence.history.count() == 2
    with pytest.raises(StaleError):
        licences.state(office, values={"seats": 9}, version=1, by=by)


def test_two_who_state_it_first_make_one(world, office):
    by = world.nghiepvu_badinh
    licences.state(office, values={"seats": 5}, version=0, by=by)
    with pytest.raises(StaleError):
        licences.state(office, values={"seats": 6}, version=0, by=by)
    assert SoftwareLicence.objects.get().seats == 5


@pytest.mark.parametrize(
    ("values", "field"), [({"starts_on": date(2026, 2, 1), "expires_on": date(2026, 1, 1)}, "expires_on")]
)
def test_days_out_of_order_are_refused(world, office, values, field):
    with pytest.raises(DomainError) as refused:
        licences.state(office, values=values, version=0, by=world.nghiepvu_badinh)
    assert refused.value.field == field
    assert not SoftwareLicence.objects.exists()


def test_hardware_has_no_licence(world, office):
    (computer,) = computers(world, world.nghiepvu_badinh, 1)
    with pytest.raises(DomainError, match="không phải phần mềm"):
        licences.state(computer, values={"seats": 5}, version=0, by=world.nghiepvu_badinh)


def test_within_the_seats_nothing_is_asked(world, office):
    by = world.nghiepvu_badinh
    devices = computers(world, by, 2)
    done = install(office, devices, by=by)
    assert (done.count, done.over, done.expired) == (2, 0, False)
    assert running(office) == {device.code for device in devices}
    assert set(Installation.objects.values_list("over_use", "installed_by", "unit")) == {(False, by.pk, by.unit_id)}
    kinds = Event.objects.filter(kind="licence.installed").values_list("subject_id", flat=True)
    assert set(kinds) == {office.pk, *(device.pk for device in devices)}


def test_beyond_the_seats_a_reason_is_asked_and_the_rest_is_flagged(world, office):
    by = world.nghiepvu_badinh
    devices = computers(world, by, 4)
    install(office, devices[:1], by=by)
    with pytest.raises(DomainError, match="còn 1 máy, bạn đang cài cho 3 máy") as refused:
        install(office, devices[1:], by=by)
    assert refused.value.field == "reason"
    assert len(running(office)) == 1
    assert install(office, devices[1:], reason="Chờ mua thêm", by=by).over == 2
    rows = Installation.objects.order_by("pk").values_list("over_use", "reason")
    assert list(rows) == [(False, ""), (False, ""), (True, "Chờ mua thêm"), (True, "Chờ mua thêm")]


def test_without_a_number_of_seats_any_number_runs(world, office):
    by = world.nghiepvu_badinh
    licences.state(office, values={"seats": None}, version=0, by=by)
    assert install(office, computers(world, by, 5), by=by).over == 0


def test_an_expired_licence_warns(world, office):
    by = world.nghiepvu_badinh
    licences.state(office, values={"starts_on": None, "expires_on": date(2026, 1, 1)}, version=0, by=by)
    assert install(office, computers(world, by, 1), by=by).expired


def test_every_unfit_computer_is_named(world, office):
    by = world.nghiepvu_badinh
    one, two, three = computers(world, by, 3)
    install(office, [one], by=by)
    Equipment.objects.filter(pk=two.pk).update(status=Status.PENDING_DISPOSAL)
    other = software(world, by, name="Phần mềm khác")[0]
    with pytest.raises(SeveralProblemsError) as refused:
        install(office, [one, two, three, other], reason="Cần", by=by)
    said = str(refused.value)
    assert all(device.code in said for device in (one, two, other))
    assert three.code not in said
    assert running(office) == {one.code}


@pytest.mark.dieu("6")
def test_nothing_across_units(world, office):
    (foreign,) = computers(world, world.nghiepvu_hoankiem, 1)
    with pytest.raises(DomainError, match="cùng đơn vị") as refused:
        install(office, [foreign], by=world.nghiepvu_badinh)
    assert foreign.code not in str(refused.value)


def test_days_ahead_and_nothing_chosen_are_refused(world, office):
    by = world.nghiepvu_badinh
    devices = computers(world, by, 1)
    with pytest.raises(DomainError) as refused:
        install(office, devices, on=TODAY() + timedelta(days=1), by=by)
    assert refused.value.field == "on"
    for nothing in ([], [office]):
        with pytest.raises(DomainError, match="ít nhất một máy"):
            install(office, nothing, by=by)


def test_nothing_runs_before_it_came_or_its_licence_starts(world):
    """A transfer brought one computer later than the others; the licence starts after all had come."""
    by, early = world.nghiepvu_badinh, {"handover_date": past(30), "late_reason": "Chờ giấy tờ"}
    (one,) = computers(world, by, 1, **early)
    (moved,) = computers(world, by, 1, prefix="DC", **early)
    item = software(world, by, **early)[0]
    day, came = past(30), TODAY() - timedelta(days=3)
    post([moved], kind=EntryKind.TRANSFER_IN, on=came, dossier="DC-1", by=by, quantity=1)
    with pytest.raises(SeveralProblemsError) as refused:
        install(item, [one, moved], on=day - timedelta(days=1), by=by)
    assert all(device.code in str(refused.value) for device in (item, one, moved))
    with pytest.raises(DomainError, match=f"{moved.code} có ở đơn vị từ ngày {came:%d/%m/%Y}") as refused:
        install(item, [one, moved], on=came - timedelta(days=1), by=by)
    assert one.code not in str(refused.value)
    licences.state(item, values={"starts_on": TODAY()}, version=0, by=by)
    with pytest.raises(DomainError, match="Bản quyền bắt đầu từ ngày") as refused:
        install(item, [one], on=came, by=by)
    assert {problem.field for problem in refused.value.problems} == {"on"}
    assert install(item, [one, moved], by=by).count == 2


def test_only_computers_run_software(world, office):
    by = world.nghiepvu_badinh
    printer, server = computers(world, by, 2)
    kinds = Category.objects
    Equipment.objects.filter(pk=printer.pk).update(category=kinds.create(code="MAY_IN", name="Máy in"))
    below = kinds.create(code="MAY_CHU_AO", name="Máy chủ ảo", parent=world.desktop)
    Equipment.objects.filter(pk=server.pk).update(category=below)
    with pytest.raises(DomainError, match=rf"{printer.code} \(máy in\) không phải máy tính") as refused:
        install(office, [printer], by=by)
    assert {problem.field for problem in refused.value.problems} == {"devices"}
    assert install(office, [server], by=by).count == 1


def test_the_day_of_removal_is_not_before_that_of_installing(world, office):
    by = world.nghiepvu_badinh
    (one,) = computers(world, by, 1)
    install(office, [one], by=by)
    row = Installation.objects.get()
    with pytest.raises(DomainError, match=f"{one.code} cài ngày {TODAY():%d/%m/%Y}") as refused:
        licences.uninstall(office, [row.pk], on=TODAY() - timedelta(days=1), reason="Thử", by=by)
    assert {problem.field for problem in refused.value.problems} == {"on"}
    assert running(office) == {one.code}


def test_removing_frees_the_seat_and_keeps_the_row(world, office):
    by = world.nghiepvu_badinh
    one, two, three = computers(world, by, 3)
    install(office, [one, two], by=by)
    row = Installation.objects.get(computer=one)
    assert licences.uninstall(office, [row.pk], on=TODAY(), reason="Không dùng nữa", by=by) == 1
    assert licences.uninstall(office, [row.pk], on=TODAY(), reason="Lại", by=by) == 0
    assert install(office, [three], by=by).over == 0
    assert install(office, [one], reason="Cần lại", by=by).over == 1
    row.refresh_from_db()
    assert (row.removed_on, row.removal_reason, row.removed_by) == (TODAY(), "Không dùng nữa", by)


def test_rows_of_another_software_are_not_removed(world, office):
    by = world.nghiepvu_badinh
    other = software(world, by, name="Khác")[0]
    install(other, computers(world, by, 1), by=by)
    assert licences.uninstall(office, [Installation.objects.get().pk], on=TODAY(), reason="Thử", by=by) == 0


def test_computers_that_leave_free_their_seats(world, office):
    by = world.nghiepvu_badinh
    one, two = computers(world, by, 2)
    other = software(world, by, name="Khác")[0]
    for item in (office, other):
        install(item, [one, two], by=by)
    assert licences.free_seats([one], by=by, on=TODAY() - timedelta(days=400), reason="Điều chuyển") == 2
    assert running(office) == running(other) == {two.code}
    assert Installation.objects.filter(computer=one, removed_on=TODAY()).count() == 2
    assert licences.free_seats([other], by=by, on=TODAY(), reason="Thanh lý") == 1


def test_what_is_bound_to_a_computer_has_one_seat_and_runs_nowhere_else(world):
    by = world.nghiepvu_badinh
    one, two = computers(world, by, 2)
    bound, loose, wide = (
        software(world, by, name=name, seats=seats)[0] for name, seats in (("A", "1"), ("B", "1"), ("C", "2"))
    )
    for item in (bound, wide):
        install(item, [one], by=by)
    install(loose, [one], by=by)
    install(loose, [two], reason="Tạm", by=by)
    assert licences.bound_to(one) == [bound]
    assert licences.bound_to(two) == []


def test_bound_software_follows_its_computer_to_the_other_unit(world):
    by, there = world.nghiepvu_badinh, world.units["01.002"]
    one, two = computers(world, by, 2)
    bound, wide = software(world, by, name="A", seats="1")[0], software(world, by, name="C", seats="2")[0]
    install(bound, [one], by=by)
    install(wide, [one, two], by=by)
    Equipment.objects.filter(pk__in=[one.pk, bound.pk]).update(unit=there)
    licences.follow([one, bound], unit=there, by=by, on=TODAY(), reason="Điều chuyển")
    assert running(bound) == {one.code}
    assert running(wide) == {two.code}
    rows = (
        Installation.objects.filter(computer=one).order_by("pk").values_list("unit", "licence__software", "removed_on")
    )
    assert list(rows) == [
        (by.unit_id, bound.pk, TODAY()), (by.unit_id, wide.pk, TODAY()), (there.pk, bound.pk, None),
    ]  # fmt: skip
    assert set(SoftwareLicence.objects.values_list("software", "unit")) == {(bound.pk, there.pk), (wide.pk, by.unit_id)}


def test_terms_in_words():
    today = date(2026, 11, 21)
    cases = {
        None: Term.ENDLESS,
        date(2026, 11, 20): Term.EXPIRED,
        today: Term.SOON,
        date(2027, 1, 20): Term.SOON,
        date(2027, 1, 21): Term.RUNNING,
    }
    assert {day: term_of(day, today) for day in cases} == cases
    assert term_text(date(2026, 11, 20), today) == "Hết hạn từ 20/11/2026"
    assert term_text(date(2026, 11, 25), today) == "Còn 4 ngày, đến 25/11/2026"
    assert [overused(seats, used) for seats, used in ((2, 1), (2, 5), (None, 9))] == [0, 3, 0]
