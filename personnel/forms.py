"""Forms of people: one by hand, many by file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from orgs.models import OrgUnit
from personnel.importing.record import CODE, MAX_CODE, MAX_TEXT
from personnel.importing.roster import KINDS, MOST_BYTES, MOST_ROWS
from personnel.models import Employee, Title
from personnel.rules import EmployeeState, Source
from ui.choices import LongSelect
from ui.form_base import Group, KitForm, VersionedForm
from ui.forms import DateField, TextField

DESCRIBED = ("full_name", "title", "email", "state", "state_since")


class NamedChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.full_name + f" ({obj.username})" if isinstance(obj, User) else obj.name


class UnitChoice(KitForm):
    """For whose people the rest is. One unit alone isn't asked for."""

    def __init__(self, data: Any = None, files: Any = None, *, units: Sequence[OrgUnit], **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.units = {unit.code: unit for unit in units}
        if len(units) > 1:
            choices = [("", "— Chọn —"), *((unit.code, unit.name) for unit in units)]
            self.fields["unit"] = forms.ChoiceField(label="Đơn vị", choices=choices)
            self.order_fields(["unit"])

    def chosen_unit(self) -> OrgUnit:
        """The unit of a valid form."""
        return self.units[self.cleaned_data["unit"]] if "unit" in self.fields else next(iter(self.units.values()))


class AddForm(UnitChoice):
    """A person whom the HR system doesn't know. Room and account follow on the person's page."""

    halves = ("code", "full_name", "title", "email")

    code = TextField(
        label="Mã cán bộ",
        max_length=MAX_CODE,
        required=False,
        help_text="Mã riêng của đơn vị, chữ không dấu và số. Để trống thì hệ thống cấp số tiếp theo.",
    )
    full_name = TextField(label="Họ và tên", max_length=MAX_TEXT)
    title = NamedChoice(
        label="Chức danh", queryset=Title.objects.all(), required=False, widget=LongSelect, empty_label="—"
    )
    email = forms.EmailField(label="Thư điện tử", required=False, max_length=MAX_TEXT)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if code and not CODE.fullmatch(code):
            raise ValidationError("Mã chỉ gồm chữ không dấu, số, dấu chấm và gạch, ví dụ CB015.")
        return code


class EmployeeForm(VersionedForm):
    """What the unit may say of a person; of whom the HR system tells, only room and account."""

    halves = ("full_name", "title", "room", "email", "state", "state_since")

    full_name = TextField(label="Họ và tên", max_length=MAX_TEXT)
    title = NamedChoice(
        label="Chức danh", queryset=Title.objects.all(), required=False, widget=LongSelect, empty_label="—"
    )
    room = NamedChoice(
        label="Phòng, tổ", queryset=OrgUnit.objects.none(), to_field_name="code", required=False, empty_label="—"
    )
    email = forms.EmailField(label="Thư điện tử", required=False, max_length=MAX_TEXT)
    state = forms.ChoiceField(label="Trạng thái", choices=EmployeeState)
    state_since = DateField(
        label="Từ ngày", required=False, help_text="Ngày chuyển công tác, nghỉ hưu hoặc thôi việc, nếu có."
    )
    account = NamedChoice(
        label="Tài khoản",
        queryset=User.objects.none(),
        to_field_name="username",
        required=False,
        empty_label="—",
        help_text="Người có tài khoản xem được thiết bị mình đang giữ.",
    )

    def __init__(self, data: Any = None, files: Any = None, *, employee: Employee) -> None:
        initial = {name: getattr(employee, name) for name in ("version", "full_name", "email", "state", "state_since")}
        initial |= {
            "title": employee.title_id,
            "room": employee.room.code if employee.room else "",
            "account": employee.account.username if employee.account else "",
        }
        super().__init__(data, files, initial=initial)
        rooms = OrgUnit.objects.departments_of(employee.unit) | OrgUnit.objects.filter(pk=employee.room_id)
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]  # a model choice
        accounts = User.objects.filter(unit=employee.unit, is_active=True).order_by("full_name")
        self.fields["account"].queryset = accounts  # type: ignore[attr-defined]  # a model choice
        if employee.source == Source.HR:
            for name in DESCRIBED:
                del self.fields[name]
        self.groups = (
            Group("Cán bộ", ("full_name", "title", "email", "state", "state_since")),
            Group("Nơi làm việc, tài khoản", ("room", "account")),
        )


class RosterForm(UnitChoice):
    """A file with the unit's people."""

    file = forms.FileField(
        label="Tệp danh sách",
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS), "data-max-bytes": MOST_BYTES}),
        error_messages={"required": "Hãy chọn tệp danh sách.", "empty": "Tệp rỗng. Hãy chọn tệp khác."},
        help_text=f"XLSX, XLS, ODS hoặc CSV, nhiều nhất {MOST_ROWS} người. Dòng tiêu đề có các cột: "
        "Mã cán bộ, Họ và tên, Chức danh, Phòng (tổ), Thư điện tử, Trạng thái, Từ ngày. Chỉ hai cột đầu là bắt buộc.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(KINDS):
            raise ValidationError(
                "Chỉ nhận tệp XLSX, XLS, ODS hoặc CSV. Hãy mở tệp bằng bảng tính rồi lưu thành .xlsx."
            )
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(f"Tệp lớn hơn {MOST_BYTES >> 20} MB. Hãy bỏ hình ảnh và trang tính thừa.")
        return file


class ApplyForm(KitForm):
    """The roster that was shown, on its way back; signed, so that nothing else can come."""

    roster = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Hãy chọn lại tệp danh sách."})
