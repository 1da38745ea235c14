"""What every unit of the country has entered for BC01 and BC02, with the marker in every text."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from core.models import DocumentKind
from dossiers import actions as papers
from orgs.models import OrgUnit
from reports.actions import surveys as actions
from reports.bc_forms import bc01
from reports.models import Survey
from reports.rules.surveys import Form, Item, SoftwareRow, reported_year
from tests.world import pdf_file

CLERKS = {
    "01": "nghiepvu_hanoi",
    "48": "nghiepvu_danang",
    "01.001": "nghiepvu_badinh",
    "01.002": "nghiepvu_hoankiem",
    "00.PC": "vanphong",
}


def furnish(country: Any) -> None:
    """BC02 and the second part of BC01, of the year that is reported and of the one before."""
    for code, holding in country.holdings.items():
        by = User.objects.select_related("unit").get(pk=country.world.users[CLERKS[code]].pk)
        year = reported_year(timezone.localdate())
        network = [entered_network(holding.unit, one, holding.marker, by=by) for one in (year - 1, year)][-1]
        software = [entered_software(holding.unit, one, holding.marker, by=by) for one in (year - 1, year)][-1]
        scan = papers.attach(
            network, paper=DocumentKind.NETWORK_PLAN, file=pdf_file(f"so do {holding.marker}.pdf"), by=by
        )
        holding.more |= {"survey_network": network, "survey_software": software, "survey_scan": scan}
        holding.told += [
            *Survey.objects.filter(unit=holding.unit).values_list("number", flat=True),
            str(scan.public_id),
        ]


def entered_network(unit: OrgUnit, year: int, marker: str, *, by: User) -> Survey:
    """A BC02 with a counted row, an answer and a name."""
    survey = actions.open_survey(unit=unit, year=year, form=Form.NETWORK, by=by)
    items = [
        Item("2.1", good=2, poor=1, note=f"Thay máy chủ {marker}"),
        Item("3.3", f"Phần mềm {marker}", good=1),
        Item("3.5", answer=False, note=f"Chưa có quy chế {marker}"),
    ]
    return actions.save_network(
        survey, items=items, proposal=f"Kiến nghị {marker}", finish=False, version=survey.version, by=by
    )


def entered_software(unit: OrgUnit, year: int, marker: str, *, by: User) -> Survey:
    """The second part of BC01 and, for the columns that it lacks, the first."""
    for form in (Form.ISSUED, Form.OWN):
        survey = actions.open_survey(unit=unit, year=year, form=form, by=by)
        values = {rule.name: f"{rule.name[:10]} {marker}" for rule in bc01(form) if rule.name != "name"}
        survey = actions.save_software(
            survey,
            rows=[SoftwareRow(f"Phần mềm {marker}", values)],
            none=False,
            proposal=f"Kiến nghị {marker}",
            finish=False,
            version=survey.version,
            by=by,
        )
    return survey


def network_data(survey: Survey) -> dict[str, Any]:
    """What the form of BC02 sends when nothing but one number is entered."""
    sets = ("2_2_6", "2_3_3", "3_3", "3_4", "3_6")
    empty = {f"muc{one}-{name}_FORMS": "0" for one in sets for name in ("TOTAL", "INITIAL")}
    return {"version": survey.version, "r2_1_good": "3", **empty}
