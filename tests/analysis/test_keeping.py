"""Saved analyses: kept, opened, shared within the unit, changed by their owner alone."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from analysis.actions import scheduling
from analysis.models import Alert, Analysis, Schedule, ScheduleRun
from analysis.rules.schedules import Every, FileKind
from jobs.models import Job
from tests.analysis.support import saved

pytestmark = pytest.mark.django_db
PIVOT, SAVE = reverse("analysis:pivot"), reverse("analysis:save")
QUERY = "topic=devices&rows=unit&cols=condition&measure=n&books="


def test_what_is_saved_opens_as_it_was(world, client_of):
    client = client_of(world.nghiepvu_badinh)
    for _ in range(2):  # a second press is the same
        assert (
            client.post(f"{SAVE}?{QUERY}", {"name": "Máy theo đơn vị", "description": "Đầu tháng"}).status_code == 302
        )
    kept = Analysis.objects.get()
    page = client.get(PIVOT, {"saved": kept.public_id})
    assert page.status_code == 200
    assert page.context["reading"].query == kept.query
    assert page.context["title"] == "Máy theo đơn vị"
    assert "books=" in kept.query  # taken off on purpose: it stays off
    assert client.post(f"{SAVE}?{QUERY}&top=5", {"name": "máy theo đơn vị"}).status_code == 422  # the name is taken


def test_a_wrong_question_is_not_saved(world, client_of):
    client = client_of(world.nghiepvu_badinh)
    refused = client.post(f"{SAVE}?rows=unit&cols=unit", {"name": "Sai"})
    assert refused.status_code == 422
    assert not Analysis.objects.exists()


@pytest.mark.dieu("6")
def test_a_shared_one_is_the_units_and_each_gets_their_own_numbers(world, client_of):
    kept = saved(world.nghiepvu_hanoi, rows="unit", cols="", shared=True)
    private = saved(world.nghiepvu_hanoi, rows="unit", cols="", name="Riêng")
    page = reverse("analysis:detail", args=[kept.public_id])
    for name, status in (
        ("tracuu_hanoi", 200),
        ("admin2_hanoi", 200),
        ("nghiepvu_badinh", 404),
        ("nghiepvu_danang", 404),
        ("ttcntt", 404),
    ):
        client = client_of(world.users[name])
        assert client.get(page).status_code == status, name
        assert client.get(PIVOT, {"saved": kept.public_id}).status_code == status
        assert client.get(reverse("analysis:detail", args=[private.public_id])).status_code == 404
        for step in ("edit", "delete"):
            assert client.get(reverse(f"analysis:{step}", args=[kept.public_id])).status_code == 404
    colleague = client_of(world.tracuu_hanoi)
    assert colleague.post(reverse("analysis:copy", args=[kept.public_id])).status_code == 302
    assert Analysis.objects.get(owner=world.tracuu_hanoi).query == kept.query
    assert colleague.get(reverse("analysis:schedule_create"), {"analysis": kept.public_id}).status_code == 404


def test_what_hangs_on_it_goes_with_it_and_is_said(world, client_of):
    kept, client = saved(world.nghiepvu_badinh, rows="unit", cols=""), client_of(world.nghiepvu_badinh)
    hanging = {"analysis": kept.public_id}
    given = {"name": "Gửi", "every": "week", "file_kind": "csv"}
    query = f"?analysis={kept.public_id}"
    assert client.post(reverse("analysis:schedule_create") + query, given).status_code == 302
    watched = {"name": "Báo", "measure": "n", "compare": "at_least", "threshold": "1.000,5", "every": "day"}
    assert client.post(reverse("analysis:alert_create") + query, watched).status_code == 302
    assert client.get(reverse("analysis:alert_create"), hanging).status_code == 200
    assert str(Alert.objects.get().threshold) == "1000.50"
    update = reverse("analysis:update", args=[kept.public_id])
    client.post(f"{update}?topic=devices&rows=unit&measure=value")  # the alert watches the number that would be lost
    kept.refresh_from_db()
    assert "measure=n" in kept.query
    page = client.get(reverse("analysis:delete", args=[kept.public_id])).content.decode()
    assert "1 lịch gửi và 1 cảnh báo" in page
    client.post(reverse("analysis:delete", args=[kept.public_id]))
    assert not Analysis.objects.exists()
    assert not Schedule.objects.exists()
    assert not Alert.objects.exists()


@pytest.mark.parametrize("threshold", ["", "nhiều", "1,234,5", "12.34", "1" * 16])
def test_a_threshold_is_a_number(world, client_of, threshold):
    kept, client = saved(world.nghiepvu_badinh, rows="unit", cols=""), client_of(world.nghiepvu_badinh)
    given = {"name": "Báo", "measure": "n", "compare": "at_least", "threshold": threshold, "every": "day"}
    page = client.post(f"{reverse('analysis:alert_create')}?analysis={kept.public_id}", given)
    assert page.status_code == 422
    assert not Alert.objects.exists()


@pytest.mark.parametrize("kind", ["analysis", "report"])
def test_the_button_sends_at_once_and_pressed_again_sends_nothing_more(world, client_of, kind):
    by = world.nghiepvu_badinh
    client = client_of(by)
    source = saved(by, rows="unit", cols="") if kind == "analysis" else ("tang-giam", "level=unit")
    row = scheduling.schedule(name="Gửi", every=Every.DAY, file_kind=FileKind.XLSX, by=by, source=source)
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(2):
            pressed = client.post(reverse("analysis:schedule_run", args=[row.public_id]))
            assert pressed.status_code == 302
            assert "Đang lập tệp" in client.get(pressed.url).content.decode()
    assert ScheduleRun.objects.filter(schedule=row, by_hand=True).count() == Job.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "measure", "compare", "threshold", "taken"),
    [
        ("topic=devices", "n", "at_least", "-5", False),
        ("topic=devices", "n", "at_most", "−1", False),
        ("topic=devices", "n", "at_least", "0", False),
        ("topic=devices", "n", "at_most", "0", True),
        ("topic=ledger", "worth", "at_most", "-5", True),
        ("topic=ledger", "net", "at_least", "0", True),
        ("topic=ledger", "loss", "at_least", "-5", False),
    ],
)
def test_what_is_always_or_never_so_is_not_watched(world, client_of, asked, measure, compare, threshold, taken):
    kept = saved(world.nghiepvu_badinh, f"{asked}&rows=unit&cols=&measure={measure}")
    client = client_of(world.nghiepvu_badinh)
    given = {"name": "Báo", "measure": measure, "compare": compare, "threshold": threshold, "every": "day"}
    page = client.post(f"{reverse('analysis:alert_create')}?analysis={kept.public_id}", given)
    assert (page.status_code, Alert.objects.count()) == ((302, 1) if taken else (422, 0))
    if not taken:
        assert list(page.context["form"].errors) == ["threshold"]
