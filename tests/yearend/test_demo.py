"""The reports of the demonstration: what the product itself would have frozen, for nearly everybody."""

import pytest
import time_machine
from django.core.management import call_command

from accounts.demo import PASSWORD
from deadlines.models import Obligation
from equipment.models import PeriodLock
from reports.queries.annual import lines_by_unit
from reports.rules.annual import as_json, digest
from signing.demo import folder
from signing.keys import file_signer
from signing.queries import findings_of, paper_of
from tests.demo_country import TODAY, load_country, make
from yearend.demo import SIGNERS, make_reports
from yearend.models import AnnualEdition, AnnualReport
from yearend.rules import State
from yearend.rules.figures import lines_of
from yearend.tree import reporting


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2026-01-02", TODAY])  # before anybody has reported, and afterwards
def test_everybody_has_a_report_of_last_year(settings, tmp_path, django_capture_on_commit_callbacks, day):
    settings.DEMO, settings.VAR = True, tmp_path
    with time_machine.travel(f"{TODAY} 03:00:00+00:00", tick=False):
        load_country()
        make(devices=5_000)
    with time_machine.travel(f"{day} 03:00:00+00:00", tick=False), django_capture_on_commit_callbacks(execute=True):
        assert make_reports() == len(reporting(2025)) > 700
    states = dict.fromkeys(AnnualReport.objects.values_list("state", flat=True))
    early = {State.DRAFT, State.LOCKED, State.SENT}
    assert set(states) == early | (set() if day != TODAY else {State.RETURNED, State.ACCEPTED})
    editions = list(AnnualEdition.objects.select_related("unit", "report"))
    assert all(digest(one.figures) == one.sha256 for one in editions)
    assert PeriodLock.objects.count() == len(editions) == AnnualReport.objects.exclude(state=State.DRAFT).count()
    assert all(not line.faults() for one in editions for line in lines_of(one.figures).values())
    some = [one for one in editions if one.unit.code in {"01.002", "48", "04"}]
    own = lines_by_unit([one.unit for one in some], 2025)
    assert all(one.figures["own"] == as_json(own[one.unit_id]) for one in some)
    assert Obligation.objects.filter(kind="annual_report").count() == len(reporting(2025)) - 1
    call_command("check_books")
    sent = AnnualReport.objects.get(state=State.SENT)
    assert sent.unit.code == "01.002"
    findings = findings_of(paper_of(sent))
    assert findings.good
    assert [one.verdict.signer.name for one in findings.signatures] == list(SIGNERS["01.002"].values())
    assert len(list(folder().glob("*.p12"))) == 3 * len(SIGNERS)
    assert file_signer((folder() / "01-con-dau.p12").read_bytes(), PASSWORD)
