"""Types of what a view receives."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import User


class Request(HttpRequest):
    """What every logged-in view receives. For the type checker only."""

    user: "User"
    htmx: HtmxDetails
