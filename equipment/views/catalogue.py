"""Pages of the shared catalogue: everybody reads, IT Center keeps it (art. 14.3)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Model, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import Request
from core.text import fold
from equipment import blocks
from equipment.actions import catalogue as actions
from equipment.filters_catalogue import BrandFilterSet, CategoryFilterSet, ModelFilterSet
from equipment.forms.catalogue import BrandForm, CategoryForm, CloseForm, ModelForm
from equipment.models import Brand, Category, EquipmentModel
from equipment.policies import access_brand, access_category, access_model, may_keep_catalogue, require_catalogue
from equipment.tables import BrandTable, CategoryTable, ModelTable
from ui.actions import Action, run_action
from ui.blocks import Fact, FactList, Stack, Status
from ui.forms import confirm_action, handle_form
from ui.links import Link
from ui.lists import render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Section:
    """One of the three catalogues: what its pages have in common is written once."""

    model: Any
    title: str
    noun: str
    name: str  # of one entry's page; `names` of the list
    names: str
    table: Any
    filters: Any
    form: Any
    access: Callable[..., Any]
    search: tuple[str, ...]
    key: str = "pk"

    @property
    def link(self) -> Link:
        return Link(self.title, reverse(f"catalogue:{self.names}"))

    def url(self, entry: Model, step: str = "") -> str:
        """The entry's page, or that of a step on it."""
        name = f"catalogue:{self.name}" + (f"_{step}" if step else "")
        return reverse(name, args=[getattr(entry, self.key)])

    def rows(self) -> QuerySet:
        rows = self.model.objects.all()
        return rows.annotate(model_count=Count("models")) if self.model is Brand else rows

    def find(self, rows: QuerySet, text: str) -> QuerySet:
        """By words without accents: a catalogue has some hundreds of rows."""
        words = fold(text).split()
        found = [
            pk
            for pk, *texts in rows.order_by().values_list("pk", *self.search)
            if all(word in fold(" ".join(map(str, texts))) for word in words)
        ]
        return rows.filter(pk__in=found)


CATEGORIES = Section(
    Category,
    "Loại thiết bị",
    "loại",
    "category",
    "categories",
    CategoryTable,
    CategoryFilterSet,
    CategoryForm,
    access_category,
    ("name", "code"),
    key="code",
)
BRANDS = Section(
    Brand, "Hãng sản xuất", "hãng", "brand", "brands", BrandTable, BrandFilterSet, BrandForm, access_brand, ("name",)
)
MODELS = Section(
    EquipmentModel,
    "Mẫu thiết bị",
    "mẫu",
    "model",
    "models",
    ModelTable,
    ModelFilterSet,
    ModelForm,
    access_model,
    ("brand__name", "name"),
)


def entry_list(section: Section) -> Callable[[Request], HttpResponseBase]:
    """The list of one catalogue."""

    @require_safe
    def view(request: Request) -> HttpResponseBase:
        create = Link(f"Thêm {section.noun}", reverse(f"catalogue:{section.name}_create"))
        return render_list(
            request,
            queryset=section.rows(),
            table=section.table,
            filterset=section.filters,
            title=section.title,
            noun=section.noun,
            export_name=section.names,
            search=section.find,
            create=create if may_keep_catalogue(request.user) else None,
            subtitle="Danh mục dùng chung toàn ngành, do Trung tâm CNTT quản lý (Điều 14.3).",
        )

    return view


def entry_detail(section: Section) -> Callable[..., HttpResponse]:
    """The page of one entry."""

    @require_safe
    def view(request: Request, key: str) -> HttpResponse:
        entry = section.access(request.user, key, "view")
        closed = entry.closed_on
        steps = []
        if may_keep_catalogue(request.user):
            steps = [
                Action("Sửa", section.url(entry, "edit"), icon="pencil", method="get"),
                Action("Dùng lại", section.url(entry, "reopen"), icon="arrow-back-up")
                if closed
                else Action("Ngừng dùng", section.url(entry, "close"), style="danger", icon="ban", method="get"),
            ]
        return render_record(
            request,
            title=str(entry),
            subtitle=section.title,
            status=Status(f"Ngừng dùng từ {closed:%d/%m/%Y}", "muted") if closed else Status("Đang dùng", "ok"),
            actions=steps,
            tabs=[
                Tab("chi-tiet", "Chi tiết", partial(_details, entry)),
                Tab("dien-bien", "Diễn biến", partial(blocks.catalogue_timeline, entry)),
            ],
            breadcrumb=[section.link],
        )

    return view


def _details(entry: Any) -> Stack:
    facts = [
        Fact(str(field.verbose_name).capitalize(), blocks.shown(entry, field))
        for field in entry._meta.concrete_fields
        if field.name not in {"id", "version", "closed_on", "attribute_keys"}
    ]
    parts: list[object] = [FactList(facts)]
    if isinstance(entry, Category):
        listed = ", ".join(a.label for a in entry.attributes) or "—"
        parts.append(FactList([Fact("Thuộc tính riêng", listed)], wide=True))
    return Stack(parts)


def entry_create(section: Section) -> Callable[[Request], HttpResponse]:
    """Add an entry."""

    @require_http_methods(EDIT)
    def view(request: Request) -> HttpResponse:
        require_catalogue(request.user)
        return handle_form(
            request,
            form=section.form,
            act=lambda data: actions.add_entry(section.model, values=_values(data), by=request.user),
            done=lambda entry: f"Đã thêm {entry} vào danh mục.",
            back=lambda entry: section.url(entry) if entry else section.link.url,
            cancel=section.link.url,
            title=f"Thêm {section.noun}",
            breadcrumb=[section.link],
        )

    return view


def entry_edit(section: Section) -> Callable[..., HttpResponse]:
    """Change an entry."""

    @require_http_methods(EDIT)
    def view(request: Request, key: str) -> HttpResponse:
        entry = section.access(request.user, key, "edit")
        return handle_form(
            request,
            form=partial(section.form, instance=entry),
            act=lambda data: actions.edit_entry(
                section.access(request.user, key, "edit"),
                values=_values(data),
                version=data["version"],
                by=request.user,
            ),
            done=f"Đã lưu {entry}.",
            back=section.url(entry),
            title=f"Sửa {entry}",
            breadcrumb=[section.link, Link(str(entry), section.url(entry))],
        )

    return view


def entry_close(section: Section) -> Callable[..., HttpResponse]:
    """Offer an entry no more."""

    @require_http_methods(EDIT)
    def view(request: Request, key: str) -> HttpResponse:
        entry = section.access(request.user, key, "edit")
        return confirm_action(
            request,
            form=partial(CloseForm, initial={"closed_on": timezone.localdate()}),
            act=lambda data: actions.close_entry(entry, on=data["closed_on"], by=request.user),
            title=f"Ngừng dùng {entry}",
            text=f"Ngừng dùng {entry} trong danh mục?",
            consequence="Không chọn được cho thiết bị mới; thiết bị đã ghi vẫn giữ nguyên. Có thể dùng lại.",
            submit="Ngừng dùng",
            done=f"Đã ngừng dùng {entry}.",
            back=section.url(entry),
            breadcrumb=[section.link],
        )

    return view


def entry_reopen(section: Section) -> Callable[..., HttpResponse]:
    """Offer an entry again."""

    @require_POST
    def view(request: Request, key: str) -> HttpResponse:
        entry = section.access(request.user, key, "edit")
        return run_action(
            request,
            lambda: actions.reopen_entry(entry, by=request.user),
            done=f"Đã dùng lại {entry}.",
            back=section.url(entry),
        )

    return view


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "version"}
