"""Keys that sign on the server: of a file or of a device. Neither they nor their secrets are kept or logged.

Files come from people, and the library of a device from its maker: both are opened in a process of their own
(`signing/keys/child`), which may crash or hang without harm.
"""

from signing.keys.devices import Token, device_of, tokens
from signing.keys.files import MAX_FILE, file_signer
from signing.keys.refusals import KeyRefusedError, WrongSecretError

__all__ = ["MAX_FILE", "KeyRefusedError", "Token", "WrongSecretError", "device_of", "file_signer", "tokens"]
