"""Papers with their signed revisions, who may sign for a unit, and whom the system trusts."""

from signing.models.papers import Paper, Revision, UploadToken
from signing.models.signers import SignatureImage, SignerCertificate
from signing.models.trust import RevocationList, TrustedAuthority

__all__ = [
    "Paper",
    "Revision",
    "RevocationList",
    "SignatureImage",
    "SignerCertificate",
    "TrustedAuthority",
    "UploadToken",
]
