"""What is done to the bytes of a PDF: places for signatures, their looks, the signature itself."""
