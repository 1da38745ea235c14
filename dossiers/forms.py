"""Forms that every kind of dossier has."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from core.models import DocumentKind
from ui.forms import KitForm, LongTextField, VersionedForm, offer


class AttachForm(KitForm):
    """A PDF of the dossier."""

    halves = ("kind", "file")

    kind = forms.ChoiceField(label="Loại tài liệu")
    file = forms.FileField(
        label="Tệp PDF",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": "Hãy chọn một tệp PDF.", "empty": "Tệp rỗng. Hãy chọn tệp khác."},
    )

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(kind, DocumentKind(kind).label) for kind in kinds])
        limit = settings.DOCUMENT_MAX_BYTES
        self.fields["file"].widget.attrs["data-max-bytes"] = limit
        self.fields["file"].help_text = f"PDF, nhiều nhất {limit // 1024 // 1024} MB."


class ReasonForm(KitForm):
    """Why."""

    reason = LongTextField(label="Lý do", max_length=500)


class StepForm(VersionedForm):
    """A step, with the version of the dossier that the person looked at."""

    def __init__(self, data: Any = None, files: Any = None, *, dossier: Any, **kwargs: Any) -> None:
        initial = {"version": dossier.version, **kwargs.pop("initial", {})}
        super().__init__(data, files, initial=initial, **kwargs)


class ReasonStepForm(StepForm):
    """A step that needs a reason."""

    reason = LongTextField(label="Lý do", max_length=500)
