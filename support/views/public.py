"""The help page: questions with the answers that IT Center made public."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import Request
from support.actions import public
from support.forms import ArticleForm, HelpSearchForm
from support.models import HelpArticle, SupportRequest
from support.policies import access_article, access_request, require_speaking, speaks_for_all
from support.queries import articles, last_answer, suggestions, topics_with_articles, withdrawn
from support.views.pages import EDIT, LIST
from ui.actions import Action, run_action
from ui.forms import handle_form
from ui.links import Link

HELP = Link("Trợ giúp", "/ho-tro/tro-giup/")


@require_safe
def help_list(request: Request) -> HttpResponse:
    form = HelpSearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "topic": ""}
    context = {
        "title": "Trợ giúp",
        "breadcrumb": [LIST],
        "form": form,
        "articles": articles(asked["q"], asked["topic"]),
        "narrowed": bool(asked["q"] or asked["topic"]),
        "topics": topics_with_articles(),
        "topic": asked["topic"],
        "withdrawn": withdrawn() if speaks_for_all(request.user) else [],
        "speaks": speaks_for_all(request.user),
    }
    return render(request, "support/help.html", context, status=200 if form.is_valid() else 400)


@require_safe
def help_suggest(request: Request) -> HttpResponse:
    """The part of the page of asking that shows what has been answered already."""
    found = suggestions(request.GET.get("subject", "")[:200])
    response = render(request, "support/_suggestions.html", {"articles": found})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def help_article(request: Request, pk: int) -> HttpResponse:
    article = access_article(request.user, pk)
    context = {"title": article.question, "article": article, "breadcrumb": [LIST, HELP]}
    if speaks_for_all(request.user):
        label = "Ngừng công bố" if article.published else "Công bố lại"
        edit = Action("Sửa", reverse("help:edit", args=[pk]), icon="pencil", method="get")
        context["actions"] = [edit, Action(label, reverse("help:show", args=[pk]), icon="eye-off")]
    return render(request, "support/article.html", context)


@require_http_methods(EDIT)
def help_create(request: Request) -> HttpResponse:
    require_speaking(request.user)
    source = _source(request, request.GET.get("tu", ""))
    initial: dict[str, Any] = {"version": 0}
    if source is not None:
        initial |= {"source": source.number, "topic": source.topic, "question": source.subject}
        initial["answer"] = last_answer(source)
    return handle_form(
        request,
        form=partial(ArticleForm, initial=initial),
        act=lambda data: _publish(request, data),
        done=lambda made: f"Đã công bố “{made.question}”.",
        back=lambda made: reverse("help:article", args=[made.pk]) if made else HELP.url,
        cancel=HELP.url,
        title="Thêm câu hỏi thường gặp",
        submit="Công bố",
        breadcrumb=[LIST, HELP],
    )


def _publish(request: Request, data: dict[str, Any]) -> HelpArticle:
    return public.publish(
        None,
        topic=data["topic"],
        question=data["question"],
        answer=data["answer"],
        source=_source(request, data["source"]),
        by=request.user,
    )


def _source(request: Request, number: str) -> SupportRequest | None:
    """The request that the answer comes from: one that the account sees, or none at all."""
    if not number:
        return None
    try:
        return access_request(request.user, number, "view")
    except Http404:
        return None


@require_http_methods(EDIT)
def help_edit(request: Request, pk: int) -> HttpResponse:
    article = access_article(request.user, pk)
    require_speaking(request.user)
    names = ("version", "topic", "question", "answer")
    return handle_form(
        request,
        form=partial(ArticleForm, initial={name: getattr(article, name) for name in names}),
        act=lambda data: public.publish(article, by=request.user, **{name: data[name] for name in names}),
        done="Đã lưu.",
        back=reverse("help:article", args=[pk]),
        title="Sửa câu hỏi thường gặp",
        breadcrumb=[LIST, HELP],
    )


@require_POST
def help_show(request: Request, pk: int) -> HttpResponse:
    article = access_article(request.user, pk)
    require_speaking(request.user)
    published = not article.published
    return run_action(
        request,
        lambda: public.show(article, published=published, by=request.user),
        done="Đã công bố lại." if published else "Đã ngừng công bố.",
        back=reverse("help:article", args=[pk]),
    )
