"""Real PDFs, good and bad, made for the tests."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import FileResponse
from pikepdf import Array, Dictionary, Name, Pdf, String


def build(change: Callable[[Pdf], Any] | None = None, *, pages: int = 1, **options: Any) -> bytes:
    """A PDF of empty A4 pages, after `change` has had its way with it."""
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def padded(size: int) -> bytes:
    """A good PDF of about `size` bytes: an uncompressed picture of noise."""

    def add(pdf: Pdf) -> None:
        pdf.Root.Noise = pdf.make_stream(bytes(size))

    return build(add, compress_streams=False)


def upload(content: bytes, name: str = "bien ban.pdf", content_type: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


def big_upload(content: bytes, name: str = "quet.pdf") -> TemporaryUploadedFile:
    """What Django makes of an upload that is too large for memory."""
    file = TemporaryUploadedFile(name, "application/pdf", len(content), None)
    file.write(content)
    file.seek(0)
    return file


def body(response: FileResponse) -> bytes:
    """What is sent. Closes the file only: `response.close()` would end the test's transaction with its request."""
    content = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def script() -> Dictionary:
    return action("JavaScript", JS=String("app.alert(1)"))


def annotate(pdf: Pdf, **entries: Any) -> None:
    pdf.pages[0].Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **entries))])


def attach_file(pdf: Pdf) -> None:
    pdf.attachments["virus.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ")


def file_annotation(pdf: Pdf) -> None:
    spec = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=pdf.make_stream(b"MZ")))
    annotate(pdf, Subtype=Name.FileAttachment, FS=spec)


def form(pdf: Pdf, **entries: Any) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), **entries)


def set_root(**entries: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value

    return change


def script_in_names(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(script())])))


def script_on_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=script())


def next_of_a_harmless_action(pdf: Pdf) -> None:
    goto = action("GoTo", D=String("p1"), Next=Array([action("Launch", F=String("cmd.exe"))]))
    annotate(pdf, Subtype=Name.Link, A=goto)


def external_stream(pdf: Pdf) -> None:
    pdf.Root.Thing = pdf.make_stream(b"x", F=String("\\\\10.0.0.1\\share"))


ACTIVE: dict[str, tuple[Callable[[Pdf], Any], str]] = {
    "javascript on opening": (set_root(OpenAction=script()), "JavaScript"),
    "javascript by name": (script_in_names, "JavaScript"),
    "javascript of a page": (script_on_page, "JavaScript"),
    "javascript of a link": (lambda pdf: annotate(pdf, Subtype=Name.Link, A=script()), "JavaScript"),
    "javascript of a field": (
        lambda pdf: form(pdf, DA=String(""), Extra=Dictionary(FT=Name.Tx, AA=Dictionary(K=script()))),
        "JavaScript",
    ),
    "javascript as a stream": (
        lambda pdf: annotate(pdf, Subtype=Name.Link, A=action("JavaScript", JS=pdf.make_stream(b"app.alert(1)"))),
        "JavaScript",
    ),
    "launch": (set_root(OpenAction=action("Launch", F=String("cmd.exe"))), "mở chương trình"),
    "launch after another action": (next_of_a_harmless_action, "mở chương trình"),
    "opens a web page": (set_root(OpenAction=action("URI", URI=String("https://example.com"))), "tự chạy"),
    "submits a form": (set_root(OpenAction=action("SubmitForm", F=String("https://example.com"))), "gửi"),
    "imports data": (
        lambda pdf: annotate(pdf, Subtype=Name.Link, A=action("ImportData", F=String("x"))),
        "nạp dữ liệu",
    ),
    "trigger of a page": (
        lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(C=action("Named", N=Name.Print))),
        "tự chạy",
    ),
    "attached file": (attach_file, "đính kèm"),
    "attached by annotation": (file_annotation, "đính kèm"),
    "associated file": (set_root(AF=Array([Dictionary(Type=Name.Filespec)])), "đính kèm"),
    "portfolio": (set_root(Collection=Dictionary()), "đính kèm"),
    "embedded document": (
        lambda pdf: annotate(pdf, Subtype=Name.Link, A=action("GoToE", T=Dictionary())),
        "đính kèm",
    ),
    "other host": (
        lambda pdf: annotate(pdf, Subtype=Name.Link, A=action("GoToR", F=String("\\\\10.0.0.1\\x.pdf"))),
        "máy khác",
    ),
    "link to a local file": (
        lambda pdf: annotate(pdf, Subtype=Name.Link, A=action("URI", URI=String("file:///c:/x.exe"))),
        "máy khác",
    ),
    "link that is script": (
        lambda pdf: annotate(pdf, Subtype=Name.Link, A=action("URI", URI=String("javascript:alert(1)"))),
        "máy khác",
    ),
    "data on another host": (external_stream, "máy khác"),
    "rich media": (lambda pdf: annotate(pdf, Subtype=Name.RichMedia), "phim"),
    "3D": (lambda pdf: annotate(pdf, Subtype=Name("/3D")), "phim"),
    "screen": (lambda pdf: annotate(pdf, Subtype=Name.Screen), "phim"),
    "movie": (lambda pdf: annotate(pdf, Subtype=Name.Movie), "phim"),
    "xfa": (lambda pdf: form(pdf, XFA=pdf.make_stream(b"<xdp/>")), "XFA"),
}

HARMLESS: dict[str, Callable[[Pdf], Any]] = {
    "opens at its first page": lambda pdf: set_root(OpenAction=Array([pdf.pages[0].obj, Name.Fit]))(pdf),
    "goes to a place on opening": set_root(OpenAction=action("GoTo", D=String("p1"))),
    "web link": lambda pdf: annotate(
        pdf, Subtype=Name.Link, A=action("URI", URI=String("https://baohiemxahoi.gov.vn/?a=1"))
    ),
    "mail link": lambda pdf: annotate(pdf, Subtype=Name.Link, A=action("URI", URI=String("mailto:a@vss.gov.vn"))),
    "signature field": lambda pdf: form(pdf, SigFlags=3),
    "font that the page calls AA": lambda pdf: pdf.pages[0].obj.__setitem__(
        "/Resources",
        Dictionary(Font=Dictionary(AA=pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, JS=1)))),
    ),
    "empty list of attachments": set_root(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array()))),
}
