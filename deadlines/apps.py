from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    verbose_name = "Hạn xử lý"

    def ready(self) -> None:
        from deadlines import account_watch, handlers  # noqa: F401, PLC0415 - models are there only now; handlers register

        account_watch.register()
