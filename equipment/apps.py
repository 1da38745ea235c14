from django.apps import AppConfig
from django.urls import reverse


class EquipmentConfig(AppConfig):
    name = "equipment"
    verbose_name = "Thiết bị"

    def ready(self) -> None:
        from deadlines import subjects  # noqa: PLC0415 - models are there only now
        from dossiers import titles  # noqa: PLC0415 - the same
        from dossiers.kinds import register  # noqa: PLC0415 - the same
        from equipment import (  # noqa: PLC0415 - the same
            event_titles,
            handlers,  # noqa: F401 - handlers register themselves
            offers,
            panels,
            software_offers,
            watches,
        )
        from equipment.kinds import ASSIGNMENT, INTAKE  # noqa: PLC0415 - the same
        from equipment.models import Recovery  # noqa: PLC0415 - the same

        register(INTAKE)
        register(ASSIGNMENT)
        subjects.offer(Recovery, lambda _, pk: reverse("assignments:recovery", args=[pk]))
        offers.register()
        software_offers.register()
        watches.register()
        panels.register()
        titles.tell(event_titles.TITLES, silent=event_titles.TOLD_BY_HISTORY)
