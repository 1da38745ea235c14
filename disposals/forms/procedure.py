"""The form of a row of the table of procedures."""

from typing import Any

from disposals.models import ProcedureRule
from ui.forms import Group, KitModelForm, version_field


class ProcedureForm(KitModelForm):
    groups = (
        Group("Quy định", ("procedure", "item", "document_kind", "when", "stage", "required", "position")),
        Group("Hiệu lực", ("valid_from", "valid_to", "law", "source")),
    )
    halves = ("document_kind", "when", "stage", "position", "valid_from", "valid_to")

    class Meta:
        model = ProcedureRule
        fields = (
            "procedure",
            "item",
            "document_kind",
            "when",
            "stage",
            "required",
            "position",
            "valid_from",
            "valid_to",
            "law",
            "source",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"version": instance.version}
        super().__init__(*args, **kwargs)
        if instance is not None:
            self.fields["version"] = version_field()
        for name in ("item", "law", "source"):
            self.fields[name].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày hết hiệu lực phải từ ngày áp dụng trở đi.")
        return data
