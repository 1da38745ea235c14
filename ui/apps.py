"""The screens' machinery: lists, forms, records, actions."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Has no models; it is an app for its template tags."""

    name = "ui"
