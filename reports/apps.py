from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from dossiers import titles  # noqa: PLC0415 - models are there only now
        from dossiers.kinds import register  # noqa: PLC0415 - the same
        from reports import (  # noqa: PLC0415 - the same
            event_titles,
            sets,  # noqa: F401 - reports register themselves
        )
        from reports.kinds import SURVEY  # noqa: PLC0415 - the same

        register(SURVEY)
        titles.tell(event_titles.TITLES)
