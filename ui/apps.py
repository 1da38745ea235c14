"""The screens' machinery: lists, forms, records, actions."""

from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator


class UiConfig(AppConfig):
    """Has no models; it is an app for its template tags."""

    name = "ui"

    def ready(self) -> None:
        # Django's Vietnamese translation lacks it, and fields of libraries say it too.
        ProhibitNullCharactersValidator.message = "Có ký tự rỗng (U+0000). Hãy xóa ký tự đó rồi nhập lại."
