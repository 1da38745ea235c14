"""Who signs for a unit, and the pictures that its signatures show."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from dossiers.blocks import history_of, newest_first
from dossiers.policies import require_recording
from orgs.policies import recordable_units
from orgs.rules import Grant
from signing.actions import pictures, signers
from signing.filters import ImageFilter, SignerFilter
from signing.forms import CertificateForm, ImageForm, SwitchForm
from signing.models import SignatureImage, SignerCertificate
from signing.policies import IMAGE_CHECKS, SIGNER_CHECKS, access_image, access_signer, registrable_units
from signing.tables import ACTIVE, ImageTable, SignerTable
from signing.views.pages import EDIT, LIST
from ui.actions import Action
from ui.blocks import Fact, FactList, Section, Status
from ui.formats import vndatetime
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

SIGNERS = Link("Người ký", "/ky-so/nguoi-ky/")
IMAGES = Link("Hình chữ ký", "/ky-so/hinh-anh/")


def standing(*, active: bool) -> Status:
    """In use, or not."""
    return Status(ACTIVE[active], "ok" if active else "muted")


@require_safe
def signer_list(request: Request) -> HttpResponseBase:
    create = Link("Đăng ký chứng thư", reverse("signers:create"))
    keeps = request.user.scope.may(Grant.MANAGE_ACCOUNTS)
    return render_list(
        request,
        queryset=SignerCertificate.objects.visible_to(request.user),
        table=SignerTable,
        filterset=SignerFilter,
        title="Người ký",
        noun="chứng thư",
        export_name="nguoi-ky",
        create=create if keeps else None,
        subtitle="Chỉ chứng thư đăng ký ở đây mới ký được cho đơn vị; quản trị tài khoản của đơn vị đăng ký.",
        empty=Empty(
            "Chưa có chứng thư nào được đăng ký",
            "Hãy đề nghị quản trị cấp 2 (đơn vị cấp tỉnh) hoặc cấp 1 đăng ký chứng thư của người lập, thủ trưởng và "
            "cơ quan trước khi ký.",
            create if keeps else None,
            icon="user-check",
        ),
        breadcrumb=[LIST],
    )


@require_safe
def signer_detail(request: Request, public_id: uuid.UUID) -> HttpResponse:
    signer = access_signer(request.user, public_id, "view")
    change = []
    if SIGNER_CHECKS["switch"](request.user, signer):
        label = "Ngừng dùng" if signer.active else "Dùng lại"
        url = reverse("signers:switch", args=[public_id])
        change.append(Action(label, url, "danger" if signer.active else "secondary", confirm=label))
    return render_record(
        request,
        title=signer.holder,
        status=standing(active=signer.active),
        facts=[Fact("Đơn vị", signer.unit.name), Fact("Vai trò ký", signer.get_step_display())],
        actions=change,
        tabs=[
            Tab("chung-thu", "Chứng thư", partial(certificate_facts, signer)),
            Tab("dien-bien", "Diễn biến", lambda: newest_first(history_of(signer, created="Đăng ký"))),
        ],
        breadcrumb=[LIST, SIGNERS],
    )


def certificate_facts(one: Any) -> FactList:
    """What a kept certificate says of itself."""
    return FactList(
        [
            Fact("Chủ thể", one.subject),
            Fact("Nơi cấp", one.issuer),
            Fact("Số chứng thư", one.serial, kind="code"),
            Fact("Hiệu lực", f"{vndatetime(one.not_before)} – {vndatetime(one.not_after)}"),
            Fact("SHA-256", one.fingerprint, kind="code"),
            Fact("Người đưa vào", str(one.created_by or "Hệ thống")),
            Fact("Lúc", vndatetime(one.created_at)),
        ],
        wide=True,
    )


@require_http_methods(EDIT)
def signer_create(request: Request) -> HttpResponse:
    return handle_form(
        request,
        form=partial(CertificateForm, units=registrable_units(request.user)),
        act=lambda data: signers.register(
            data["unit"], step=data["step"], content=signers.read_upload(data["file"]), by=request.user
        ),
        done=lambda made: f"Đã đăng ký chứng thư của {made.holder}.",
        back=lambda made: reverse("signers:detail", args=[made.public_id]) if made else SIGNERS.url,
        cancel=SIGNERS.url,
        title="Đăng ký chứng thư của người ký",
        subtitle="Chỉ cần chứng thư (phần công khai). Không tải lên khóa bí mật hay mật khẩu.",
        submit="Đăng ký",
        breadcrumb=[LIST, SIGNERS],
    )


@require_http_methods(EDIT)
def signer_switch(request: Request, public_id: uuid.UUID) -> HttpResponse:
    signer = access_signer(request.user, public_id, "switch")
    verb = "Ngừng dùng" if signer.active else "Dùng lại"
    page = reverse("signers:detail", args=[public_id])
    return confirm_action(
        request,
        form=SwitchForm,
        act=lambda data: signers.switch(signer, active=not signer.active, reason=data["reason"], by=request.user),
        title=f"{verb} chứng thư",
        text=f"{verb} chứng thư của {signer.holder} cho {signer.unit.name}?",
        consequence="Các văn bản đã ký không đổi."
        + (" Chứng thư này không ký thêm được văn bản nào." if signer.active else ""),
        submit=verb,
        done="Đã ghi nhận.",
        back=page,
        danger=signer.active,
        breadcrumb=[LIST, SIGNERS, Link(signer.holder, page)],
    )


@require_safe
def image_list(request: Request) -> HttpResponseBase:
    create = Link("Thêm hình", reverse("signatures:create"))
    records = bool(request.user.scope.write_units)
    return render_list(
        request,
        queryset=SignatureImage.objects.visible_to(request.user),
        table=ImageTable,
        filterset=ImageFilter,
        title="Hình chữ ký, con dấu",
        noun="hình",
        export_name="hinh-chu-ky",
        create=create if records else None,
        empty=Empty(
            "Chưa có hình nào",
            "Không có hình thì chữ ký số hiển thị bằng chữ: người ký và thời gian.",
            create if records else None,
        ),
        breadcrumb=[LIST],
    )


@require_safe
def image_detail(request: Request, public_id: uuid.UUID) -> HttpResponse:
    image = access_image(request.user, public_id, "view")
    retire = Action("Ngừng dùng", reverse("signatures:retire", args=[public_id]), "danger", confirm="Ngừng dùng")
    return render_record(
        request,
        title=image.name,
        status=standing(active=image.active),
        facts=[
            Fact("Đơn vị", image.unit.name),
            Fact("Dùng cho", image.get_step_display()),
            Fact("Chiều rộng thật", f"{image.width_mm} mm"),
        ],
        actions=[retire] if image.active and IMAGE_CHECKS["retire"](request.user, image) else [],
        tabs=[
            Tab("hinh", "Hình", lambda: Section("signing/image.html", {"image": image})),
            Tab("dien-bien", "Diễn biến", lambda: newest_first(history_of(image, created="Thêm hình"))),
        ],
        breadcrumb=[LIST, IMAGES],
    )


@require_safe
def image_file(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """The picture itself, remade here when it was uploaded."""
    image = access_image(request.user, public_id, "view")
    response = HttpResponse(bytes(image.content), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(EDIT)
def image_create(request: Request) -> HttpResponse:
    require_recording(request.user)
    return handle_form(
        request,
        form=partial(ImageForm, units=recordable_units(request.user).agencies()),
        act=lambda data: pictures.add(by=request.user, **data),
        done=lambda made: f"Đã thêm hình “{made.name}”.",
        back=lambda made: reverse("signatures:detail", args=[made.public_id]) if made else IMAGES.url,
        cancel=IMAGES.url,
        title="Thêm hình chữ ký, con dấu",
        subtitle="Hình cùng tên và cùng vai trò đang dùng sẽ được thay bằng hình mới.",
        submit="Thêm hình",
        breadcrumb=[LIST, IMAGES],
    )


@require_http_methods(EDIT)
def image_retire(request: Request, public_id: uuid.UUID) -> HttpResponse:
    image = access_image(request.user, public_id, "retire")
    page = reverse("signatures:detail", args=[public_id])
    return confirm_action(
        request,
        act=lambda _: pictures.retire(image, by=request.user),
        title="Ngừng dùng hình",
        text=f"Ngừng dùng hình “{image.name}”?",
        consequence="Hình không còn trong danh sách chọn khi ký; các văn bản đã ký vẫn giữ hình.",
        submit="Ngừng dùng",
        done="Đã ngừng dùng hình.",
        back=page,
        breadcrumb=[LIST, IMAGES, Link(image.name, page)],
    )
