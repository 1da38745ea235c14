"""What is printed above and below a yearly report."""

from typing import Any

from dossiers.forms import StepForm
from reports.printing.letterhead import sign_of
from ui.forms import DateField, Group, LongTextField, TextField
from yearend.actions.issuing import Letter
from yearend.models import AnnualReport


class IssueForm(StepForm):
    """The letter; a reason is asked for when subordinates are missing."""

    groups = (
        Group("Văn bản", ("document_number", "document_date", "place", "recipients")),
        Group(
            "Người ký",
            ("preparer", "competence", "position", "signatory"),
            help="In đúng như nhập: chức vụ viết hoa, họ tên không kèm học hàm, học vị.",
        ),
        Group("Đơn vị chưa khóa số liệu", ("reason",)),
    )
    halves = ("document_number", "document_date", "preparer", "competence", "position", "signatory")

    document_number = TextField(label="Số, ký hiệu", max_length=60)
    document_date = DateField(label="Ngày văn bản")
    place = TextField(label="Địa danh", max_length=100)
    recipients = LongTextField(
        label="Nơi nhận", max_length=1000, help_text="Mỗi nơi một dòng, ví dụ “- Lưu: VT, CNTT.”"
    )
    preparer = TextField(label="Người lập", max_length=100)
    competence = TextField(
        label="Ký thay, thừa lệnh",
        max_length=20,
        required=False,
        help_text="Ví dụ “KT. GIÁM ĐỐC”. Người đứng đầu ký thì để trống.",
    )
    position = TextField(label="Chức vụ người ký", max_length=100)
    signatory = TextField(label="Họ tên người ký", max_length=100)
    reason = LongTextField(label="Lý do ban hành khi chưa đủ đơn vị", max_length=500)

    def __init__(self, *args: Any, dossier: AnnualReport, **kwargs: Any) -> None:
        super().__init__(*args, dossier=dossier, **kwargs)
        sign = sign_of(dossier.unit)
        self.fields["document_number"].help_text = f"Ví dụ 05/{sign}; chỉ nhập số thì ký hiệu là {sign}."
        if not (dossier.edition and dossier.edition.missing):
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """The fields of the letter as one."""
        found: dict[str, Any] = super().clean() or {}
        if not self.errors:
            names = Letter.__dataclass_fields__
            found = {
                "letter": Letter(**{name: found[name] for name in names}),
                **{name: value for name, value in found.items() if name not in names},
            }
        return found
