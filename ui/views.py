"""What is done with a saved view. The list itself and its menu are ui.lists'."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.http import Request
from ui import columns, saved_views
from ui.actions import run_action
from ui.forms import KitForm, TextField, confirm_action, handle_form
from ui.models import NAME_LENGTH, SavedView

SHARING = "Đồng nghiệp cùng đơn vị mở được; chỉ bạn sửa được. Mỗi người vẫn chỉ thấy dữ liệu mình được xem."


class ViewForm(KitForm):
    name = TextField(label="Tên chế độ xem", max_length=NAME_LENGTH)
    shared = forms.BooleanField(label="Dùng chung trong đơn vị", required=False, help_text=SHARING)


class NewViewForm(ViewForm):
    default = forms.BooleanField(label="Mở mặc định cho tôi", required=False)
    state = forms.CharField(label="Danh sách", widget=forms.HiddenInput)


@require_POST
def view_create(request: Request) -> HttpResponse:
    """Keep the list as it is looked at. A refused name is asked for again on a page of its own."""

    def act(data: dict[str, Any]) -> SavedView:
        state = saved_views.unsealed(data.pop("state"), request.user)
        return saved_views.save_new(state, by=request.user, **data)

    return handle_form(
        request,
        form=NewViewForm,
        act=act,
        done=_saved,
        back=lambda view: view.address if view else "/",
        title="Lưu chế độ xem",
        cancel=_looked_at(request) or "/",
    )


def _saved(view: SavedView) -> str:
    shared = " Đồng nghiệp cùng đơn vị cũng mở được." if view.shared else ""
    return f"Đã lưu chế độ xem “{view.name}”.{shared}"


def _looked_at(request: Request, view: SavedView | None = None) -> str:
    """The list from which it was asked, opened as `view`; where that isn't known, the view itself."""
    try:
        address = saved_views.unsealed(request.POST.get("state", ""), request.user).address
    except DomainError:
        return view.address if view else ""
    return f"{address}{'&' if '?' in address else '?'}view={view.public_id}" if view else address


@require_POST
def view_update(request: Request, public_id: UUID) -> HttpResponse:
    """Keep the list as it is looked at in place of what the view held."""
    view = saved_views.access_view(request.user, public_id)

    def act() -> None:
        state = saved_views.unsealed(request.POST.get("state", ""), request.user)
        saved_views.save_again(view, state)
        columns.forget(request, str(public_id))

    return run_action(request, act, done=f"Đã cập nhật chế độ xem “{view.name}”.", back=_looked_at(request, view))


@require_POST
def view_default(request: Request, public_id: UUID) -> HttpResponse:
    """Open the list with this view from now on, or no longer."""
    view = saved_views.access_view(request.user, public_id, own=False)
    act, done = partial(saved_views.make_default, view, by=request.user), f"mở với chế độ xem “{view.name}”"
    if request.POST.get("default") == "0":
        act, done = partial(saved_views.drop_default, view.path, by=request.user), "mở với toàn bộ các dòng"
    return run_action(request, act, done=f"Từ nay danh sách này {done}.", back=_looked_at(request, view))


@require_http_methods(["GET", "HEAD", "POST"])
def view_edit(request: Request, public_id: UUID) -> HttpResponse:
    view = saved_views.access_view(request.user, public_id)
    return handle_form(
        request,
        form=partial(ViewForm, initial={"name": view.name, "shared": view.shared}),
        act=lambda data: saved_views.rename(view, by=request.user, **data),
        done=_saved,
        back=view.address,
        title=f"Sửa chế độ xem {view.name}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def view_delete(request: Request, public_id: UUID) -> HttpResponse:
    view = saved_views.access_view(request.user, public_id)
    consequence = "Không thiết bị, hồ sơ nào bị xóa; chỉ mất bộ lọc, thứ tự và các cột đã lưu."
    if view.shared:
        consequence += " Đồng nghiệp sẽ không còn thấy chế độ xem này; ai mở mặc định sẽ lại thấy toàn bộ danh sách."
    return confirm_action(
        request,
        act=lambda _: saved_views.delete(view, by=request.user),
        title=f"Xóa chế độ xem {view.name}",
        text=f"Xóa chế độ xem “{view.name}”?",
        consequence=consequence,
        submit="Xóa chế độ xem",
        done=f"Đã xóa chế độ xem “{view.name}”.",
        back=view.address,
    )
