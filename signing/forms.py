"""Forms of signing. Passwords and PINs are never shown again nor kept by the page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from orgs.models import OrgUnitQuerySet
from signing.keys import MAX_FILE, Token
from signing.models import SignatureImage
from signing.rules import Step
from ui.choices import LongSelect
from ui.form_base import TAMPERED
from ui.forms import Group, KitForm, LongTextField, TextField, offer

__all__ = [
    "AuthorityForm",
    "CertificateForm",
    "DeviceForm",
    "ImageForm",
    "KeyFileForm",
    "LookForm",
    "RevocationForm",
    "SignedFileForm",
    "SwitchForm",
]


def _secret(label: str, help_text: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget, help_text=help_text)


def _file(label: str, accept: str, limit: int, help_text: str) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": accept, "data-max-bytes": limit})
    empty = "Tệp rỗng (0 byte). Hãy chọn tệp khác."
    return forms.FileField(label=label, widget=widget, help_text=help_text, error_messages={"empty": empty})


class TurnForm(KitForm):
    """A signature of one step; `step` is the one whose page the person looked at."""

    step = forms.ChoiceField(
        label="", choices=Step.choices, widget=forms.HiddenInput, error_messages={"invalid_choice": TAMPERED}
    )

    def clean_step(self) -> Step:
        """As the rules know it."""
        return Step(self.cleaned_data["step"])


class PictureForm(TurnForm):
    """A signature made here, which may show a picture."""

    picture: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Hình hiển thị",
        queryset=None,
        required=False,
        empty_label="Không dùng hình: chỉ ghi người ký và thời gian",
        help_text="Hình chữ ký hoặc con dấu của đơn vị, quản lý tại trang Hình chữ ký.",
    )

    def __init__(self, *args: Any, pictures: QuerySet[SignatureImage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["picture"]
        field.queryset = pictures  # type: ignore[attr-defined]  # a choice of rows
        first = pictures.first()
        if first is not None:
            field.initial = first.pk


class KeyFileForm(PictureForm):
    """Signing with an uploaded PKCS#12 file."""

    groups = (Group("Chứng thư số", ("key_file", "password")), Group("Hình thức chữ ký", ("picture",)))

    key_file = _file(
        "Tệp chứng thư số",
        ".p12,.pfx,application/x-pkcs12",
        MAX_FILE,
        "Tệp .p12 hoặc .pfx. Chỉ dùng cho lần ký này, hệ thống không lưu tệp và mật khẩu.",
    )
    password = _secret("Mật khẩu của tệp", "Nhập sai nhiều lần liên tiếp sẽ bị tạm khóa.")


class DeviceForm(PictureForm):
    """Signing with a device on the server."""

    groups = (Group("Thiết bị", ("token", "pin")), Group("Hình thức chữ ký", ("picture",)))

    token = forms.ChoiceField(label="Thiết bị ký số")
    pin = _secret("Mã PIN", "Hỏi mỗi lần ký, không lưu. Thiết bị bị khóa sau 3 lần nhập sai liên tiếp.")

    def __init__(self, *args: Any, tokens: Sequence[Token], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tokens = {token.key: token for token in tokens}
        offer(self, "token", [(token.key, _said(token)) for token in tokens])
        if not tokens:
            self.fields["token"].help_text = "Không thấy thiết bị nào. Hãy cắm thiết bị vào máy chủ rồi tải lại trang."

    def clean_token(self) -> Token:
        """The device itself."""
        return self._tokens[self.cleaned_data["token"]]


def _said(token: Token) -> str:
    warning = ""
    if token.locked:
        warning = " – đã bị khóa"
    elif token.final_try:
        warning = " – chỉ còn 1 lần nhập PIN, phải mở khóa trước"
    elif token.few_tries:
        warning = " – vừa có lần nhập sai PIN"
    return f"{token.label} ({token.model}, số {token.serial}){warning}"


class SignedFileForm(TurnForm):
    """The file that was signed outside."""

    signed_file = _file("Tệp đã ký", ".pdf,application/pdf", 0, "")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.DOCUMENT_MAX_BYTES
        self.fields["signed_file"].widget.attrs["data-max-bytes"] = limit
        self.fields[
            "signed_file"
        ].help_text = f"Đúng tệp đã tải về ở trên, sau khi ký; nhiều nhất {limit // 1024 // 1024} MB."


class LookForm(KitForm):
    """A file to be compared with the paper."""

    file = _file("Tệp cần kiểm tra", ".pdf,application/pdf", 0, "Tệp PDF nhận được từ nơi khác; không được lưu lại.")


class CertificateForm(KitForm):
    """A certificate with which somebody signs for a unit."""

    halves = ("unit", "step")

    unit: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Đơn vị", queryset=None, widget=LongSelect, empty_label="— Chọn —"
    )
    step = forms.ChoiceField(label="Vai trò ký", choices=[("", "— Chọn —"), *Step.choices])
    file = _file(
        "Tệp chứng thư (không kèm khóa)",
        ".cer,.crt,.pem,application/pkix-cert",
        64 * 1024,
        "Tệp .cer, .crt hoặc .pem, xuất từ phần mềm quản lý thiết bị ký số.",
    )

    def __init__(self, *args: Any, units: OrgUnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows


class ImageForm(KitForm):
    """A picture of a hand or a seal."""

    halves = ("unit", "step", "name", "width_mm")

    unit: forms.ModelChoiceField = forms.ModelChoiceField(label="Đơn vị", queryset=None, empty_label="— Chọn —")
    step = forms.ChoiceField(label="Dùng cho", choices=[("", "— Chọn —"), *Step.choices])
    name = TextField(label="Tên hình", max_length=100, help_text="Ví dụ: tên người ký, hoặc “Dấu cơ quan”.")
    width_mm = forms.IntegerField(
        label="Chiều rộng thật (mm)",
        min_value=5,
        max_value=100,
        initial=42,
        help_text="Con dấu theo kích thước thật, thường 35 mm; hình chữ ký thường 42 mm.",
    )
    file = _file(
        "Ảnh PNG nền trong suốt",
        ".png,image/png",
        1 << 20,
        "Chữ ký màu xanh, con dấu màu đỏ (Nghị định 30/2020/NĐ-CP, Phụ lục I); nhiều nhất 1 MB.",
    )

    def __init__(self, *args: Any, units: OrgUnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        first = units.first()
        if first is not None:
            self.fields["unit"].initial = first.pk


class AuthorityForm(KitForm):
    """Certificates of authorities."""

    name = TextField(
        label="Tên gọi",
        max_length=200,
        required=False,
        help_text="Để trống thì lấy tên trong chứng thư. Tệp nhiều chứng thư nên để trống.",
    )
    file = _file(
        "Tệp chứng thư CA",
        ".cer,.crt,.pem,application/pkix-cert",
        256 * 1024,
        "Một chứng thư (.cer, .crt) hoặc nhiều chứng thư (.pem), lấy từ trang chính thức của nơi cấp.",
    )


class RevocationForm(KitForm):
    """A list of revoked certificates."""

    file = _file(
        "Danh sách thu hồi",
        ".crl,.pem,application/pkix-crl",
        16 << 20,
        "Tệp .crl tải từ nơi cấp chứng thư. Hệ thống không tự tải từ Internet.",
    )


class SwitchForm(KitForm):
    """Switching off or on, and why."""

    reason = LongTextField(label="Lý do", max_length=100)
