"""The only writers of papers, signers and trust: one function a transaction."""
