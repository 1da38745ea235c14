"""The three ways to sign a step."""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.http import Request
from signing import blocks
from signing.actions import links, signatures
from signing.actions.tries import note_failure
from signing.forms import DeviceForm, KeyFileForm, SignedFileForm
from signing.keys import Token, WrongSecretError, tokens
from signing.models import Paper
from signing.policies import access_paper
from signing.queries import pictures_of, revisions_of
from signing.rules import PaperState, Step, next_step
from signing.views.outside import tool_order
from signing.views.pages import EDIT, LIST
from ui.actions import run_action
from ui.forms import FormFactory, handle_form
from ui.links import Link

LOCAL_TOOL = "wss://127.0.0.1:8987"
"""Where the signing tool of the Government Cipher Committee listens on a person's own computer."""


def _page(paper: Paper) -> str:
    return reverse("signing:detail", args=[paper.public_id])


def _done(paper: Paper) -> str:
    return (
        "Đã ký. Văn bản đã đủ chữ ký." if paper.state == PaperState.COMPLETE else "Đã ký. Chuyển đến bước ký kế tiếp."
    )


def _turn(paper: Paper) -> tuple[Step, dict[str, Any]]:
    """Whose turn it is, and what every page of signing shows. The door has let an open paper through."""
    revisions = list(revisions_of(paper))
    step = next_step(paper.boxes, blocks.signed_steps(revisions))
    assert step is not None  # noqa: S101 - a paper that is open awaits somebody
    last = revisions[-1]
    shown = {
        "facts": blocks.FactList(blocks.facts(paper, revisions), wide=True),
        "stepper": blocks.stepper(paper, revisions),
        "download": reverse("signing:file", args=[paper.public_id, last.number]),
        "step": step,
    }
    return step, shown


def _sign(
    request: Request, paper: Paper, form: FormFactory, act: Callable[[dict[str, Any]], Paper], **words: Any
) -> HttpResponse:
    """A page that signs; a wrong password or PIN goes into the audit, though what was tried is rolled back."""
    wrong: list[WrongSecretError] = []

    def tried(data: dict[str, Any]) -> Paper:
        try:
            return act(data)
        except WrongSecretError as refusal:
            wrong.append(refusal)
            raise

    response = handle_form(
        request,
        form=form,
        act=tried,
        done=_done,
        back=_page(paper),
        submit="Ký số",
        template="signing/sign.html",
        breadcrumb=[LIST, Link(paper.title, _page(paper))],
        **words,
    )
    if wrong:
        note_failure(by=request.user)
    return response


@sensitive_post_parameters("password")
@require_http_methods(EDIT)
def sign_file(request: Request, public_id: uuid.UUID) -> HttpResponse:
    paper = access_paper(request.user, public_id, "sign")
    step, shown = _turn(paper)
    return _sign(
        request,
        paper,
        partial(KeyFileForm, pictures=pictures_of(paper, step), initial={"step": step}),
        lambda data: signatures.sign_with_file(
            paper,
            step=data["step"],
            key_file=data["key_file"].read(),
            password=data["password"],
            picture=data["picture"],
            by=request.user,
        ),
        title=f"Ký bằng tệp chứng thư: {step.label}",
        extra_context=shown,
    )


@sensitive_post_parameters("pin")
@require_http_methods(EDIT)
def sign_device(request: Request, public_id: uuid.UUID) -> HttpResponse:
    paper = access_paper(request.user, public_id, "sign")
    step, shown = _turn(paper)
    found, problem = _devices()
    return _sign(
        request,
        paper,
        partial(DeviceForm, tokens=found, pictures=pictures_of(paper, step), initial={"step": step}),
        lambda data: signatures.sign_with_device(
            paper, step=data["step"], token=data["token"], pin=data["pin"], picture=data["picture"], by=request.user
        ),
        title=f"Ký bằng thiết bị trên máy chủ: {step.label}",
        extra_context={**shown, "problem": problem},
    )


def _devices() -> tuple[list[Token], str]:
    """The devices that are there, or why they can't be listed."""
    try:
        return tokens(), ""
    except DomainError as refusal:
        return [], str(refusal)


@csp_update({"connect-src": [SELF, LOCAL_TOOL]})  # type: ignore[arg-type]  # our request is a request
@require_http_methods(EDIT)
def sign_outside(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Save the file, sign it with one's own tool, bring it back."""
    paper = access_paper(request.user, public_id, "sign")
    return _outside(request, paper, {})


def _outside(request: Request, paper: Paper, more: Mapping[str, Any]) -> HttpResponse:
    step, shown = _turn(paper)
    return _sign(
        request,
        paper,
        partial(SignedFileForm, initial={"step": step}),
        lambda data: signatures.take_signed(paper, step=data["step"], pdf=data["signed_file"].read(), by=request.user),
        title=f"Ký bằng công cụ bên ngoài: {step.label}",
        extra_context={**shown, "outside": True, "paper": paper, **more},
    )


@csp_update({"connect-src": [SELF, LOCAL_TOOL]})  # type: ignore[arg-type]  # our request is a request
@require_POST
def link_issue(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """A one-time link for the signing tool, shown this once."""
    paper = access_paper(request.user, public_id, "sign")
    step, shown = _turn(paper)
    token, secret = links.issue(paper, step=step, by=request.user)
    context = {
        **shown,
        "title": f"Ký bằng công cụ ký số: {step.label}",
        "order": tool_order(request, token, secret),
        "tool": f"{LOCAL_TOOL}/{'SignIssued' if step == Step.SEAL else 'SignApproved'}",
        "token": token,
        "paper": paper,
        "back": reverse("signing:sign_outside", args=[public_id]),
        "page": _page(paper),
        "breadcrumb": [LIST, Link(paper.title, _page(paper))],
    }
    return render(request, "signing/link.html", context)


@require_POST
def link_revoke(request: Request, public_id: uuid.UUID) -> HttpResponse:
    paper = access_paper(request.user, public_id, "sign")
    step, _ = _turn(paper)
    return run_action(
        request,
        lambda: links.revoke(paper, step=step, by=request.user),
        done="Đã thu hồi liên kết ký.",
        back=reverse("signing:sign_outside", args=[public_id]),
    )
