from django.apps import AppConfig
from django.urls import reverse


class YearendConfig(AppConfig):
    name = "yearend"
    verbose_name = "Báo cáo năm"

    def ready(self) -> None:
        from dispatch import subjects  # noqa: PLC0415 - models are there only now
        from dossiers import titles  # noqa: PLC0415 - models are there only now
        from dossiers.kinds import register  # noqa: PLC0415 - the same
        from signing import subjects as signing  # noqa: PLC0415 - the same
        from yearend import handlers, panels  # noqa: F401, PLC0415 - handlers register
        from yearend.actions.issuing import signed  # noqa: PLC0415 - the same
        from yearend.actions.receiving import on_receipt  # noqa: PLC0415 - the same
        from yearend.event_titles import TITLES  # noqa: PLC0415 - the same
        from yearend.kinds import REPORT  # noqa: PLC0415 - the same
        from yearend.models import AnnualReport  # noqa: PLC0415 - the same
        from yearend.unlocks.kind import UNLOCK  # noqa: PLC0415 - the same
        from yearend.unlocks.titles import TITLES as UNLOCK_TITLES  # noqa: PLC0415 - the same

        register(REPORT)
        subjects.offer(
            AnnualReport, address=lambda number, _: reverse("yearend:detail", args=[number]), on_receipt=on_receipt
        )
        signing.offer(AnnualReport, address=lambda report: REPORT.url("detail", report), completed=signed)
        register(UNLOCK)
        titles.tell({**TITLES, **UNLOCK_TITLES})
        panels.register()
