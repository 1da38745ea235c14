"""Where the HR feed comes from: an HTTPS address or a folder, both named by the operator and by nobody else."""

import csv
import hashlib
import http.client
import io
import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

MEGABYTE = 1 << 20
KINDS = (".json", ".csv")
# Names under which other systems send the fields.
ALIASES = {"id": "code", "name": "full_name", "department": "room", "position": "title", "status": "state"}


class FeedError(Exception):
    """Why the feed could not be had, in a sentence for IT Center."""


@dataclass(frozen=True)
class Mark:
    """By what a source is known to be the same as last time."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Feed:
    """What a source gave: records with the line or place at which each stands; None for what is no record."""

    mark: Mark
    records: Sequence[tuple[int, Mapping[str, Any] | None]]
    complete: bool = False


def source() -> str:
    """The configured source as it is shown and compared; empty when there is none."""
    if settings.HR_FEED_URL:
        parts = urlsplit(settings.HR_FEED_URL)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"[:500]  # neither password nor token of the query
    return str(settings.HR_FEED_FOLDER)[:500]


def fetch(last: Mark) -> Feed | None:
    """The feed, or None when it is the one of `last`. Raises FeedError."""
    try:
        return _from_address(last) if settings.HR_FEED_URL else _from_folder(last)
    except (OSError, http.client.HTTPException) as fault:
        raise FeedError(f"Không lấy được dữ liệu từ nguồn: {type(fault).__name__}: {fault}"[:500]) from fault


def _from_address(last: Mark) -> Feed | None:
    parts = urlsplit(settings.HR_FEED_URL)
    if parts.scheme != "https" or not parts.hostname:
        raise FeedError("HR_FEED_URL phải là địa chỉ https://.")
    context = ssl.create_default_context(cafile=settings.HR_FEED_CA or None)
    connection = http.client.HTTPSConnection(
        parts.hostname, parts.port, timeout=settings.HR_FEED_TIMEOUT, context=context
    )
    headers = {"Accept": "application/json, text/csv"}
    if settings.HR_FEED_TOKEN:
        headers["Authorization"] = f"Bearer {settings.HR_FEED_TOKEN}"
    if last.etag:
        headers["If-None-Match"] = last.etag
    if last.modified:
        headers["If-Modified-Since"] = last.modified
    try:
        # A redirect is not followed: the address is the one that the operator checked.
        connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=headers)
        answer = connection.getresponse()
        if answer.status == http.HTTPStatus.NOT_MODIFIED:
            return None
        if answer.status != http.HTTPStatus.OK:
            raise FeedError(f"Nguồn trả lời {answer.status} {answer.reason}.")
        limit = settings.HR_FEED_MAX_MB * MEGABYTE
        content = answer.read(limit + 1)
        mark = Mark((answer.getheader("ETag") or "")[:200], (answer.getheader("Last-Modified") or "")[:100])
        kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    finally:
        connection.close()
    return _read(content, limit, mark, as_csv=kind in {"text/csv", "application/csv"})


def _from_folder(last: Mark) -> Feed | None:
    folder = Path(settings.HR_FEED_FOLDER)
    files = sorted(
        (path.stat().st_mtime, path.name, path)
        for path in folder.iterdir()
        if path.suffix.lower() in KINDS and path.is_file()
    )
    if not files:
        raise FeedError(f"Thư mục {folder} chưa có tệp JSON hoặc CSV nào.")
    path = files[-1][2]
    limit = settings.HR_FEED_MAX_MB * MEGABYTE
    with path.open("rb") as file:
        content = file.read(limit + 1)
    mark = Mark(hashlib.sha256(content).hexdigest())
    return None if mark.etag == last.etag else _read(content, limit, mark, as_csv=path.suffix.lower() == ".csv")


def _read(content: bytes, limit: int, mark: Mark, *, as_csv: bool) -> Feed:
    if len(content) > limit:
        raise FeedError(f"Dữ liệu lớn hơn {settings.HR_FEED_MAX_MB} MB.")
    try:
        text = content.decode("utf-8-sig")
        return _read_csv(text, mark) if as_csv else _read_json(text, mark)
    except (ValueError, csv.Error, RecursionError) as fault:
        raise FeedError(f"Dữ liệu không đọc được: {fault}"[:500]) from fault


def _read_csv(text: str, mark: Mark) -> Feed:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    head = [_name(cell) for cell in next(rows, [])]
    _require(head)
    records: list[tuple[int, Mapping[str, Any] | None]] = [
        (rows.line_num, dict(zip(head, row, strict=True)) if len(row) == len(head) else None)
        for row in rows
        if any(row)
    ]
    return Feed(mark, records)


def _read_json(text: str, mark: Mark) -> Feed:
    data = json.loads(text)
    people = data.get("people") if isinstance(data, dict) else data
    if not isinstance(people, list):
        raise FeedError("Dữ liệu JSON phải là một danh sách, hoặc có danh sách “people”.")
    records = [
        (line, {_name(str(key)): value for key, value in item.items()} if isinstance(item, dict) else None)
        for line, item in enumerate(people, start=1)
    ]
    return Feed(mark, records, complete=isinstance(data, dict) and data.get("complete") is True)


def _require(head: list[str]) -> None:
    if missing := {"code", "full_name", "unit"} - set(head):
        raise FeedError(f"Tệp CSV thiếu cột {', '.join(sorted(missing))}.")


def _name(text: str) -> str:
    name = text.strip().lower()
    return ALIASES.get(name, name)
