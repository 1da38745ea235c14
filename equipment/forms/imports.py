"""Forms of an import: the upload, how its sheet is read, what its columns mean."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from core.encodings import ENCODING_LABELS, Encoding
from core.sheets import MAX_BYTES, MAX_ROWS, SheetInfo
from equipment.actions.imports import attribute_keys
from equipment.forms.intake import UnitForm
from equipment.importing.cells import shown
from equipment.importing.fields import ATTRIBUTE, all_fields
from equipment.importing.matching import Column
from equipment.importing.summary import letters
from equipment.importing.uploads import KINDS
from equipment.models import ImportBatch
from equipment.rules.imports import Existing
from orgs.models import OrgUnit
from ui.form_base import TAMPERED, Group, KitForm, VersionedForm, offer
from ui.formats import number

LEFT_OUT = "Không nhập"


class UploadForm(KitForm):
    """A file with a list. `units` are those for which the person records; one alone isn't asked for."""

    groups = (Group("Tệp danh sách", ("unit", "file", "existing")),)

    file = forms.FileField(
        label="Tệp danh sách",
        widget=forms.FileInput(
            attrs={
                "accept": ",".join(KINDS),
                "data-max-bytes": MAX_BYTES,
                "data-too-large": "Hãy bỏ hình ảnh và trang tính thừa, hoặc tách tệp.",
            }
        ),
        error_messages={"required": "Hãy chọn tệp danh sách.", "empty": "Tệp rỗng. Hãy chọn tệp khác."},
        help_text=f"XLSX, XLS, ODS hoặc CSV; nhiều nhất {MAX_BYTES // 2**20} MB và {number(MAX_ROWS)} dòng. "
        "Không cần đúng mẫu: các cột được ghép ở bước sau.",
    )
    existing = forms.ChoiceField(
        label="Dòng có mã hoặc số máy mà đơn vị đã có",
        choices=Existing.choices,
        initial=Existing.REFUSE,
        widget=forms.RadioSelect,
        help_text="Cập nhật cho xem trước và chỉ đổi thông tin mô tả; loại, nguyên giá, ngày tiếp nhận đổi bằng hồ sơ.",
    )
    submission = forms.UUIDField(
        label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )

    def __init__(self, data: Any = None, files: Any = None, *, units: Sequence[OrgUnit]) -> None:
        super().__init__(data, files, initial={"submission": uuid.uuid4()})
        if len(units) > 1:
            self.fields["unit"] = UnitForm.field(units)


class SheetForm(VersionedForm):
    """Which sheet is read, and where its headings are."""

    halves = ("sheet", "header_row")

    sheet = forms.TypedChoiceField(label="Trang tính", coerce=int)
    header_row = forms.IntegerField(
        label="Dòng tiêu đề",
        min_value=1,
        max_value=MAX_ROWS,
        help_text="Dòng có tên các cột.",
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), "Ghi số thứ tự của dòng, ví dụ 5."),
    )

    def __init__(self, data: Any = None, *, batch: ImportBatch, sheets: Sequence[SheetInfo]) -> None:
        initial = {"version": batch.version, "sheet": batch.sheet, "header_row": batch.header_row + 1}
        super().__init__(data, initial=initial)
        names = [(at, f"{shown(sheet.name)} ({number(sheet.rows)} dòng)") for at, sheet in enumerate(sheets)]
        offer(self, "sheet", names)


@dataclass(frozen=True)
class MatchRow:
    """One column of the file on the page."""

    column: Column
    letter: str
    samples: list[tuple[str, str]]
    fields: list[BoundField]

    @property
    def converted(self) -> bool:
        """Whether reading changes what is seen."""
        return any(before != after for before, after in self.samples)


class MatchForm(VersionedForm):
    """What each column means and how its text is written."""

    def __init__(self, data: Any = None, files: Any = None, *, batch: ImportBatch) -> None:
        self._columns = [Column.of(column) for column in batch.columns]
        initial: dict[str, Any] = {"version": batch.version}
        for column in self._columns:
            at = column.index
            initial |= {f"field_{at}": column.field, f"encoding_{at}": column.encoding}
            initial[f"capitals_{at}"] = column.capitals
        super().__init__(data, files, initial=initial)
        choices = _meanings()
        encodings = [(key.value, label) for key, label in ENCODING_LABELS.items() if key is not Encoding.ASCII]
        for column in self._columns:
            at, letter = column.index, letters(column.index)
            self.fields[f"field_{at}"] = forms.ChoiceField(
                label=f"Cột {letter} là", choices=choices, required=False, widget=forms.Select
            )
            if column.accented:
                self.fields[f"encoding_{at}"] = forms.ChoiceField(label=f"Bảng mã của cột {letter}", choices=encodings)
                self.fields[f"capitals_{at}"] = forms.BooleanField(label="Phông chữ hoa (.VnTimeH)", required=False)

    def rows(self) -> Iterator[MatchRow]:
        """The columns with their fields; the samples as they are read by what is chosen now."""
        for column in self._columns:
            at = column.index
            names = [name for name in (f"field_{at}", f"encoding_{at}", f"capitals_{at}") if name in self.fields]
            read = self._chosen(column)
            yield MatchRow(column, letters(at), read.read_samples, [self[name] for name in names])

    def _chosen(self, column: Column) -> Column:
        encoding = self._value(f"encoding_{column.index}") or column.encoding
        known = encoding if encoding in {key.value for key in Encoding} else column.encoding
        return replace(column, encoding=known, capitals=bool(self._value(f"capitals_{column.index}")))

    def _value(self, name: str) -> Any:
        return self[name].value() if name in self.fields else None

    def clean(self) -> dict[str, Any]:
        """The match as a whole, beside its parts."""
        data = super().clean() or {}
        data["columns"] = [] if self.errors else self._matched(data)
        return data

    def _matched(self, data: dict[str, Any]) -> list[Column]:
        return [
            replace(
                column,
                field=data[f"field_{column.index}"],
                encoding=data.get(f"encoding_{column.index}", column.encoding),
                capitals=data.get(f"capitals_{column.index}", False),
            )
            for column in self._columns
        ]


def _meanings() -> list[tuple[str, Any]]:
    common: list[tuple[str, str]] = []
    own: list[tuple[str, str]] = []
    for key, field in all_fields(attribute_keys()).items():
        label = f"{field.label} (bắt buộc)" if field.required else field.label
        (own if key.startswith(ATTRIBUTE) else common).append((key, label))
    return [("", LEFT_OUT), ("Thông tin chung", common), ("Thuộc tính của từng loại", own)]
