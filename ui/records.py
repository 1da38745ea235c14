"""The page of one record: what it is, what may be done to it, and tabs of which only the open one is made.

Every record can be had on paper (`?in=pdf`): there all its tabs are made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from core.http import Request
from ui.actions import Action
from ui.blocks import Fact, Status
from ui.links import Link, querystring
from ui.lists import wants_fragment
from ui.record_pdf import Part, Sheet, record_pdf

AS_PDF = Link("In hồ sơ (PDF)", "?in=pdf", icon="file-type-pdf")


@dataclass(frozen=True)
class Tab:
    """A part of the record, made only when it is open.

    `content` gives a block, a SafeString, or text; with `template` it gives that template's context instead.
    `count` stands beside the label.
    """

    key: str
    label: str
    content: Callable[[], Any]
    template: str = ""
    count: int | None = None

    def render(self, request: Request) -> SafeString | str:
        """The tab's HTML."""
        made = self.content()
        if self.template:
            return render_to_string(self.template, dict(made), request=request)
        return str(made) if hasattr(made, "__html__") else made


@dataclass(frozen=True)
class ShownTab:
    """A tab as the page shows it."""

    label: str
    url: str
    count: int | None
    active: bool


def render_record(  # noqa: PLR0913 - one argument for each thing the page shows
    request: Request,
    *,
    title: str,
    subtitle: str = "",
    code: str = "",
    status: Status | None = None,
    facts: Sequence[Fact] = (),
    head: Sequence[object] = (),
    actions: Sequence[Action | Link] = (),
    tabs: Sequence[Tab] = (),
    breadcrumb: Sequence[Link] = (),
    template: str = "ui/record.html",
    extra_context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of one record; `?tab=` chooses the tab, an unknown one opens the first.

    `head` holds blocks between the head and the tabs (a stepper, a clock, a notice). `?in=pdf` gives the same as a
    PDF with every tab: the view got the record through a door, so the paper has the page's access.
    """
    if request.GET.get("in") == "pdf":
        parts = [Part(tab.label, tab.render(request), tab.count) for tab in tabs]
        return record_pdf(request, Sheet(title, subtitle, code, status, facts, head, parts))
    wanted = request.GET.get("tab", "")
    active = next((tab for tab in tabs if tab.key == wanted), tabs[0] if tabs else None)
    context = {
        "title": title,
        "subtitle": subtitle,
        "code": code,
        "status": status,
        "facts": facts,
        "head": head,
        "actions": [action for action in actions if isinstance(action, Action)],
        "links": [*(action for action in actions if isinstance(action, Link)), AS_PDF],
        "tabs": [ShownTab(tab.label, querystring(request, {"tab": tab.key}), tab.count, tab is active) for tab in tabs],
        "content": active.render(request) if active else "",
        "breadcrumb": breadcrumb,
        **(extra_context or {}),
    }
    name = "ui/record_tabs.html" if wants_fragment(request, "record-tabs") else template
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
