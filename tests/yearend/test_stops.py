"""A step that isn't to be done now says so where it is opened: the state, and what to do."""

import pytest
import time_machine

from tests.yearend.closing import closed, report_of
from tests.yearend.support import drafted
from yearend.rules import State
from yearend.rules.steps import RECEIVING, STEPS, obstacle

URL = "/bao-cao-nam/{}/{}/"
LATER = ("gui", "tong-hop", "huy-ban-in", "mo-khoa", "ban-hanh")
RECEIVED = ("tiep-nhan", "tra-lai", "doi-chieu")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_legal_or_told_what_to_do(step, state):
    told = obstacle(step, number="BCN-1", state=state)
    assert bool(told) == (state not in STEPS[step][1])
    assert not told or f"“{state.label}” nên không {STEPS[step][0]} được. " in told
    assert not told or not told.endswith(". ")


def test_every_receiving_step_is_one():
    assert set(STEPS) > RECEIVING


@pytest.mark.django_db
@pytest.mark.dieu("13.8")
class TestPages:
    def told(self, client, number, page):
        answer = client.get(URL.format(number, page), follow=True)
        assert answer.redirect_chain == [(f"/bao-cao-nam/{number}/", 302)], page
        return answer.content.decode()

    def test_before_the_first_lock(self, world, client_of):
        number = drafted()["01.001"].number
        client = client_of(world.nghiepvu_badinh)
        for page in LATER:
            assert "đang ở trạng thái “Đang lập”" in self.told(client, number, page), page
            assert client.post(URL.format(number, page), {"version": 1}).status_code == 422, page
        above = client_of(world.nghiepvu_hanoi)
        for page in RECEIVED:
            assert "Đơn vị chưa gửi báo cáo" in self.told(above, number, page), page

    def test_after_the_lock(self, world, client_of):
        report = closed(world.units["01.001"], world.nghiepvu_badinh)
        client = client_of(world.nghiepvu_badinh)
        for page in ("khoa", "ghi-chu", "gui", "huy-ban-in"):
            assert "“Đã khóa số liệu”" in self.told(client, report.number, page), page
        for page in ("ban-hanh", "tong-hop", "mo-khoa"):
            assert client.get(URL.format(report.number, page)).status_code == 200, page

    def test_the_year_must_be_over(self, world, client_of):
        report = report_of(world.units["01.001"])
        with time_machine.travel(f"{report.year}-12-30 03:00:00+00:00", tick=False):
            client = client_of(world.nghiepvu_badinh)
            assert "chưa hết. Chỉ khóa số liệu từ ngày" in self.told(client, report.number, "khoa")
