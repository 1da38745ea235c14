from typing import Any

import pikepdf
from django.apps import AppConfig
from django.db.models.signals import post_migrate

UNPACKED = 64 << 20
"""Bytes of one stream of a PDF."""


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền tảng"

    def ready(self) -> None:
        from core import checks  # noqa: F401, PLC0415 - registers them

        # What a file unpacks to in this process: a PDF of some kilobytes may hold gigabytes of nothing.
        pikepdf.settings.set_qpdf_limits(flate_max_memory=UNPACKED)
        post_migrate.connect(_build_walls, sender=self)


def _build_walls(*, using: str, **_: Any) -> None:
    from core import walls  # noqa: PLC0415 - models are loaded only now

    walls.build(using)
