from django.apps import AppConfig
from django.urls import reverse


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = "Hỗ trợ"

    def ready(self) -> None:
        from deadlines import subjects  # noqa: PLC0415 - models are there only now
        from dossiers import titles  # noqa: PLC0415 - the same
        from dossiers.kinds import offer_finder  # noqa: PLC0415 - the same
        from support import event_titles, handlers  # noqa: F401, PLC0415 - handlers register
        from support.models import SupportMessage  # noqa: PLC0415 - the same
        from support.queries import address_of  # noqa: PLC0415 - the same

        # What is owed hangs on the message that asks; it is labelled with the number of its request.
        subjects.offer(SupportMessage, lambda number, _: reverse("support:detail", args=[number]))
        offer_finder(address_of)
        titles.tell(event_titles.TITLES, silent=event_titles.SILENT)
