"""Forms of the identifiers."""

from typing import Any

from django import forms

from dispatch.models import AgencyIdentifier
from ui.forms import KitForm, LongTextField, TextField, VersionedForm

SOURCE = "Số, ngày của văn bản công bố mã, để sau này đối chiếu."


class IdentifierForm(VersionedForm):
    """How one agency is called in the exchange."""

    halves = ("organ_id", "in_charge")

    organ_id = TextField(
        label="Mã định danh",
        max_length=35,
        required=False,
        help_text="Ví dụ 000.01.12.H28. Để trống: dùng mã ngành hoặc mã đơn vị.",
    )
    in_charge = TextField(
        label="Cơ quan chủ quản", max_length=200, required=False, help_text="Để trống: BHXH Việt Nam."
    )
    source = LongTextField(label="Văn bản cấp mã", max_length=300, required=False, help_text=SOURCE)

    def __init__(self, data: Any = None, files: Any = None, *, known: AgencyIdentifier | None) -> None:
        initial: dict[str, Any] = {"version": 0}
        if known is not None:
            initial = {name: getattr(known, name) for name in ("organ_id", "in_charge", "source", "version")}
        super().__init__(data, files, initial=initial)


class IdentifierListForm(KitForm):
    """Many at once, pasted from a list."""

    text = LongTextField(
        label="Danh sách",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Mỗi dòng: mã đơn vị; mã định danh; cơ quan chủ quản (có thể bỏ trống). Dán được từ bảng tính.",
    )
    source = LongTextField(label="Văn bản cấp mã", max_length=300, help_text=SOURCE)
