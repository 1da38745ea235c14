from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền tảng"

    def ready(self) -> None:
        from core import checks  # noqa: F401, PLC0415 - registers them

        post_migrate.connect(_build_walls, sender=self)


def _build_walls(*, using: str, **_: Any) -> None:
    from core import walls  # noqa: PLC0415 - models are loaded only now

    walls.build(using)
