"""What the check of closed books finds, and what it doesn't."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.yearend.closing import bought, closed, opened
from tests.yearend.support import in_year
from yearend.models import AnnualEdition

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]


def told() -> str:
    out = io.StringIO()
    try:
        call_command("check_closed_books", stdout=out)
    except CommandError as refused:
        return out.getvalue() + str(refused)
    return out.getvalue()


def test_closed_books_are_as_they_were_frozen(world):
    assert "0 closed years" in told()
    bought(world, world.nghiepvu_badinh, ["A1"])
    report = closed(world.units["01.001"], world.nghiepvu_badinh)
    closed(world.units["01.002"], world.nghiepvu_hoankiem)
    assert "1 closed years say what was frozen." in told()
    opened(report, world.nghiepvu_badinh, world.admin1)
    bought(world, world.nghiepvu_badinh, ["A2"], on=in_year(12, 1))
    assert "1 closed years say what was frozen." in told(), "what is open again is no fault"


def test_it_tells_of_figures_that_differ_and_of_a_forged_edition(world):
    bought(world, world.nghiepvu_badinh, ["A1"])
    report = closed(world.units["01.001"], world.nghiepvu_badinh)
    forged = AnnualEdition.objects.create(
        report=report,
        unit=report.unit,
        year=report.year,
        edition=9,
        figures={**report.edition.figures, "own": {}},
        sha256=report.edition.sha256,
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE yearend_annualreport SET edition_id = %s WHERE id = %s", [forged.pk, report.pk])
    found = told()
    assert "01.001 BHXH quận Ba Đình" in found
    assert "don't have its SHA-256" in found
    assert "Cuối kỳ, số lượng: frozen 0, the books say 1" in found
