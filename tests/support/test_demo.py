"""The requests of the demonstration: in every state, and on the way to IT Center too."""

from collections import Counter

import pytest

from accounts.demo import ACCOUNTS
from accounts.models import User
from support.demo import make_requests
from support.models import CannedAnswer, HelpArticle, SupportRequest
from support.rules import State

pytestmark = pytest.mark.django_db


def test_there_is_a_request_in_every_state(world):
    """The small country has the accounts of the demonstration."""
    names = {account.username for account in ACCOUNTS}
    assert names == set(User.objects.values_list("username", flat=True))
    assert make_requests() == SupportRequest.objects.count() == 6
    assert set(Counter(SupportRequest.objects.values_list("state", flat=True))) == set(State)
    assert SupportRequest.objects.filter(partner__code="00.CNTT").count() == 3
    assert CannedAnswer.objects.count() == 2
    assert HelpArticle.objects.filter(published=True).count() == 3
