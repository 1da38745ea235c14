"""All data in open formats, for whoever owns it: once a year, or when another system takes over.

Each table is a file of JSON Lines (one object a row, UTF-8, compressed), described in `datapackage.json` as the
Frictionless Data Package standard asks: fields, types, titles in Vietnamese, keys. JSON because it tells nothing from
an empty text, and because no spreadsheet program takes any of it for a formula.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from core.walls import concrete_models
from qltb.keeping.parts import described

LEFT_OUT = {
    "sessions.Session": "logins that are under way",
    "jobs.Job": "work in the background, kept for days only",
    "jobs.JobFile": "the same",
    "notices.Mail": "the queue of mails",
}
"""Tables that hold no data of the sector, and why."""
SECRET_WORDS = ("password", "secret", "token")
"""Columns whose names have one of these stay behind: they open accounts, and say nothing."""
TYPES: tuple[tuple[type[models.Field], str], ...] = (
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.JSONField, "object"),
    (models.DecimalField, "number"),
    (models.FloatField, "number"),
    (models.IntegerField, "integer"),
    (models.ForeignKey, "integer"),
)
ROWS = 2000


def hand_over(target: Path) -> Path:
    """Write everything into a new folder of `target` and return it; it gets its name when all is written."""
    name = f"qltb-ban-giao-{timezone.localtime():%Y%m%d-%H%M%S}"
    partial, finished = target / f".{name}.partial", target / name
    (partial / "du-lieu").mkdir(mode=0o700, parents=True)
    try:
        resources = _tables(partial)
        _documents(partial)
        _describe(partial, resources)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    partial.rename(finished)
    return finished


def _tables(folder: Path) -> list[dict[str, Any]]:
    """Every table as of one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
        return [_table(folder, model) for model in handed_over()]


def handed_over() -> list[type[models.Model]]:
    """The models whose rows are handed over, by the name of their table."""
    chosen = [model for model in concrete_models() if model._meta.label not in LEFT_OUT]
    return sorted(chosen, key=lambda model: model._meta.db_table)


def fields_of(model: type[models.Model]) -> list[models.Field]:
    """The columns that are handed over."""
    columns = model._meta.local_concrete_fields
    return [field for field in columns if not any(word in str(field.column) for word in SECRET_WORDS)]


def _table(folder: Path, model: type[models.Model]) -> dict[str, Any]:
    table, columns = model._meta.db_table, fields_of(model)
    path = folder / "du-lieu" / f"{table}.jsonl.gz"
    rows = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as file:
        for line in _lines(table, [str(field.column) for field in columns], str(model._meta.pk.column)):
            file.write(line + "\n")
            rows += 1
    return {
        "name": table.replace("_", "-"),
        "title": str(model._meta.verbose_name),
        "path": str(path.relative_to(folder)),
        "format": "jsonl",
        "compression": "gz",
        "encoding": "utf-8",
        "rows": rows,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{described(path)['sha256']}",
        "schema": {
            "fields": [_field(field) for field in columns],
            "primaryKey": [model._meta.pk.column],
            "foreignKeys": [_key(field) for field in columns if isinstance(field, models.ForeignKey)],
        },
    }


def _lines(table: str, columns: list[str], key: str) -> Iterator[str]:
    named = ", ".join(f'"{column}"' for column in columns)
    sql = f'SELECT row_to_json(r)::text FROM (SELECT {named} FROM "{table}" ORDER BY "{key}") r'  # noqa: S608 - names of ours
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(ROWS):
            for (line,) in rows:
                yield line


def _field(field: models.Field) -> dict[str, Any]:
    kind = next((name for types, name in TYPES if isinstance(field, types)), "string")
    told: dict[str, Any] = {"name": field.column, "type": kind, "title": str(field.verbose_name)}
    if field.help_text:
        told["description"] = str(field.help_text)
    if field.choices:
        told["categories"] = [{"value": value, "label": str(label)} for value, label in field.flatchoices]
    if not field.null:
        told["constraints"] = {"required": True}
    return told


def _key(field: models.ForeignKey) -> dict[str, Any]:
    there = field.related_model._meta
    return {
        "fields": [field.column],
        "reference": {"resource": there.db_table.replace("_", "-"), "fields": [there.pk.column]},
    }


def _documents(folder: Path) -> None:
    """The files as they lie there: the table of documents says which row each belongs to, and its SHA-256."""
    root = Path(settings.DOCUMENTS_ROOT)
    for path in sorted(root.glob("??/??/*.pdf")):
        place = folder / "tep" / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _describe(folder: Path, resources: list[dict[str, Any]]) -> None:
    package = {
        "profile": "data-package",
        "name": "qltb",
        "title": "Toàn bộ dữ liệu của hệ thống Quản lý thiết bị CNTT",
        "created": timezone.localtime().isoformat(timespec="seconds"),
        "version": settings.VERSION,
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n")
    (folder / "DOC-TRUOC.txt").write_text(README)
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{described(folder / name)['sha256']}  {name}\n" for name in names)
    (folder / "SHA256SUMS").write_text(sums)


README = """\
BÀN GIAO TOÀN BỘ DỮ LIỆU

du-lieu/          mỗi bảng một tệp JSON Lines nén gzip: mỗi dòng là một bản ghi, mã hóa UTF-8
tep/              tài liệu đính kèm và biểu mẫu đã phát hành; bảng core_document cho biết tệp thuộc hồ sơ nào
datapackage.json  mô tả từng bảng theo chuẩn Frictionless Data Package: cột, kiểu, tên tiếng Việt, khóa, số dòng
SHA256SUMS        tổng kiểm tra của mọi tệp; kiểm tra bằng lệnh: sha256sum -c SHA256SUMS

Số liệu của các bảng là của cùng một thời điểm. Tiền tính bằng đồng. Không bàn giao: mật khẩu, phiên đăng nhập, mã bí
mật, công việc chạy nền và hàng đợi thư.
"""
