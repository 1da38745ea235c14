"""Forms: their base classes and fields, and the pages around them (show, take, ask before a step)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.errors import DomainError
from core.http import Request
from ui.fields import DateField, DateInput, LongTextField, MoneyField, MoneyInput, TextField
from ui.form_base import (
    TAMPERED,
    Group,
    KitForm,
    KitFormMixin,
    KitModelForm,
    VersionedForm,
    form_field,
    offer,
    version_field,
)
from ui.links import Link

__all__ = [
    "TAMPERED",
    "DateField",
    "DateInput",
    "FormFactory",
    "Group",
    "KitForm",
    "KitFormMixin",
    "KitModelForm",
    "LongTextField",
    "MoneyField",
    "MoneyInput",
    "TextField",
    "VersionedForm",
    "confirm_action",
    "form_field",
    "handle_form",
    "offer",
    "render_form",
    "version_field",
]

R = TypeVar("R")
FormFactory = Callable[..., KitFormMixin]


def render_form(
    request: Request,
    *,
    form: KitFormMixin,
    title: str,
    submit: str = "Lưu",
    back: str,
    subtitle: str = "",
    breadcrumb: Sequence[Link] = (),
    template: str = "ui/form.html",
    extra_context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a form; 422 when it comes back with errors."""
    refused = form.is_bound and bool(form.errors)
    if refused:
        form.focus_first_error()
    context = {
        "form": form,
        "title": title,
        "subtitle": subtitle,
        "submit": submit,
        "back": back,
        "breadcrumb": breadcrumb,
        **(extra_context or {}),
    }
    return render(request, template, context, status=422 if refused else 200)


def handle_form(  # noqa: PLR0913 - one argument for each thing the page needs
    request: Request,
    *,
    form: FormFactory,
    act: Callable[[dict[str, Any]], R],
    done: str | Callable[[R], str],
    back: str | Callable[[R | None], str],
    title: str,
    submit: str = "Lưu",
    cancel: str = "",
    subtitle: str = "",
    breadcrumb: Sequence[Link] = (),
    template: str = "ui/form.html",
    extra_context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """GET shows the form; POST checks it, acts once and goes `back`.

    `form` is a form class or a partial of it: it is called with nothing, or with data and files.
    `done` and `back` may be made from what `act` gave; `cancel` is where the person goes without saving
    (default: `back`, when that is a URL). What a rule refuses (DomainError) leaves nothing written and is shown
    at its field; a stale record (StaleError) shows what others changed and keeps what was typed.
    """

    def show(shown: KitFormMixin) -> HttpResponse:
        return render_form(
            request,
            form=shown,
            title=title,
            submit=submit,
            back=cancel or (back if isinstance(back, str) else request.path),
            subtitle=subtitle,
            breadcrumb=breadcrumb,
            template=template,
            extra_context=extra_context,
        )

    if request.method != "POST":
        return show(form())
    bound = form(request.POST, request.FILES)
    if not bound.is_valid():
        return show(bound)
    try:
        with transaction.atomic():
            result = act(bound.cleaned_data)
    except DomainError as refusal:
        bound.refuse(refusal)
        return show(bound)
    messages.success(request, done(result) if callable(done) else done)
    return redirect(back(result) if callable(back) else back)


def confirm_action(  # noqa: PLR0913 - one argument for each thing the page needs
    request: Request,
    *,
    act: Callable[[dict[str, Any]], R],
    title: str,
    text: str,
    consequence: str = "",
    submit: str,
    done: str | Callable[[R], str],
    back: str,
    form: FormFactory = KitForm,
    danger: bool = True,
    breadcrumb: Sequence[Link] = (),
) -> HttpResponse:
    """GET asks, naming the thing and the consequence; POST does it.

    `form` holds what must be told with it (a reason, say); `act` gets its cleaned data.
    """
    extra = {"text": text, "consequence": consequence, "danger": danger}
    return handle_form(
        request,
        form=form,
        act=act,
        done=done,
        back=back,
        title=title,
        submit=submit,
        breadcrumb=breadcrumb,
        template="ui/confirm.html",
        extra_context=extra,
    )
