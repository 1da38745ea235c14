from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "dispatch"
    verbose_name = "Gửi nhận văn bản"

    def ready(self) -> None:
        from dispatch import checks  # noqa: F401, PLC0415 - checks register; models are there only now
