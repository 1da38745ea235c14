"""Papers to be signed in the units of the country, who signs there and with which picture; each with its marker."""

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from signing.actions import pictures, signers, trust
from signing.actions.links import hashed
from signing.actions.papers import open_paper, withdraw
from signing.models import UploadToken
from signing.rules import Step
from tests.isolation.holdings_yearend import CLERKS
from tests.signing import pki
from tests.world import pdf_bytes

BOXES = {"preparer": (0, 60, 100, 180, 160), "head": (0, 380, 100, 500, 165), "seal": (0, 320, 82, 420, 182)}
SECRET = "bi-mat-thu-nghiem"


def furnish(country: Any) -> None:
    """Each unit has a paper to be signed and one that was withdrawn; the unit in the middle has a link for it."""
    admin = country.user("admin1")
    (country.shared["authority"], _) = trust.add_authorities(pki.root().pem + pki.intermediate().pem, name="", by=admin)
    trust.add_revocations(pki.revocations(pki.intermediate()), by=admin)
    for code, name in CLERKS.items():
        holding = country.holdings[code]
        by = User.objects.select_related("unit").get(pk=country.world.users[name].pk)
        subject, marker = holding.more["annual_draft"], holding.marker
        given = {"subject": subject, "unit": holding.unit, "title": f"Báo cáo {marker}", "boxes": BOXES, "by": by}
        withdraw(open_paper(**given, pdf=pdf_bytes()), by=by, reason=f"In lại {marker}")
        paper = open_paper(**given, pdf=pdf_bytes())
        signer = signers.register(
            holding.unit, step=Step.HEAD, content=pki.issue(f"Ký {marker}", by=pki.intermediate()).der, by=admin
        )
        image = pictures.add(holding.unit, step=Step.HEAD, name=f"Hình {marker}", file=drawn(), width_mm=42, by=by)
        holding.more |= {"paper": paper, "signer": signer, "image": image}
        holding.told += [str(one.public_id) for one in (paper, signer, image)]
    middle = country.middle
    signers.register(middle.unit, step=Step.PREPARER, content=pki.preparer().der, by=admin)
    middle.more["link"] = UploadToken.objects.create(
        paper=middle.more["paper"],
        step=Step.PREPARER,
        owner=country.user("business"),
        sha256=hashed(SECRET),
        expires_at=timezone.now() + timedelta(days=1),
    )


def drawn(colour: str = "#1f3a93") -> SimpleUploadedFile:
    """A small picture on a transparent ground."""
    picture = Image.new("RGBA", (420, 200), (0, 0, 0, 0))
    picture.paste(colour, (60, 90, 360, 110))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("chu-ky.png", out.getvalue(), content_type="image/png")
