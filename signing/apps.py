from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "signing"
    verbose_name = "Ký số"

    def ready(self) -> None:
        from dossiers import titles  # noqa: PLC0415 - the others are ready only now
        from signing.event_titles import TITLES  # noqa: PLC0415 - the same

        titles.tell(TITLES)
