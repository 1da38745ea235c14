from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "equipment"
    verbose_name = "Thiết bị"

    def ready(self) -> None:
        from equipment import handlers  # noqa: F401, PLC0415 - registers what follows an event
