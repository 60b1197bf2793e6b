"""A real object store over loopback, and a peer that speaks the scanner's protocol: both can be stopped and started again."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

REGION = "eu-west-2"
numbers = count(1)
KEYS = {"aws_access_key_id": "of-the-tests", "aws_secret_access_key": "of-the-tests-alone"}
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"  # harmless, and made to be found


class Objects:
    """An object store with one bucket at a time, made with object lock."""

    bucket = ""

    def __init__(self) -> None:
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        self.port = self.server.get_host_and_port()[1]

    def begin(self, *, locks: bool = True) -> None:
        """A new bucket, empty: what is held in another nobody can take away."""
        self.bucket = f"candour-{next(numbers)}"
        where = {"LocationConstraint": REGION}
        self.client.create_bucket(Bucket=self.bucket, ObjectLockEnabledForBucket=locks, CreateBucketConfiguration=where)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def client(self) -> Any:
        return boto3.client("s3", endpoint_url=self.address, region_name=REGION, **KEYS)

    def storage(self, lock: str = "") -> dict[str, Any]:
        """What settings.STORAGES says of it."""
        options = {"bucket_name": self.bucket, "endpoint_url": self.address, "region_name": REGION, "lock": lock}
        options |= {"access_key": KEYS["aws_access_key_id"], "secret_key": KEYS["aws_secret_access_key"]}
        return {"BACKEND": "candour.kernel.evidence.objects.ObjectStore", "OPTIONS": options}

    def versions(self) -> list[str]:
        """The names of all that it holds, a version each."""
        found = self.client.list_object_versions(Bucket=self.bucket)
        return sorted(each["Key"] for each in (*found.get("Versions", ()), *found.get("DeleteMarkers", ())))

    def stop(self) -> None:
        self.server.stop()

    def start_again(self) -> None:
        """At the same address, with what it held."""
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self.server.start()


class Peer(socketserver.BaseRequestHandler):
    """One connection of clamd: VERSION, or INSTREAM and its chunks."""

    def handle(self) -> None:
        word = self._until_nought()
        if word == b"zVERSION":
            self.request.sendall(b"ClamAV 1.4.3/27800\0")
        if word != b"zINSTREAM":
            return
        held = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            held += self._exactly(size)
            if len(held) > self.server.limit:  # type: ignore[attr-defined]
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(held)  # type: ignore[attr-defined]
        self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in held else b"stream: OK\0")

    def _until_nought(self) -> bytes:
        held = b""
        while not held.endswith(b"\0"):
            held += self._exactly(1)
        return held[:-1]

    def _exactly(self, size: int) -> bytes:
        held = b""
        while len(held) < size:
            more = self.request.recv(size - len(held))
            if not more:
                raise ConnectionError
            held += more
        return held


class Listening(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    limit = 1_000_000
    seen: list[bytes]

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a peer that went away


@contextmanager
def scanner(port: int = 0) -> Iterator[Listening]:
    """A scanner that listens while the block lasts."""
    server = Listening(("127.0.0.1", port), Peer)
    server.seen = []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
