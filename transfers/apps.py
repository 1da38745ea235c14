from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "transfers"
    verbose_name = "Điều chuyển"

    def ready(self) -> None:
        from dossiers import titles  # noqa: PLC0415 - models are there only now
        from dossiers.kinds import register  # noqa: PLC0415 - the same
        from equipment import extensions  # noqa: PLC0415 - the same
        from transfers import blocks, event_titles  # noqa: PLC0415 - the same
        from transfers.kinds import TRANSFER  # noqa: PLC0415 - the same

        register(TRANSFER)
        titles.tell(event_titles.TITLES)
        extensions.offer_step(blocks.transfer_step, position=30)
        extensions.offer_bulk(blocks.transfer_bulk, position=30)
        extensions.tell_dossiers(blocks.transfers_of)
