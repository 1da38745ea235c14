"""How a signature looks on the page (NĐ 30/2020/NĐ-CP, annex I, II.7 and II.8).

The head's hand stands blue between title and name. The agency's seal is red, in its real size, and covers about a
third of that hand on its left. Where there is no picture, and for the preparer always, words say who and when.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from PIL import Image
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from signing.checking import Holder
from signing.rules import Step
from ui.pdf import render_pdf

POINTS_PER_MM = 72 / 25.4
INK = {Step.PREPARER: "#1f3a93", Step.HEAD: "#1f3a93", Step.SEAL: "#c8102e"}
SIZES = {Step.PREPARER: 7, Step.HEAD: 8.5, Step.SEAL: 6}
"""Points. The words of a seal without picture keep above the hand that the seal would cover in part."""
WORDS = 0.42
"""Of the preparer's box, what the words take below the picture."""


@dataclass(frozen=True)
class Picture:
    """A picture of a hand or a seal (PNG) and how wide it is in reality."""

    png: bytes
    width_mm: float


@dataclass(frozen=True)
class Look:
    """What is drawn into the box of a signature."""

    step: Step
    holder: Holder
    moment: datetime
    picture: Picture | None = None


def style_of(look: Look, box: Sequence[float]) -> StaticStampStyle:
    """The look as pyHanko draws it; `box` is page, left, bottom, right, top in points."""
    _, left, bottom, right, top = box
    drawn = _Drawing(look, round(right) - round(left), round(top) - round(bottom))
    rule = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MIN,
        y_align=layout.AxisAlignment.ALIGN_MIN,
        margins=layout.Margins.uniform(0),
        inner_content_scaling=layout.InnerScaling.NO_SCALING,
    )
    return StaticStampStyle(border_width=0, background=drawn, background_layout=rule)


def words_of(look: Look) -> list[str]:
    """Who signed, for whom, and when: ISO 8601 with the zone."""
    moment = timezone.localtime(look.moment).replace(microsecond=0).isoformat()
    lines = [f"Ký bởi: {look.holder.name}"]
    if look.step == Step.HEAD and look.holder.organisation:
        lines.append(f"Cơ quan: {look.holder.organisation}")
    return [*lines, f"Thời gian ký: {moment}"]


@dataclass(frozen=True)
class Place:
    """A rectangle within the box, in points from its lower left corner."""

    x: float
    y: float
    width: float
    height: float


def picture_place(look: Look, size: tuple[int, int], width: float, height: float) -> Place:
    """Where the picture of `size` pixels goes: its real width, smaller only where the box has no room for it."""
    floor = height * WORDS if look.step == Step.PREPARER else 0
    wanted = (look.picture.width_mm if look.picture else 0) * POINTS_PER_MM
    high = wanted * size[1] / size[0]
    scale = min(1.0, width / wanted, (height - floor) / high)
    drawn_width, drawn_height = wanted * scale, high * scale
    return Place((width - drawn_width) / 2, floor + (height - floor - drawn_height) / 2, drawn_width, drawn_height)


@dataclass
class _Drawing(PdfContent):
    """The picture and the words, drawn into a box of this size."""

    look: Look
    width: float
    height: float
    parts: list[bytes] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        super().__init__(box=layout.BoxConstraints(self.width, self.height))

    def render(self) -> bytes:
        """The commands; what they use is put among the resources."""
        self.parts = []
        if self.look.picture:
            self._draw_picture(self.look.picture)
        if not self.look.picture or self.look.step == Step.PREPARER:
            self._draw_words()
        return b" ".join(self.parts)

    def _draw_picture(self, picture: Picture) -> None:
        with Image.open(io.BytesIO(picture.png), formats=["PNG"]) as image:
            pixels = image.convert("RGBA")
        place = picture_place(self.look, pixels.size, self.width, self.height)
        drawn = PdfImage(pixels, writer=self.writer, box=layout.BoxConstraints(place.width, place.height))
        commands = drawn.render()
        self.import_resources(drawn.resources)
        self.parts.append(b"q 1 0 0 1 %.3f %.3f cm %s Q" % (place.x, place.y, commands))

    def _draw_words(self) -> None:
        """Set by the engine that prints all papers, with the project's fonts."""
        beside = self.look.picture is not None
        height = math.floor(self.height * WORDS) if beside else self.height
        context: dict[str, Any] = {"label": self.look.step.label, "lines": words_of(self.look)}
        style = {
            "width": self.width,
            "height": height,
            "font": SIZES[self.look.step],
            "colour": INK[self.look.step],
        }
        pdf = render_pdf("print/signature.html", context, styles={"print/signature.css": style})
        assert self.writer is not None  # noqa: S101 - set before anything is drawn
        page = self.writer.import_page_as_xobject(PdfFileReader(io.BytesIO(pdf)))
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Words"), page)
        self.parts.append(b"q /Words Do Q")
