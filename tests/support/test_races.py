"""Two at once: one wins, the other is told; nothing is owed or said twice."""

import pytest
from django.test import Client

from core.models import Event
from support.models import SupportMessage, SupportRequest
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.pages import Person
from tests.support import support as s

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return w.make_world()


def pressing(user, url, **typed):
    """Open the form now; what is given sends it."""
    client = Client()
    client.force_login(user)
    one = Person(client)
    form = one.get(url).form() | typed
    return lambda: one.post(url, form)


def statuses(*acts):
    given = at_once(*acts)
    assert not failures(given), given
    return sorted(page.status for page in given)


def test_two_answers_at_once(world):
    """The second one sees that there is an answer, keeps what it wrote, and may send it knowingly."""
    made = s.asked(world.nghiepvu_badinh)
    url = f"/ho-tro/{made.number}/tra-loi/"
    both = (world.nghiepvu_hanoi, world.admin2_hanoi)
    assert statuses(*(pressing(user, url, text=f"Của {user.username}") for user in both)) == [200, 422]
    assert SupportMessage.objects.filter(kind="answer").count() == 1
    assert Event.objects.filter(kind="support.answered").count() == 1
    assert s.owed(made) == [("01", "fulfilled")]


def test_the_same_request_twice(world):
    act = pressing(world.tracuu_badinh, "/ho-tro/moi/", topic="usage", subject="Hỏi", text="Nội dung")
    assert statuses(act, act) == [200, 200]
    assert SupportRequest.objects.count() == SupportMessage.objects.count() == 1


def test_answered_while_it_is_withdrawn(world):
    made = s.asked(world.nghiepvu_badinh)
    answer = pressing(world.nghiepvu_hanoi, f"/ho-tro/{made.number}/tra-loi/", text="Trả lời")
    withdraw = pressing(world.nghiepvu_badinh, f"/ho-tro/{made.number}/dong/", text="")
    assert statuses(answer, withdraw) == [200, 422]
    made = s.fresh(made)
    assert (made.state, [state for _, state in s.owed(made)]) in [("answered", ["fulfilled"]), ("closed", ["waived"])]


def test_passed_on_by_two_at_once(world):
    made = s.asked(world.nghiepvu_badinh)
    url = f"/ho-tro/{made.number}/chuyen-len/"
    both = (world.nghiepvu_hanoi, world.admin2_hanoi)
    found = statuses(*(pressing(user, url, reason="Cần Trung tâm") for user in both))
    assert found == [200, 422]
    assert s.owed(made) == [("01", "waived"), ("00.CNTT", "open")]


def test_a_page_that_lay_open_too_long_says_what_happened(world):
    """The request was passed on: its former handler answers no more, and is told, not met by a fault of the server."""
    made = s.asked(world.nghiepvu_badinh)
    late = pressing(world.nghiepvu_hanoi, f"/ho-tro/{made.number}/tra-loi/", text="Trả lời")
    s.escalated(made, world.admin2_hanoi)
    assert late().status == 403
    reopening = pressing(world.nghiepvu_badinh, f"/ho-tro/{made.number}/bo-sung/", text="Thêm")
    s.closed(made, world.nghiepvu_badinh)
    assert reopening().status == 403
    assert SupportMessage.objects.filter(kind__in=["answer", "reply"]).count() == 0
