"""Forms of a disposal: the draft, one device of it, and its steps."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from disposals.models import Disposal, DisposalLine
from disposals.rules.council import format_council, parse_council
from disposals.rules.flow import DISPOSABLE, METHODS, Act, Method, Reason
from dossiers.forms import StepForm
from dossiers.submissions import made_from
from equipment.forms.devices import DevicesField
from equipment.rules.lifecycle import Condition
from ui.forms import TAMPERED, DateField, Group, KitForm, LongTextField, MoneyField, TextField, offer, version_field

CHOOSE = ("", "— Chọn —")


class DisposalForm(KitForm):
    """A draft. Which act it is stands in its number, so that is chosen once."""

    groups = (
        Group("Thiết bị", ("devices", "act", "method", "reason")),
        Group(
            "Hội đồng",
            ("council", "minutes_number", "minutes_date", "conclusion"),
            help="Chưa họp thì để trống; hồ sơ phải lập ngay sau khi có biên bản (Điều 10).",
        ),
        Group("Khác", ("late_reason", "note")),
    )
    halves = ("act", "method", "reason", "minutes_number", "minutes_date")

    submission = forms.UUIDField(
        label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )
    act = forms.ChoiceField(label="Việc", choices=[CHOOSE, *Act.choices])
    method = forms.ChoiceField(label="Hình thức", choices=[CHOOSE, *Method.choices])
    reason = forms.ChoiceField(
        label="Lý do", choices=[CHOOSE, *Reason.choices], help_text="Cho mọi thiết bị; sửa riêng từng thiết bị được."
    )
    council = LongTextField(
        label="Hội đồng thanh lý, hủy",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một người: họ tên; chức vụ; đại diện. Dòng đầu là Trưởng ban; ít nhất 3 người.",
    )
    minutes_number = TextField(label="Số biên bản", max_length=60, required=False)
    minutes_date = DateField(label="Ngày họp, ký biên bản", required=False)
    conclusion = LongTextField(label="Kết luận của hội đồng", max_length=2000, required=False)
    late_reason = LongTextField(
        label="Lý do lập hồ sơ muộn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ cần khi lập quá 1 ngày làm việc sau ngày họp.",
    )
    note = LongTextField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        by: User,
        disposal: Disposal | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial={**_stored(disposal), **(initial or {})})
        number = disposal.number if disposal else made_from(Disposal, data=data, by=by)
        self.fields["devices"] = DevicesField(by=by, allowed=DISPOSABLE, number=number)
        self.chosen = disposal.act if disposal else ""
        if disposal is not None:
            self.fields["version"] = version_field()
            del self.fields["act"], self.fields["submission"]
            offer(self, "method", [(m.value, m.label) for m in METHODS[Act(disposal.act)]])

    def clean_council(self) -> list[Any]:
        try:
            return list(parse_council(self.cleaned_data["council"]))
        except DomainError as refusal:
            raise ValidationError(refusal.message) from refusal

    def clean_minutes_date(self) -> Any:
        day = self.cleaned_data["minutes_date"]
        if day and day > timezone.localdate():
            raise ValidationError(f"Ngày họp {day:%d/%m/%Y} ở tương lai. Để trống nếu hội đồng chưa họp.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        act = self.chosen or data.get("act")
        if act and data.get("method") and data["method"] not in METHODS[Act(act)]:
            names = ", ".join(f"“{method.label}”" for method in METHODS[Act(act)])
            self.add_error("method", f"Với việc {Act(act).label.lower()}, hãy chọn một trong: {names}.")
        return data


def _stored(disposal: Disposal | None) -> dict[str, Any]:
    if disposal is None:
        return {"submission": uuid.uuid4()}
    lines = list(disposal.lines.all())
    names = ("version", "method", "minutes_number", "minutes_date", "conclusion", "late_reason", "note")
    return {
        **{name: getattr(disposal, name) for name in names},
        "council": format_council(disposal.council),
        "devices": "\n".join(line.code for line in lines),
        "reason": lines[0].reason if lines else "",
    }


class LineForm(StepForm):
    """One device of a disposal; wiping is asked for where the category stores data."""

    groups = (
        Group("Thiết bị", ("condition", "reason", "method", "proceeds")),
        Group("Xóa dữ liệu", ("wiped_on", "wiped_by", "wipe_method"), help="Trước khi bán, phá dỡ hoặc tiêu hủy."),
    )
    halves = ("condition", "reason", "method", "proceeds", "wiped_on", "wiped_by")

    condition = forms.ChoiceField(label="Tình trạng", choices=Condition.choices)
    reason = forms.ChoiceField(label="Lý do", choices=Reason.choices)
    method = forms.ChoiceField(label="Hình thức", required=False)
    proceeds = MoneyField(label="Giá trị thu hồi", required=False)

    def __init__(self, data: Any = None, files: Any = None, *, disposal: Disposal, line: DisposalLine) -> None:
        names = ("condition", "reason", "method", "proceeds", "wiped_on", "wiped_by", "wipe_method")
        super().__init__(data, files, dossier=disposal, initial={name: getattr(line, name) for name in names})
        methods = [(method.value, method.label) for method in METHODS[Act(disposal.act)]]
        offer(self, "method", [("", "Như của hồ sơ"), *methods])
        if line.category.stores_data:
            self.fields.update(wiping())

    def clean_proceeds(self) -> Any:
        return self.cleaned_data["proceeds"] or 0

    def clean_wiped_on(self) -> Any:
        return not_ahead(self.cleaned_data["wiped_on"])


def wiping() -> dict[str, forms.Field]:
    """The facts of wiping data."""
    return {
        "wiped_on": DateField(label="Ngày xóa dữ liệu", required=False),
        "wiped_by": TextField(label="Người xóa", max_length=100, required=False),
        "wipe_method": TextField(
            label="Cách xóa",
            max_length=200,
            required=False,
            help_text="Ví dụ: ghi đè 3 lần, khử từ, phá hủy ổ cứng.",
        ),
    }


def not_ahead(day: Any) -> Any:
    """A day that has come; raises ValidationError."""
    if day and day > timezone.localdate():
        raise ValidationError("Ngày ở tương lai. Hãy kiểm tra lại.")
    return day


class SubmitForm(StepForm):
    """The council has met. Why so late is asked here, too, so that nobody has to go back for it."""

    late_reason = LongTextField(
        label="Lý do lập hồ sơ muộn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ cần khi đã quá hạn 1 ngày làm việc sau ngày họp.",
    )


class DecideForm(StepForm):
    halves = ("number", "day")

    number = TextField(label="Số quyết định", max_length=60)
    day = DateField(label="Ngày quyết định")
    signer = TextField(label="Cơ quan, người ký", max_length=200)

    def clean_day(self) -> Any:
        return not_ahead(self.cleaned_data["day"])


class CloseForm(StepForm):
    """The end of the devices' life."""

    groups = (
        Group("Kết quả", ("closed_on", "costs", "proceeds")),
        Group(
            "Xóa dữ liệu",
            ("wiped_on", "wiped_by", "wipe_method"),
            help="Cho những thiết bị lưu dữ liệu chưa ghi riêng.",
        ),
        Group("Muộn hạn", ("close_late_reason",)),
    )
    halves = ("costs", "proceeds", "wiped_on", "wiped_by")

    closed_on = DateField(label="Ngày bán, phá dỡ hoặc tiêu hủy xong", help_text="Sổ thiết bị ghi giảm theo ngày này.")
    costs = MoneyField(label="Chi phí", required=False)
    proceeds = MoneyField(label="Giá trị thu hồi", required=False)
    close_late_reason = LongTextField(
        label="Lý do kết thúc muộn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ cần khi đã quá 3 ngày làm việc từ ngày quyết định.",
    )

    def __init__(self, data: Any = None, files: Any = None, *, dossier: Disposal, wipes: bool) -> None:
        super().__init__(data, files, dossier=dossier)
        if wipes:
            self.fields.update(wiping())

    def clean_closed_on(self) -> Any:
        return not_ahead(self.cleaned_data["closed_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("costs", "proceeds"):
            data[name] = data.get(name) or 0
        return data
