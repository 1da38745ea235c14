"""Forms of support."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy

from dossiers.forms import ReasonStepForm, StepForm
from support.actions.attachments import MAX_FILES
from support.rules import Priority, Topic
from ui.form_base import TAMPERED
from ui.forms import Group, KitForm, LongTextField, TextField, VersionedForm

TEXT = 5000


class FilesInput(forms.FileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files; gives a list. What they hold is judged by the action."""

    def __init__(self, **kwargs: Any) -> None:
        limit = settings.SUPPORT_FILE_MAX_BYTES
        super().__init__(
            label="Tệp kèm theo",
            required=False,
            help_text=f"Ảnh chụp màn hình (PNG, JPEG) hoặc PDF; nhiều nhất {MAX_FILES} tệp, mỗi tệp "
            f"{limit // 1024 // 1024} MB.",
            widget=FilesInput(
                attrs={"accept": ".png,.jpg,.jpeg,.pdf,image/png,image/jpeg,application/pdf", "data-max-bytes": limit}
            ),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each is cleaned as a file of its own."""
        single = super().clean
        return [single(one, initial) for one in data or []]


class AskForm(KitForm):
    """A new request."""

    groups = (Group("", ("topic", "subject")), Group("", ("text", "attachments")))
    halves = ("topic",)

    submission = forms.UUIDField(
        label="Mã lần gửi", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )
    page = forms.CharField(label="Trang đang xem", widget=forms.HiddenInput, required=False, max_length=2000)
    topic = forms.ChoiceField(label="Chủ đề", choices=[("", "— Chọn —"), *Topic.choices])
    subject = TextField(
        label="Tiêu đề",
        max_length=150,
        help_text="Một câu nói rõ việc cần hỗ trợ.",
        widget=forms.TextInput(
            attrs={
                "hx-get": reverse_lazy("help:suggest"),
                "hx-trigger": "input changed delay:500ms",
                "hx-target": "#goi-y",
                "hx-swap": "innerHTML",
                "autocomplete": "off",
            }
        ),
    )
    text = LongTextField(
        label="Nội dung",
        max_length=TEXT,
        help_text="Bạn đã làm gì, thấy gì, mong muốn gì. Không ghi mật khẩu vào đây.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    attachments = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class WriteForm(StepForm):
    """A step that is a message, with files."""

    text = LongTextField(label="Nội dung", max_length=TEXT, widget=forms.Textarea(attrs={"rows": 8}))
    attachments = FilesField()


class CloseForm(StepForm):
    """Closing, with a word if one likes."""

    text = LongTextField(label="Lời nhắn", max_length=1000, required=False)


class EscalateForm(ReasonStepForm):
    """Passing it on, and why."""


class PriorityForm(StepForm):
    """How soon."""

    priority = forms.ChoiceField(label="Mức ưu tiên", choices=Priority.choices)


class NoteForm(KitForm):
    """A note for the own unit; it changes nothing that another could have changed."""

    text = LongTextField(label="Ghi chú nội bộ", max_length=TEXT)
    attachments = FilesField()


class CannedForm(VersionedForm):
    """A ready answer."""

    title = TextField(label="Tên câu mẫu", max_length=100, help_text="Để tìm khi trả lời, người hỏi không thấy.")
    text = LongTextField(label="Nội dung", max_length=TEXT, widget=forms.Textarea(attrs={"rows": 8}))


class ArticleForm(VersionedForm):
    """A public answer."""

    source = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    topic = forms.ChoiceField(label="Chủ đề", choices=Topic.choices)
    question = TextField(label="Câu hỏi", max_length=200)
    answer = LongTextField(
        label="Câu trả lời",
        max_length=10_000,
        help_text="Mọi tài khoản trong ngành đều đọc được: không nêu tên người, tên đơn vị, mã thiết bị, số hồ sơ.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class HelpSearchForm(KitForm):
    """The search of the public answers."""

    q = TextField(label="Tìm câu hỏi", max_length=200, required=False)
    topic = forms.ChoiceField(label="Chủ đề", choices=[("", "Tất cả"), *Topic.choices], required=False)
