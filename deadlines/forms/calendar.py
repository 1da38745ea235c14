"""Forms of the working calendar."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from deadlines.models import CalendarDay
from deadlines.queries.years import known_years
from deadlines.rules.overrides import Wanted
from ui.forms import DateField, Group, KitForm, TextField

OFF, WORK = "off", "work"
LONGEST = 31  # days at once: the longest rest of a year has not half of them
SOURCE = "Số, ký hiệu và ngày của văn bản quyết định. Ví dụ: Công văn 12729/VPCP-KGVX ngày 25/12/2025."


def known_day(day: date) -> None:
    """Refuse a day of a year of which the calendar knows nothing."""
    years = known_years()
    if day.year not in years:
        raise ValidationError(f"Lịch làm việc có từ năm {years[0]} đến năm {years[-1]}.")


class OverrideForm(KitForm):
    """What a day that has an override shall be."""

    groups: tuple[Group, ...] = (Group("Ngày này là", ("working",)), Group("Căn cứ", ("reason", "source")))

    working = forms.ChoiceField(
        label="Ngày này là", choices=[(OFF, "Ngày nghỉ"), (WORK, "Ngày làm việc")], widget=forms.RadioSelect
    )
    reason = TextField(
        label="Lý do",
        max_length=CalendarDay._meta.get_field("reason").max_length,
        help_text="Mọi người xem lịch đều thấy. Ví dụ: Hoán đổi với ngày 10/01/2026.",
    )
    source = TextField(
        label="Văn bản, nguồn", max_length=CalendarDay._meta.get_field("source").max_length, help_text=SOURCE
    )

    def wanted(self, day: date) -> Wanted:
        """What the form asks for, of the day that has the override."""
        data = self.cleaned_data
        return Wanted(day, day, data["working"] == WORK, data["reason"], data["source"], editing=True)


class NewOverrideForm(OverrideForm):
    """A day or a range of days that shall be off or worked."""

    groups = (
        Group("Thời gian", ("first", "last"), help="Ngày trong khoảng vốn đã nghỉ hoặc đã có trong lịch được bỏ qua."),
        Group("Những ngày này là", ("working",)),
        Group("Căn cứ", ("reason", "source")),
    )
    halves = ("first", "last")

    first = DateField(label="Từ ngày", validators=[known_day])
    last = DateField(
        label="Đến ngày", required=False, validators=[known_day], help_text="Để trống nếu chỉ có một ngày."
    )
    field_order = ("first", "last", "working", "reason", "source")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "Ngày cuối phải từ ngày đầu trở đi.")
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("last", f"Một lần nhập nhiều nhất {LONGEST} ngày. Hãy nhập thành nhiều lần.")
        return data

    def new_wanted(self) -> Wanted:
        """What the form asks for."""
        data = self.cleaned_data
        last = data["last"] or data["first"]
        return Wanted(data["first"], last, data["working"] == WORK, data["reason"], data["source"])


class TakeBackForm(KitForm):
    """Why an override is taken back."""

    reason = TextField(label="Lý do gỡ", max_length=60, help_text="Ghi vào nhật ký của lịch. Ví dụ: Nhập nhầm ngày.")

    def wanted(self, day: date) -> Wanted:
        """What the form asks for, of the day that has the override."""
        return Wanted(day, day, None, self.cleaned_data["reason"])
