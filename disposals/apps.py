from django.apps import AppConfig


class DisposalsConfig(AppConfig):
    name = "disposals"
    verbose_name = "Thanh lý, hủy"

    def ready(self) -> None:
        from disposals import event_titles, offers  # noqa: PLC0415 - models are there only now
        from disposals.kinds import DISPOSAL, LOSS  # noqa: PLC0415 - the same
        from dossiers import titles  # noqa: PLC0415 - the same
        from dossiers.kinds import register  # noqa: PLC0415 - the same
        from equipment import extensions  # noqa: PLC0415 - the same

        register(DISPOSAL)
        register(LOSS)
        titles.tell(event_titles.TITLES, silent=event_titles.TOLD_BY_HISTORY)
        extensions.offer_step(offers.dispose, position=40)
        extensions.offer_step(offers.report_lost, position=50)
        extensions.offer_step(offers.report_found, position=50)
        extensions.offer_bulk(offers.dispose_many, position=40)
        extensions.tell_dossiers(offers.dossiers_of)
