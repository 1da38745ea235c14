"""A report of a whole catalogue is signed without taking its file apart again for each of its objects."""

import io

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from core.errors import DomainError
from core.scope import entered
from equipment.queries.catalogue import kinds
from signing.checking import Fault
from signing.queries import file_of, findings_of, paper_of
from signing.rules import PaperState, Step
from tests.printing.archive import require_archive
from tests.signing import pki
from tests.signing.helpers import sign_all, sign_file
from tests.yearend.figures import edition
from tests.yearend.signed import issued, now, trusting

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
REAL = 1400
"""Objects in the file of a unit's report: mostly the tags of its tables."""
LOOK = 9
"""Objects of the picture of a signature, a small PDF of its own: unpacked once for each signature."""


@pytest.fixture
def paper(world):
    """Every category that there is, issued to be signed."""
    unit, by = world.units["01.001"], world.nghiepvu_badinh
    trusting(world, unit.code)
    listed = kinds().values()
    groups = {kind.above for kind in listed}
    made = edition(unit, by=by, **{kind.code: 12 for kind in listed if kind.code not in groups})
    report = issued(made.report, by)
    found = paper_of(now(report))
    assert found
    return found


@pytest.fixture
def work(monkeypatch):
    """How often an object was looked for within another, and how often a whole revision was gone through."""
    done = {"unpacked": 0, "gone through": 0}
    unpack, collect = PdfFileReader._get_object_from_stream, HistoricalResolver._load_reverse_xref_cache

    def counted(self, *args):
        done["unpacked"] += 1
        return unpack(self, *args)

    def gone(self):
        done["gone through"] += self._indirect_object_access_cache is None
        return collect(self)

    monkeypatch.setattr(PdfFileReader, "_get_object_from_stream", counted)
    monkeypatch.setattr(HistoricalResolver, "_load_reverse_xref_cache", gone)
    return done


def test_an_issued_print_has_no_packed_objects(paper):
    pdf = file_of(paper, 0)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.objects) > REAL
    assert b"/ObjStm" not in pdf
    require_archive(pdf, files={"so-lieu.json": "Source", "so-lieu.xlsx": "Data"})


def test_it_is_signed_by_all_and_good(world, paper, work):
    by = world.nghiepvu_badinh
    with entered(by.scope):
        sign_all(paper, by=by)
        paper.refresh_from_db()
        assert paper.state == PaperState.COMPLETE
        assert findings_of(paper).good
    assert work["unpacked"] <= 3 * LOOK
    assert 0 < work["gone through"] <= 2 + 3 + 4 + 4


def test_a_certificate_that_may_not_sign_is_refused_before_the_comparison(world, paper, work):
    by = world.nghiepvu_badinh
    with entered(by.scope), pytest.raises(DomainError) as refusal:
        sign_file(paper, Step.PREPARER, pki.head(), by=by)
    assert refusal.value.code == Fault.UNREGISTERED
    assert work["unpacked"] <= LOOK
    assert work["gone through"] == 0
