"""A mailbox on this machine that speaks IMAP, as far as reading one asks for it."""

import base64
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mailbox:
    """Messages, which of them were read, and who may come in: a user with a password or with a token."""

    def __init__(self, *messages: bytes) -> None:
        self.messages = list(messages)
        self.seen: set[int] = set()
        self.users = {"candour": "hush"}
        self.tokens: set[str] = set()
        self.folders = {"INBOX"}
        self.said: list[str] = []


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        self.write("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            box: Mailbox = self.server.box  # type: ignore[attr-defined]
            box.said.append(rest)
            verb = rest.split()[1] if rest.upper().startswith("UID") else rest.split()[0]
            answer = getattr(self, f"do_{verb.lower()}", self.unknown)(box, rest)
            self.write(f"{tag} {answer} done")
            if verb.upper() == "LOGOUT":
                return

    def write(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def unknown(self, box: Mailbox, rest: str) -> str:
        return "BAD what"

    def do_capability(self, box: Mailbox, rest: str) -> str:
        self.write("* CAPABILITY IMAP4rev1 AUTH=XOAUTH2")
        return "OK"

    def do_login(self, box: Mailbox, rest: str) -> str:
        _, user, password = rest.split(maxsplit=2)
        return "OK" if box.users.get(user.strip('"')) == password.strip('"') else "NO nobody knows you"

    def do_authenticate(self, box: Mailbox, rest: str) -> str:
        self.write("+ ")
        given = base64.b64decode(self.rfile.readline()).decode()
        token = re.search(r"auth=Bearer (.*?)\x01", given)
        return "OK" if token and token[1] in box.tokens else "NO nobody knows you"

    def do_select(self, box: Mailbox, rest: str) -> str:
        if rest.partition(" ")[2].strip('"') not in box.folders:
            return "NO there is none"
        self.write(f"* {len(box.messages)} EXISTS")
        return "OK"

    def do_search(self, box: Mailbox, rest: str) -> str:
        found = [str(number) for number in range(1, len(box.messages) + 1) if number not in box.seen]
        self.write(f"* SEARCH {' '.join(found)}")
        return "OK"

    def do_fetch(self, box: Mailbox, rest: str) -> str:
        number = int(rest.split()[2])
        most = int(re.search(r"<0\.(\d+)>", rest)[1])  # type: ignore[index]
        message = box.messages[number - 1][:most]
        self.wfile.write(
            f"* {number} FETCH (UID {number} BODY[]<0> {{{len(message)}}}\r\n".encode() + message + b")\r\n"
        )
        return "OK"

    def do_store(self, box: Mailbox, rest: str) -> str:
        box.seen.add(int(rest.split()[2]))
        return "OK"

    def do_logout(self, box: Mailbox, rest: str) -> str:
        self.write("* BYE")
        return "OK"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def speaking(box: Mailbox) -> Iterator[int]:
    """The port at which the mailbox answers."""
    with Server(("127.0.0.1", 0), Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
