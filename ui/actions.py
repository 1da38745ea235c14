"""What a person does to a record: the button, the question before it, the words after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.errors import DomainError
from core.http import Request
from ui.links import Link

R = TypeVar("R")
Style = Literal["primary", "secondary", "danger"]


@dataclass(frozen=True)
class Action:
    """A step that is legal now and allowed to this person.

    `method` "post" makes a button; `confirm` (what will be done, to what, with what consequence) makes it
    a link to the page at `url` that asks first (`ui.forms.confirm_action`): no script is needed for that.
    """

    label: str
    url: str
    style: Style = "secondary"
    icon: str = ""
    confirm: str = ""
    method: Literal["get", "post"] = "post"
    help: str = ""

    @property
    def posts(self) -> bool:
        """Whether pressing it acts at once."""
        return self.method == "post" and not self.confirm

    @property
    def css(self) -> str:
        """Class of the button."""
        names = {"primary": "btn btn-primary", "danger": "btn btn-outline-danger", "secondary": "btn"}
        return names[self.style]


def run_action(
    request: Request, act: Callable[[], R], *, done: str | Callable[[R], str], back: str | Callable[[R], str]
) -> HttpResponse:
    """POST a transition: call it once, say what happened, go back.

    `done` and `back` may be made from what `act` gave. A refusal (DomainError) leaves nothing written, is said,
    and goes `back` too, or where `back` needs a result, to the address of the step.
    """
    try:
        with transaction.atomic():
            result = act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(back if isinstance(back, str) else request.path)
    messages.success(request, done(result) if callable(done) else done)
    return redirect(back(result) if callable(back) else back)


def confirm_page(
    request: Request,
    *,
    title: str,
    text: str,
    consequence: str = "",
    submit: str,
    back: str,
    danger: bool = True,
    breadcrumb: Sequence[Link] = (),
) -> HttpResponse:
    """Ask before acting: name the thing and the consequence. The form posts to the same address."""
    context = {
        "title": title,
        "text": text,
        "consequence": consequence,
        "submit": submit,
        "back": back,
        "danger": danger,
        "breadcrumb": breadcrumb,
    }
    return render(request, "ui/confirm.html", context)
