from django.apps import AppConfig


class RepairsConfig(AppConfig):
    name = "repairs"
    verbose_name = "Sửa chữa"

    def ready(self) -> None:
        from dossiers import titles  # noqa: PLC0415 - models are there only now
        from dossiers.kinds import register  # noqa: PLC0415 - the same
        from equipment import extensions  # noqa: PLC0415 - the same
        from repairs import event_titles, handlers, offers, panels, watches  # noqa: F401, PLC0415 - handlers register
        from repairs.kinds import REPAIR  # noqa: PLC0415 - the same

        register(REPAIR)
        titles.tell(event_titles.TITLES)
        extensions.offer_step(offers.open_step, position=20)
        extensions.offer_bulk(offers.open_bulk, position=20)
        extensions.offer_tab(offers.repairs_tab, position=20)
        extensions.tell_dossiers(offers.dossiers)
        watches.register()
        panels.register()
