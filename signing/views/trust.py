"""Whom the system trusts, and lists of what was revoked: level-1 admins' pages."""

import uuid
from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from dossiers.blocks import history_of, newest_first
from signing.actions import trust as actions
from signing.filters import AuthorityFilter
from signing.forms import AuthorityForm, RevocationForm, SwitchForm
from signing.models import TrustedAuthority
from signing.policies import access_authority, require_trust
from signing.tables import ROOT, AuthorityTable, RevocationTable
from signing.views.pages import EDIT, LIST
from signing.views.registers import certificate_facts, standing
from ui.actions import Action
from ui.blocks import Fact, Rows
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

TRUST = Link("Gốc tin cậy", "/ky-so/tin-cay/")


@require_safe
def authority_list(request: Request) -> HttpResponseBase:
    require_trust(request.user)
    create = Link("Thêm chứng thư CA", reverse("trust:create"))
    return render_list(
        request,
        queryset=TrustedAuthority.objects.all(),
        table=AuthorityTable,
        filterset=AuthorityFilter,
        title="Gốc tin cậy",
        noun="chứng thư CA",
        export_name="goc-tin-cay",
        create=create,
        actions=[Link("Tải lên danh sách thu hồi", reverse("trust:revocations"), icon="upload")],
        subtitle="Chữ ký số chỉ hợp lệ khi chứng thư của người ký được cấp dưới một gốc đang tin cậy.",
        empty=Empty(
            "Chưa tin cậy tổ chức chứng thực nào",
            "Hãy thêm chứng thư gốc và chứng thư CA cấp dưới của Ban Cơ yếu Chính phủ.",
            create,
            icon="shield-check",
        ),
        breadcrumb=[LIST],
    )


@require_safe
def authority_detail(request: Request, public_id: uuid.UUID) -> HttpResponse:
    authority = access_authority(request.user, public_id)
    label = "Ngừng tin cậy" if authority.active else "Tin cậy lại"
    url = reverse("trust:switch", args=[public_id])
    return render_record(
        request,
        title=authority.name,
        status=standing(active=authority.active),
        facts=[Fact("Cấp", ROOT[authority.root])],
        actions=[Action(label, url, "danger" if authority.active else "secondary", confirm=label)],
        tabs=[
            Tab("chung-thu", "Chứng thư", partial(certificate_facts, authority)),
            Tab("thu-hoi", "Danh sách thu hồi", lambda: _lists(authority)),
            Tab("dien-bien", "Diễn biến", lambda: newest_first(history_of(authority, created="Thêm"))),
        ],
        breadcrumb=[LIST, TRUST],
    )


def _lists(authority: TrustedAuthority) -> Rows:
    hint = "Chưa có danh sách: việc thu hồi chứng thư do nơi này cấp không kiểm tra được."
    return Rows.of(RevocationTable, authority.lists.all(), empty=Empty("Chưa có danh sách thu hồi", hint))


@require_http_methods(EDIT)
def authority_create(request: Request) -> HttpResponse:
    require_trust(request.user)
    return handle_form(
        request,
        form=AuthorityForm,
        act=lambda data: actions.add_authorities(data["file"].read(), name=data["name"], by=request.user),
        done=lambda made: f"Đã thêm {len(made)} chứng thư CA.",
        back=TRUST.url,
        title="Thêm chứng thư CA",
        subtitle="Hãy đối chiếu dấu vân tay SHA-256 với công bố của nơi cấp sau khi thêm.",
        submit="Thêm",
        breadcrumb=[LIST, TRUST],
    )


@require_http_methods(EDIT)
def authority_switch(request: Request, public_id: uuid.UUID) -> HttpResponse:
    authority = access_authority(request.user, public_id)
    verb = "Ngừng tin cậy" if authority.active else "Tin cậy lại"
    page = reverse("trust:detail", args=[public_id])
    return confirm_action(
        request,
        form=SwitchForm,
        act=lambda data: actions.switch_authority(
            authority, active=not authority.active, reason=data["reason"], by=request.user
        ),
        title=verb,
        text=f"{verb} “{authority.name}”?",
        consequence="Chữ ký bằng chứng thư do nơi này cấp sẽ bị coi là không tin cậy, kể cả trên văn bản đã ký."
        if authority.active
        else "",
        submit=verb,
        done="Đã ghi nhận.",
        back=page,
        danger=authority.active,
        breadcrumb=[LIST, TRUST, Link(authority.name, page)],
    )


@require_http_methods(EDIT)
def revocation_create(request: Request) -> HttpResponse:
    require_trust(request.user)
    return handle_form(
        request,
        form=RevocationForm,
        act=lambda data: actions.add_revocations(data["file"].read(), by=request.user),
        done=lambda kept: f"Đã lưu danh sách thu hồi của “{kept.authority.name}” ({kept.entries} chứng thư).",
        back=lambda kept: reverse("trust:detail", args=[kept.authority.public_id]) if kept else TRUST.url,
        cancel=TRUST.url,
        title="Tải lên danh sách chứng thư bị thu hồi",
        subtitle="Nên cập nhật theo chu kỳ phát hành của nơi cấp; bản mới nhất được dùng để kiểm tra.",
        submit="Tải lên",
        breadcrumb=[LIST, TRUST],
    )
