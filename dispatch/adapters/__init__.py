"""The ways out to the document system. Which one is taken is the operator's setting DISPATCH_ADAPTER."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dispatch.adapters.base import Adapter, DeliveryError, Parcel
from dispatch.adapters.folder import FolderAdapter
from dispatch.adapters.mail import MailAdapter
from dispatch.adapters.web import WebAdapter
from dispatch.rules import Channel

__all__ = ["Adapter", "DeliveryError", "Parcel", "adapter_of", "channel"]

_ADAPTERS: Mapping[Channel, Callable[[], Adapter]] = {
    Channel.FOLDER: FolderAdapter,
    Channel.SMTP: MailAdapter,
    Channel.HTTP: WebAdapter,
}


def channel() -> Channel:
    """The way that is configured; this system itself when no adapter is named. Raises ImproperlyConfigured."""
    if not settings.DISPATCH_ADAPTER:
        return Channel.APP
    try:
        return next(one for one in _ADAPTERS if one == settings.DISPATCH_ADAPTER)
    except StopIteration:
        message = f"DISPATCH_ADAPTER must be empty or one of {', '.join(_ADAPTERS)}."
        raise ImproperlyConfigured(message) from None


def adapter_of(way: Channel) -> Adapter:
    """The adapter of `way`, with the settings as they are now. Raises KeyError for this system itself."""
    return _ADAPTERS[way]()
