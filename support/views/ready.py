"""Ready answers of a unit."""

import uuid
from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from support.actions import ready
from support.forms import CannedForm
from support.policies import access_canned, canned_of, require_answering
from support.tables import CannedTable
from support.views.pages import EDIT, LIST
from ui.actions import Action
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list


@require_safe
def canned_list(request: Request) -> HttpResponseBase:
    require_answering(request.user)
    create = Link("Thêm câu mẫu", reverse("canned:create"))
    return render_list(
        request,
        queryset=canned_of(request.user),
        table=CannedTable,
        title="Câu trả lời mẫu",
        noun="câu mẫu",
        export_name="cau-tra-loi-mau",
        create=create,
        breadcrumb=[LIST],
        empty=Empty(
            "Chưa có câu trả lời mẫu nào",
            "Câu hay dùng lưu ở đây, khi trả lời chọn một lần là có.",
            create,
            icon="message",
        ),
    )


@require_http_methods(EDIT)
def canned_create(request: Request) -> HttpResponse:
    require_answering(request.user)
    return handle_form(
        request,
        form=partial(CannedForm, initial={"version": 0}),
        act=lambda data: ready.write(None, title=data["title"], text=data["text"], by=request.user),
        done=lambda saved: f"Đã thêm câu mẫu “{saved.title}”.",
        back=reverse("canned:list"),
        title="Thêm câu trả lời mẫu",
        breadcrumb=[LIST, Link("Câu trả lời mẫu", reverse("canned:list"))],
    )


@require_http_methods(EDIT)
def canned_edit(request: Request, public_id: uuid.UUID) -> HttpResponse:
    canned = access_canned(request.user, public_id)
    removing = Action("Xóa câu mẫu", reverse("canned:remove", args=[public_id]), "danger", "trash", method="get")
    return handle_form(
        request,
        form=partial(CannedForm, initial={"version": canned.version, "title": canned.title, "text": canned.text}),
        act=lambda data: ready.write(canned, by=request.user, **data),
        done=lambda saved: f"Đã lưu câu mẫu “{saved.title}”.",
        back=reverse("canned:list"),
        title=f"Câu mẫu “{canned.title}”",
        breadcrumb=[LIST, Link("Câu trả lời mẫu", reverse("canned:list"))],
        template="support/form.html",
        extra_context={"actions": [removing]},
    )


@require_http_methods(EDIT)
def canned_remove(request: Request, public_id: uuid.UUID) -> HttpResponse:
    canned = access_canned(request.user, public_id)
    return confirm_action(
        request,
        act=lambda _: ready.remove(canned, by=request.user),
        title=f"Xóa câu mẫu “{canned.title}”",
        text=f"Xóa câu trả lời mẫu “{canned.title}”?",
        consequence="Câu trả lời đã gửi trước đây không đổi.",
        submit="Xóa câu mẫu",
        done=f"Đã xóa câu mẫu “{canned.title}”.",
        back=reverse("canned:list"),
        breadcrumb=[LIST, Link("Câu trả lời mẫu", reverse("canned:list"))],
    )
