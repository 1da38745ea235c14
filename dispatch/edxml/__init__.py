"""Packages and status messages of the exchange of documents between state bodies (QCVN 102:2016/BTTTT).

The elements are those of data/edxml_fields.csv, which says how sure each of them is.
"""

from dispatch.edxml.building import document_id, letter_package, status_message
from dispatch.edxml.reading import Incoming, RefusedError, Status, package_of, status_of

__all__ = [
    "Incoming",
    "RefusedError",
    "Status",
    "document_id",
    "letter_package",
    "package_of",
    "status_message",
    "status_of",
]
