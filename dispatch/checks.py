"""Whether the way to the document system is configured whole: `manage.py check`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from dispatch.rules import CHANNELS, Channel

NEEDS: Mapping[str, str] = {
    Channel.FOLDER: "DISPATCH_FOLDER",
    Channel.SMTP: "DISPATCH_MAIL_TO",
    Channel.HTTP: "DISPATCH_URL",
}


@register()
def way_is_whole(**_: Any) -> Sequence[CheckMessage]:
    """The adapter is one that exists, and has where to go."""
    way = settings.DISPATCH_ADAPTER
    if not way:
        return []
    if way not in CHANNELS:
        known = ", ".join(sorted(CHANNELS))
        return [Error(f"DISPATCH_ADAPTER is {way!r}: leave it empty or use one of {known}.", id="dispatch.E001")]
    if not getattr(settings, NEEDS[way]):
        return [Error(f"DISPATCH_ADAPTER={way} needs {NEEDS[way]}.", id="dispatch.E002")]
    if way == Channel.HTTP and not settings.DISPATCH_URL.startswith("https://"):
        return [Error("DISPATCH_URL must begin with https://.", id="dispatch.E003")]
    return []
