"""Forms of software: what its licence allows, where it is installed, where it is removed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from equipment.actions.licences import FACTS
from equipment.forms.devices import DevicesField
from equipment.models import Equipment, SoftwareLicence
from equipment.rules.licences import INSTALLABLE
from ui.choices import SearchSelect
from ui.forms import DateField, Group, KitForm, KitModelForm, TextField, version_field


class LicenceForm(KitModelForm):
    """The licence with the columns of form BC01."""

    groups = (
        Group("Bản quyền", ("seats", "terms", "starts_on", "expires_on")),
        Group("Phiên bản, nguồn gốc", ("software_code", "original_version", "current_version", "origin", "platform")),
        Group(
            "Triển khai",
            ("deployed_at", "stability", "friendliness", "note"),
            help="Theo mẫu BC01 về phần mềm ứng dụng.",
        ),
    )
    halves = (
        *("seats", "terms", "starts_on", "expires_on", "software_code", "origin", "original_version"),
        *("current_version", "stability", "friendliness"),
    )

    version = version_field()

    class Meta:
        model = SoftwareLicence
        fields = FACTS

    def __init__(self, data: Any = None, files: Any = None, *, licence: SoftwareLicence) -> None:
        # Not stated yet is version 0: of two who state it first, the second is told.
        super().__init__(data, files, instance=licence, initial={"version": licence.version if licence.pk else 0})
        self.fields["seats"].min_value = 1  # type: ignore[attr-defined]  # a number
        self.fields["note"].widget.attrs["rows"] = 2

    def clean_seats(self) -> int | None:
        seats: int | None = self.cleaned_data["seats"]
        if seats is not None and seats < 1:
            raise forms.ValidationError("Hãy nhập từ 1 máy, hoặc để trống nếu không giới hạn.")
        return seats

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", "Ngày hết hạn phải sau ngày bắt đầu sử dụng.")
        return data


class ComputersField(DevicesField):
    """Computers, whichever dossier they are in: a repair often ends with new software."""

    def __init__(self, *, by: User, **kwargs: Any) -> None:
        super().__init__(by=by, allowed=INSTALLABLE, **{"label": "Máy", **kwargs})

    def _unfit(self, _devices: Sequence[Equipment]) -> list[str]:
        return []  # the action looks at their state


class SoftwareField(forms.ModelChoiceField):
    """A software item of a unit for which the account records, by its code."""

    def __init__(self, *, by: User) -> None:
        rows = Equipment.objects.writable_by(by).filter(category__software=True)
        super().__init__(
            rows,
            label="Phần mềm",
            to_field_name="code",
            widget=SearchSelect("software:search", placeholder="Gõ tên, mã"),
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} – {obj.name}"


class InstallForm(KitForm):
    """One software on one or many computers."""

    halves = ("on",)

    def __init__(
        self, data: Any = None, files: Any = None, *, by: User, software: str = "", initial: Any = None
    ) -> None:
        start = {"software": software, "on": timezone.localdate(), **(initial or {})}
        super().__init__(data, files, initial=start)
        self.fields["software"] = SoftwareField(by=by)
        self.fields["devices"] = ComputersField(by=by)
        self.fields["on"] = DateField(label="Ngày cài")
        self.fields["reason"] = TextField(
            label="Lý do dùng vượt",
            max_length=200,
            required=False,
            help_text="Chỉ cần khi số máy cài nhiều hơn số bản quyền.",
        )


class RemoveForm(KitForm):
    """One software off one or many computers."""

    halves = ("on",)

    def __init__(self, data: Any = None, files: Any = None, *, by: User, initial: Any = None) -> None:
        super().__init__(data, files, initial={"on": timezone.localdate(), **(initial or {})})
        self.fields["devices"] = ComputersField(by=by)
        self.fields["on"] = DateField(label="Ngày gỡ")
        self.fields["reason"] = TextField(label="Lý do gỡ", max_length=200)
