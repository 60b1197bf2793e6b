"""An S3-compatible object store in the place of a folder, its errors told as those of a disk that is away.

Imported only where one is configured: its client is large. See docs/adr/0042.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

ANSWER, READ, TRIES = 3, 30, 2  # seconds until it answers, and until more comes; how often it is asked in all
IN_MEMORY = 5 * 1024**2  # bytes of one file that is read; what is larger lies in a temporary file
HELD = {"AccessDenied", "ObjectLocked", "InvalidRequest"}  # said of an object whose time of retention has not passed
BYPASS = "GOVERNANCE"


class Away(OSError):
    """The object store does not answer, or does not let us in."""


class Held(OSError):
    """The object store keeps an object until its time of retention has passed."""


@contextmanager
def telling() -> Iterator[None]:
    """Say what the client of the object store raises as an error of storage, which everything here knows."""
    try:
        yield
    except ClientError as error:
        raise Away(
            f"the object store answers {error.response.get('Error', {}).get('Code', 'with an error')}"
        ) from error
    except (BotoCoreError, Boto3Error) as error:
        raise Away(f"the object store does not answer ({type(error).__name__})") from error


class ObjectStore(S3Storage):
    """One bucket. lock: GOVERNANCE or COMPLIANCE where the bucket has object lock, else ""."""

    def __init__(self, *, lock: str = "", **settings: Any) -> None:
        self.lock = lock
        super().__init__(
            **settings,
            file_overwrite=False,
            max_memory_size=IN_MEMORY,
            transfer_config=TransferConfig(use_threads=False),
            client_config=Config(
                connect_timeout=ANSWER,
                read_timeout=READ,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": "path" if settings.get("endpoint_url") else "auto"},
            ),
        )

    @property
    def client(self) -> Any:
        return self.connection.meta.client

    def _open(self, name: str, mode: str = "rb") -> Any:
        """The whole object: what cannot be had is known before anything of it is given out."""
        with telling():
            found = super()._open(name, mode)
            found.file.seek(0)
            return found

    def _save(self, name: str, content: Any) -> str:
        with telling():
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        with telling():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with telling():
            folders, files = super().listdir(name)
            return folders, files

    def size(self, name: str) -> int:
        with telling():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        with telling():
            found: datetime = super().get_modified_time(name)
            return found

    def delete(self, name: str) -> None:
        """Every version of an object, so that nothing of it is left. Raises Held for one whose time has not passed."""
        pages = self.client.get_paginator("list_object_versions")
        with telling():
            found = [
                version["VersionId"]
                for page in pages.paginate(Bucket=self.bucket_name, Prefix=name)
                for version in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
                if version["Key"] == name
            ]
            more = {"BypassGovernanceRetention": True} if self.lock == BYPASS else {}
            for version in found:
                try:
                    self.client.delete_object(Bucket=self.bucket_name, Key=name, VersionId=version, **more)
                except ClientError as error:
                    if error.response.get("Error", {}).get("Code") in HELD and self.lock:
                        raise Held(f"the object store keeps {name} until its time of retention has passed") from error
                    raise

    def hold(self, name: str, until: datetime) -> None:
        """Let nobody remove or replace an object until a moment."""
        retention = {"Mode": self.lock, "RetainUntilDate": until}
        with telling():
            self.client.put_object_retention(Bucket=self.bucket_name, Key=name, Retention=retention)

    def held_until(self, name: str) -> datetime | None:
        """Until when the store lets nobody remove an object; None where it does not hold it."""
        with telling():
            found = self.client.head_object(Bucket=self.bucket_name, Key=name)
            until: datetime | None = found.get("ObjectLockRetainUntilDate")
            return until

    def locks(self) -> bool:
        """Whether the bucket was made with object lock. Raises Away where the store does not answer."""
        try:
            found = self.client.get_object_lock_configuration(Bucket=self.bucket_name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ObjectLockConfigurationNotFoundError":
                return False
            raise Away(f"the object store answers {error.response.get('Error', {}).get('Code', '')}") from error
        except BotoCoreError as error:
            raise Away(f"the object store does not answer ({type(error).__name__})") from error
        return bool(found["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled")
