"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ui import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. The navigation is made only where a template asks for it, not for fragments."""
    user = getattr(request, "user", None)
    frame = SimpleLazyObject(lambda: navigation.frame(user, request.path) if user else navigation.Frame())
    return {
        "navigation": SimpleLazyObject(lambda: frame.sections),
        "topbar": SimpleLazyObject(lambda: frame.top),
        "app_name": "QLTB",
        "version": getattr(settings, "VERSION", ""),
        "demo": getattr(settings, "DEMO", False),
    }
