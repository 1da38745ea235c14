"""Pages of the table of procedures: everybody reads, IT Center keeps it (art. 14.3)."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from disposals.actions import procedures as actions
from disposals.filters import ProcedureFilter
from disposals.forms.procedure import ProcedureForm
from disposals.models import ProcedureRule
from disposals.policies import access_rule
from disposals.tables import ProcedureTable
from dossiers.blocks import history_of, newest_first
from equipment.policies import may_keep_catalogue, require_catalogue
from ui.actions import Action
from ui.blocks import Fact, FactList, Timeline
from ui.formats import vndate
from ui.forms import handle_form
from ui.links import Link
from ui.lists import render_list
from ui.records import Tab, render_record

LIST = Link("Quy định thủ tục", "/quan-tri/danh-muc/thu-tuc/")
EDIT = ["GET", "HEAD", "POST"]


@require_safe
def rule_list(request: Request) -> HttpResponseBase:
    create = Link("Thêm quy định", reverse("procedures:create"))
    return render_list(
        request,
        queryset=ProcedureRule.objects.all(),
        table=ProcedureTable,
        filterset=ProcedureFilter,
        title="Quy định thủ tục thanh lý, hủy, mất",
        noun="quy định",
        export_name="thu-tuc",
        create=create if may_keep_catalogue(request.user) else None,
        subtitle="Danh mục dùng chung toàn ngành, do Trung tâm CNTT quản lý (Điều 14.3).",
    )


@require_safe
def rule_detail(request: Request, pk: int) -> HttpResponse:
    rule = access_rule(request.user, pk, "view")
    edit = Action("Sửa", reverse("procedures:edit", args=[pk]), icon="pencil", method="get")
    return render_record(
        request,
        title=rule.item,
        facts=[Fact("Việc", rule.get_procedure_display()), Fact("Cần trước bước", rule.get_stage_display())],
        actions=[edit] if may_keep_catalogue(request.user) else [],
        tabs=[
            Tab("chi-tiet", "Chi tiết", partial(_details, rule)),
            Tab("dien-bien", "Diễn biến", partial(_history, rule)),
        ],
        breadcrumb=[LIST],
    )


def _details(rule: ProcedureRule) -> FactList:
    return FactList(
        [
            Fact("Loại tài liệu", rule.get_document_kind_display() or "Danh sách thiết bị của hồ sơ"),
            Fact("Khi nào", rule.get_when_display()),
            Fact("Bắt buộc", "Có" if rule.required else "Không"),
            Fact("Áp dụng từ", vndate(rule.valid_from)),
            Fact("Đến hết ngày", vndate(rule.valid_to) or "Đang áp dụng"),
            Fact("Căn cứ", rule.law),
            Fact("Nguồn, độ tin cậy", rule.source or "—"),
        ],
        wide=True,
    )


def _history(rule: ProcedureRule) -> Timeline:
    return newest_first(history_of(rule, created="Thêm vào danh mục"))


@require_http_methods(EDIT)
def rule_create(request: Request) -> HttpResponse:
    require_catalogue(request.user)
    return handle_form(
        request,
        form=ProcedureForm,
        act=lambda data: actions.add_rule(values=data, by=request.user),
        done="Đã thêm quy định.",
        back=lambda rule: reverse("procedures:detail", args=[rule.pk]) if rule else LIST.url,
        cancel=LIST.url,
        title="Thêm quy định thủ tục",
        breadcrumb=[LIST],
    )


@require_http_methods(EDIT)
def rule_edit(request: Request, pk: int) -> HttpResponse:
    rule = access_rule(request.user, pk, "edit")

    def act(data: dict[str, Any]) -> ProcedureRule:
        return actions.edit_rule(rule, version=data.pop("version"), values=data, by=request.user)

    return handle_form(
        request,
        form=partial(ProcedureForm, instance=ProcedureRule.objects.get(pk=pk)),
        act=act,
        done="Đã lưu quy định.",
        back=reverse("procedures:detail", args=[pk]),
        title="Sửa quy định thủ tục",
        breadcrumb=[LIST],
    )
