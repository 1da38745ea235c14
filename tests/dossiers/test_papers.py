"""What one side has to show isn't shown by the other."""

import pytest

from core.models import Document
from dossiers.actions import kinds_of
from tests import world as w
from tests.equipment.support import ready

pytestmark = pytest.mark.django_db


def test_a_paper_counts_for_the_unit_that_added_it(world):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    partner = world.units["01.002"]
    Document.objects.create(
        subject=made,
        unit=partner,
        kind="data_wipe",
        title="x.pdf",
        file="aa/bb/y.pdf",
        sha256="0" * 64,
        size=1,
        pages=1,
    )
    assert kinds_of(made) == {"minutes"}
    assert kinds_of(made, by=partner) == {"data_wipe"}


@pytest.mark.parametrize("who", ["nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang"])
def test_the_search_jumps_to_dossiers_that_are_seen(world, client_of, who):
    made = w.draft(world, world.nghiepvu_badinh, ["A1"])
    answer = client_of(world.users[who]).get("/tim-kiem/", {"q": f" {made.number.lower()} "})
    if who == "nghiepvu_danang":
        assert answer.status_code == 200
    else:
        assert answer.headers["Location"] == f"/tiep-nhan/{made.number}/"


def test_a_null_byte_in_a_searched_choice_is_no_fault_of_the_server(world, client_of):
    client = client_of(world.nghiepvu_badinh)
    answer = client.post("/dieu-chuyen/moi/", {"receiver": "01.002\0", "devices": "x", "reason": "y"})
    assert answer.status_code == 422
