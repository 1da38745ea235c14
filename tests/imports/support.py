"""Lists as units send them, and the way of one into the books."""

import io
from itertools import count

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from core.encodings import VNI
from core.sheets import read
from core.tcvn3 import LETTERS, SIGNS
from equipment import runners  # noqa: F401 - registers what jobs do
from equipment.actions import imports
from equipment.importing.matching import Column
from equipment.models import ImportBatch
from jobs import files, running
from jobs.models import Job

HEAD = ("Loại thiết bị", "Tên thiết bị", "Số máy (serial)", "Nguyên giá", "Ngày tiếp nhận", "Người sử dụng")
DESKTOP = "Máy vi tính để bàn"
_TO_TCVN3 = dict(zip(LETTERS, SIGNS, strict=True))
_TO_VNI = {letter: sequence for sequence, letter in VNI.items()}
serials = (f"SR{number:06d}" for number in count(1))


def row(**changes):
    """A row that lacks nothing, under HEAD."""
    cells = {
        "category": DESKTOP,
        "name": "Máy tính phòng họp",
        "serial": next(serials),
        "price": 14_890_000,
        "received": "25/11/2020",
        "holder": "Trần Thị Bình",
        **changes,
    }
    return list(cells.values())


def xlsx(*sheets, merged=()):
    """A workbook: each sheet is a list of rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for line, cells in enumerate(rows):
                for at, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(line, at, cell)
                    elif cell is not None:
                        sheet.write(line, at, cell)
            for area in merged:
                sheet.merge_range(*area[:4], area[4])
    file.seek(0)
    return file


def tcvn3(text):
    """As a TCVN3 font stores it; capitals with accents become small ones."""
    return "".join(_TO_TCVN3.get(sign) or _TO_TCVN3.get(sign.lower(), sign) for sign in text)


def vni(text):
    return "".join(_TO_VNI.get(sign, sign) for sign in text)


def book(*sheets, merged=()):
    return read(xlsx(*sheets, merged=merged), "ds.xlsx")


def upload(content, name="danh sách.xlsx"):
    return SimpleUploadedFile(name, content.read() if hasattr(content, "read") else content)


def work(batch):
    """Do the job that is at the batch; gives both as they are then."""
    batch.refresh_from_db()
    job = Job.objects.get(public_id=batch.job)
    running.run(job.pk)
    batch.refresh_from_db()
    job.refresh_from_db()
    return batch, job


def uploaded(by, content, *, existing="refuse", unit=None, name="danh sách.xlsx", **changes):
    """A batch whose file has been read."""
    batch = imports.start(unit=unit or by.unit, existing=existing, file=upload(content, name), by=by, **changes)
    return work(batch)[0]


def columns_of(batch, **fields):
    """The match that was found; `fields` change what columns of these headings mean."""
    found = [Column.of(column) for column in batch.columns]
    return [
        Column.of({**column.stored(), "field": fields.get(column.header, column.field)}) if fields else column
        for column in found
    ]


def checked(by, content, **changes):
    batch = uploaded(by, content, **changes)
    imports.match_columns(batch, columns=columns_of(batch), by=by, version=batch.version)
    return work(batch)[0]


def brought_in(by, content, *, mode="all", **changes):
    """A batch whose valid rows are in the books, with the job that took them there."""
    batch = checked(by, content, **changes)
    imports.apply(batch, mode=mode, by=by, version=batch.version)
    return work(batch)


def reasons(batch):
    """(line, kind) of every fault told."""
    return [(fault["line"], fault["kind"]) for fault in batch.report["faults"]]


def errors_file(batch, by):
    """The faulty rows that are handed back."""
    job = Job.objects.owned_by(by).get(public_id=batch.job)
    with files.open_file(job, "errors") as stored:
        return io.BytesIO(stored.read())


def again(batch):
    return ImportBatch.objects.get(pk=batch.pk)
