import pytest
from django.urls import reverse

from tests.yearend.support import drafted, frozen, last_year
from yearend.models import AnnualReport

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]


def page(client, name, *args, **query):
    return client.get(reverse(f"yearend:{name}", args=args), query)


def test_pages_of_a_draft_and_of_frozen_figures(world, client_of):
    reports = drafted()
    client = client_of(world.nghiepvu_hanoi)
    assert page(client, "list").status_code == 200
    number = reports["01"].number
    for tab in ("so-lieu", "cap-duoi", "van-ban", "cac-lan-khoa", "dien-bien"):
        shown = page(client, "detail", number, tab=tab)
        assert shown.status_code == 200, tab
    frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    report = frozen(world.units["01"], by=world.nghiepvu_hanoi)
    shown = page(client, "detail", number, tab="cap-duoi")
    assert "1 đơn vị chưa khóa số liệu" in shown.content.decode()
    assert page(client, "edition", report.edition.public_id).status_code == 200
    assert page(client, "edition", report.edition.public_id, tab="cap-duoi").status_code == 200
    assert page(client, "consolidate", number).status_code == 200
    described = client.post(
        reverse("yearend:describe", args=[reports["48"].number]), {"assessment": "Tốt", "proposal": "", "version": "1"}
    )
    assert described.status_code == 404
    assert AnnualReport.objects.get(number=number, year=last_year()).edition.missing == ["01.002"]
