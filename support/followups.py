"""Where later dossiers join: the steps that lead from a request to what has to be opened because of it.

A request about accounts (`Topic.ACCOUNT`, art. 13.5) is answered like any other; the app that keeps the dossiers of
accounts offers from its AppConfig.ready the step that opens one from the request.
"""

from collections import defaultdict
from collections.abc import Callable

from accounts.models import User
from support.models import SupportRequest
from support.rules import Topic
from ui.actions import Action
from ui.links import Link

FollowUp = Callable[[User, SupportRequest], Action | Link | None]
"""The step for this person on this request, if there is one now. The request came through its door."""
_offered: dict[str, list[FollowUp]] = defaultdict(list)


def offer(topic: Topic, step: FollowUp) -> None:
    """Show `step` on the pages of requests about `topic`."""
    _offered[topic].append(step)


def steps_for(user: User, request: SupportRequest) -> list[Action | Link]:
    """What else may be opened from this request."""
    return [found for step in _offered[request.topic] if (found := step(user, request)) is not None]
