import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.yearend.support import drafted, frozen, last_year
from yearend.models import AnnualReport

MOST = 18  # with the session, the account and what sets the scope
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


@pytest.mark.parametrize("name", ["admin1", "nghiepvu_hanoi", "nghiepvu_badinh"])
def test_pages_ask_the_database_seldom_however_many_units(world, client_of, name):
    reports = drafted()
    client = client_of(world.users[name])
    own = reports[User.objects.select_related("unit").get(pk=world.users[name].pk).unit.code]
    addresses = [reverse("yearend:list"), reverse("yearend:detail", args=[own.number])]
    addresses += [f"{addresses[1]}?tab={tab}" for tab in ("van-ban", "cac-lan-khoa", "dien-bien")]
    if name != "nghiepvu_badinh":
        addresses += [reverse("yearend:progress"), f"{addresses[1]}?tab=cap-duoi"]
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        told = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(told) <= MOST, (address, len(told), told)
