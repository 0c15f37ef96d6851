"""The place in a bucket: any service that speaks S3 and Signature Version 4. Nothing in it is for the public.

django-storages names, lists and saves; what it asks several questions for (2 HEAD and 3 GET for a file that is read) is one here.
One client serves all threads of a process; it is made where it is first needed, never before a process is split.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, partial
from types import SimpleNamespace
from typing import IO, Any, Self, cast

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from records.filenames import safe_name
from records.storing.kept import LINK_SECONDS, PIECE, SECOND, Kept, StoreAway

NONE = 404
IN_MEMORY = 1 << 20  # bytes of a file that is being read, until it goes to a temporary file
PARTS = 64 << 20  # bytes from which a file is sent in parts
NO_BUCKET = "NoSuchBucket"
MAKING = threading.Lock()
SPOOL = partial(tempfile.SpooledTemporaryFile, max_size=IN_MEMORY)


@contextmanager
def answered(name: str) -> Iterator[None]:
    """Tell a file that is not there (FileNotFoundError) from a place that does not answer as it should (StoreAway)."""
    try:
        yield
    except ClientError as error:
        status, code = error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
        if status == NONE and code != NO_BUCKET:
            raise FileNotFoundError(name) from error
        raise StoreAway(f"{name}: {code}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise StoreAway(f"{name}: {error}") from error


class Body:
    """What comes over the line, piece by piece, with trouble told as `answered` does."""

    def __init__(self, name: str, body: IO[bytes]) -> None:
        self.name, self.body = name, body

    def read(self, size: int = -1) -> bytes:
        """The next piece: shorter than was asked for only at the end."""
        pieces, left = [], size
        with answered(self.name):
            while piece := self.body.read() if size < 0 else self.body.read(left):
                pieces.append(piece)
                left -= len(piece)
                if size >= 0 and left <= 0:
                    break
        return b"".join(pieces)

    def close(self) -> None:
        """Give the line back."""
        self.body.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.close()


class Bucket(S3Storage):
    """One bucket."""

    def __init__(self, *, public_address: str, links: bool, seconds: float, checksums: str, **options: Any) -> None:
        self.public_address, self.links = public_address, links
        self.clients: dict[tuple[int, str], Any] = {}  # by process and address
        how = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path", "payload_signing_enabled": True},  # SHA-256 of what is sent is signed
            request_checksum_calculation=checksums,
            response_checksum_validation=checksums,
            connect_timeout=min(seconds, 3),
            read_timeout=seconds,
            retries={"mode": "standard", "max_attempts": 2},
            max_pool_connections=32,
        )
        parts = TransferConfig(multipart_threshold=PARTS, multipart_chunksize=PARTS, use_threads=False)
        super().__init__(client_config=how, transfer_config=parts, file_overwrite=True, default_acl=None, **options)

    def client_at(self, address: str) -> Any:
        """The client of this process for an address of the service."""
        key = (os.getpid(), address)
        if key not in self.clients:
            with MAKING:
                session = boto3.Session(aws_access_key_id=self.access_key, aws_secret_access_key=self.secret_key)
                made = session.client(
                    "s3", endpoint_url=address or None, region_name=self.region_name, config=self.client_config
                )
                self.clients.setdefault(key, made)
        return self.clients[key]

    @property
    def client(self) -> Any:
        """That by which the portal asks."""
        return self.client_at(self.endpoint_url)

    @cached_property
    def connection(self) -> Any:
        """What django-storages asks by: the same client."""
        return SimpleNamespace(meta=SimpleNamespace(client=self.client))

    def key_of(self, name: str) -> dict[str, str]:
        """How the service calls the file."""
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(clean_name(name))}

    def stream(self, name: str) -> tuple[IO[bytes], int]:
        """The file as it comes, by one GET."""
        with answered(name):
            found = self.client.get_object(**self.key_of(name))
        return cast("IO[bytes]", Body(name, found["Body"])), found["ContentLength"]

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        """The file in a temporary one, by one GET; nothing is written this way."""
        if mode != "rb":
            raise ValueError(mode)
        source, _ = self.stream(name)
        spool = SPOOL()
        with cast("Body", source) as body:
            while piece := body.read(PIECE):
                spool.write(piece)
        spool.seek(0)
        return File(cast("IO[Any]", spool), name=name)

    def link(self, name: str, *, named: str, content_type: str) -> str:
        """A signed address: one HEAD says first whether there is something to give."""
        with answered(name):
            self.client.head_object(**self.key_of(name))
        if not self.links:
            return ""
        given = {
            "ResponseContentDisposition": content_disposition_header(as_attachment=True, filename=safe_name(named)),
            "ResponseContentType": content_type,
            "ResponseCacheControl": "private, no-store",
        }
        client = self.client_at(self.public_address or self.endpoint_url)
        return cast(
            "str",
            client.generate_presigned_url("get_object", Params=self.key_of(name) | given, ExpiresIn=LINK_SECONDS),
        )

    def put(self, name: str, content: IO[bytes]) -> str:
        """Send a file; the service shows it when all of it has come, and most name the MD5 of what they have (ETag)."""
        with answered(name):
            sent = self.client.put_object(Body=content, ContentType=self.default_content_type, **self.key_of(name))
        return str(sent.get("ETag", "")).strip('"')

    def _save(self, name: str, content: "File[Any]") -> str:
        """Send a new file, a large one in parts."""
        content.seek(0)
        if content.size < PARTS:
            self.put(name, cast("IO[bytes]", content))
        else:
            with answered(name):
                target = self.key_of(name)
                self.client.upload_fileobj(
                    Unclosed(cast("IO[bytes]", content)), target["Bucket"], target["Key"], Config=self.transfer_config
                )
        return cast("str", clean_name(name))

    def delete(self, name: str) -> None:
        """Take it away."""
        with answered(name):
            self.client.delete_object(**self.key_of(name))

    def exists(self, name: str) -> bool:
        """Whether it is there."""
        with answered(name):
            return cast("bool", super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """The folders and files there; a folder is what its files are called, so that there is none without."""
        with answered(name):
            return cast("tuple[list[str], list[str]]", super().listdir(name))

    def facts(self, name: str) -> dict[str, Any]:
        """What the service says of it."""
        with answered(name):
            return cast("dict[str, Any]", self.client.head_object(**self.key_of(name)))

    def size(self, name: str) -> int:
        """Its bytes."""
        return int(self.facts(name)["ContentLength"])

    def get_modified_time(self, name: str) -> datetime:
        """When it came, by the clock of the service."""
        return cast("datetime", self.facts(name)["LastModified"])

    def files(self) -> Iterator[Kept]:
        """Every file, a thousand at a time."""
        with answered(self.bucket_name):
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name):
                for one in page.get("Contents", ()):
                    yield Kept(one["Key"], one["Size"], int(one["LastModified"].timestamp() * SECOND))


class Unclosed:
    """A file that its sender may read, but not close."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content = content

    def read(self, size: int = -1) -> bytes:
        """The next piece."""
        return self.content.read(size)
