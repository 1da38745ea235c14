"""The dossiers of the demonstration: made by the real steps, in various states, and the books balance."""

from collections import Counter

import pytest
import time_machine
from django.core.management import call_command

from deadlines.demo import make_urgings
from deadlines.models import Urging
from disposals.models import Disposal, LossReport
from equipment.models import LedgerEntry, Reservation
from notices.models import Notice
from qltb.demo import make_dossiers
from qltb.demo_notices import make_notices
from repairs.models import Repair
from tests.demo_country import TODAY, load_country, make
from transfers.models import Transfer


@pytest.mark.django_db
@pytest.mark.parametrize("day", [TODAY, "2026-11-22"])  # a working day, a Sunday
def test_there_is_something_to_see_in_every_list(settings, day):
    settings.DEMO = True
    with time_machine.travel(f"{day} 03:00:00+00:00", tick=False):
        load_country()
        call_command("load_procedures")
        make(devices=12_000)
        assert make_dossiers() == 11
        told = make_notices()
        assert make_notices() == told
        assert make_urgings() == Urging.objects.count() > 0
    assert Counter(Repair.objects.values_list("state", flat=True)) == {"draft": 1, "sent": 1, "done": 1}
    states = {"draft": 1, "decided": 1, "handed_over": 1, "received": 1}
    assert Counter(Transfer.objects.values_list("state", flat=True)) == states
    assert Counter(Disposal.objects.values_list("state", flat=True)) == {"draft": 1, "submitted": 1, "closed": 1}
    assert [report.state for report in LossReport.objects.all()] == ["draft"]
    notices = list(Notice.objects.all())  # told once, by their keys
    assert len(notices) == told <= 8
    assert sum(notice.read_at is not None for notice in notices) == min(told, 1)
    assert all(notice.law and notice.address.startswith("/") for notice in notices)
    kinds = Counter(LedgerEntry.objects.filter(dossier__startswith="DC-").values_list("kind", flat=True))
    assert kinds["transfer_out"] == kinds["transfer_in"] == 2
    assert Reservation.objects.count() > 8
    call_command("check_books")
    call_command("rebuild_tally", check=True)
