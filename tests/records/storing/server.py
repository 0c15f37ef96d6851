"""An S3 server of the tests' own on this machine: moto's, in a process that ends with the tests (ADR 0226)."""

import atexit
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.request import ProxyHandler, build_opener

import boto3

BUCKET, KEY, SECRET = "papers", "tests", "tests-secret-of-no-use"
PATIENCE = 30  # seconds until it answers


class Server:
    """Where it listens, and a client that knows everything."""

    address = ""

    def start(self):
        """Start it once for a process of tests."""
        if not self.address:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
            process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            atexit.register(process.kill)
            self.address = f"http://127.0.0.1:{port}"
            self.wait()
        return self

    def wait(self):
        """Until it answers."""
        until, opener = time.monotonic() + PATIENCE, build_opener(ProxyHandler({}))
        while time.monotonic() < until:
            with suppress(OSError), opener.open(f"{self.address}/moto-api/", timeout=2):
                return
            time.sleep(0.05)
        raise TimeoutError(self.address)

    def options(self, **other):
        """What the settings would say of it."""
        return {
            "endpoint_url": self.address,
            "public_address": "",
            "bucket_name": BUCKET,
            "region_name": "us-east-1",
            "access_key": KEY,
            "secret_key": SECRET,
            "links": True,
            "seconds": 5.0,
            "checksums": "when_required",
        } | other

    @property
    def client(self):
        """One that asks past the portal."""
        known = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
        return boto3.client("s3", endpoint_url=self.address, **known)

    def empty_bucket(self):
        """A bucket with nothing in it."""
        with suppress(self.client.exceptions.NoSuchBucket):
            for one in self.names():
                self.client.delete_object(Bucket=BUCKET, Key=one)
        with suppress(self.client.exceptions.BucketAlreadyOwnedByYou):
            self.client.create_bucket(Bucket=BUCKET)

    def names(self):
        """What lies in the bucket."""
        return {one["Key"] for one in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", ())}


SERVER = Server()
