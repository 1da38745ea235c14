"""A real mail server for tests, that can be slow, refuse, and be switched off and on again."""

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

HERE = "127.0.0.1"


@dataclass
class Taken:
    """A mail as it arrived: the envelope's reader, and what was in it."""

    reader: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """A long one begins on its second line, which leaves a space."""
        return self.message["Subject"].strip()

    @property
    def plain(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()


@dataclass
class Mailbox:
    """Keeps what it takes. `refused` says what it answers for some addresses."""

    taken: list[Taken] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    answer_to_data: str = "250 OK"
    slow: float = 0  # seconds between taking a mail and saying so
    hangs_up_after: int = 0  # so many mails; 0: never
    connections: int = 0
    controller: Controller | None = None
    port: int = 0

    def start(self) -> None:
        """Listen, at the same port as the last time."""
        self.controller = _Controller(self, hostname=HERE, port=self.port)
        self.controller.start()
        self.connections -= 1  # its own, to see whether it listens
        self.port = self.controller.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer_to_data.startswith("250"):
            parsed = message_from_bytes(envelope.content, policy=policy.default)
            self.taken += [Taken(reader, parsed) for reader in envelope.rcpt_tos]
        await asyncio.sleep(self.slow)
        if self.hangs_up_after and len(self.taken) >= self.hangs_up_after:
            server.transport.abort()
        return self.answer_to_data


class _Controller(Controller):
    """Counts connections; asks for a free port the first time."""

    def __init__(self, mailbox: Mailbox, **kwargs: Any) -> None:
        super().__init__(mailbox, **kwargs)
        self.mailbox = mailbox

    def factory(self) -> Any:
        self.mailbox.connections += 1
        return super().factory()

    def _trigger_server(self) -> None:
        """The start's own look whether it listens; port 0 says where only once it does."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
