"""What benchmarks/store.py lets a process of the portal do; each prints seconds, or milliseconds of CPU, as JSON."""

import hashlib
import json
import os
import time
from http import HTTPStatus
from pathlib import Path
from statistics import median
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from records.models import Document
from records.pictures.services import draw
from records.storing.bucket import Bucket
from records.storing.moving import move
from records.storing.places import paper_store
from tten.demo.papers import account_pdf
from tten.local.say import say

KILOBYTE, TIMES, WARM = 1024, 60, 5
AT_ONCE = 1000  # files that a bucket lets go with one question


def tell(**found: float) -> None:
    """Print it."""
    say(json.dumps(found))


def write(count: int, kilobytes: int) -> None:
    """So many papers of nobody's case, with their rows, on the disk."""
    person, _ = User.objects.get_or_create(username="bench", phone="13800000000")
    Document.objects.all().delete()
    rows = []
    for _ in range(count):
        name, content = uuid4().hex, os.urandom(kilobytes * KILOBYTE)
        paper = Document(name="材料.pdf", content_type="application/pdf", size=len(content), created_by=person)
        paper.file.name, paper.sha256 = f"documents/{name[:2]}/{name}", hashlib.sha256(content).hexdigest()
        place = Path(settings.MEDIA_ROOT) / paper.file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        rows.append(paper)
    Document.objects.bulk_create(rows, batch_size=1000)
    os.sync()
    tell(papers=count)


def bucket() -> Bucket:
    """The bucket of the settings."""
    found: Bucket = paper_store().place("s3")
    return found


def empty() -> None:
    """Nothing lies in the bucket."""
    client, name = bucket().client, bucket().bucket_name
    client.create_bucket(Bucket=name)
    names = [{"Key": kept.name} for kept in bucket().files()]
    for start in range(0, len(names), AT_ONCE):
        client.delete_objects(Bucket=name, Delete={"Objects": names[start : start + AT_ONCE]})


def plain() -> None:
    """Copy the folder twice, as one does with boto3; the papers stay on the disk and nothing in the bucket."""
    client, name, root = bucket().client, bucket().bucket_name, Path(settings.MEDIA_ROOT)
    files = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    empty()
    began = time.monotonic()
    for one in files:
        client.upload_file(str(root / one), name, one)
    first = time.monotonic() - began
    empty()
    began = time.monotonic()
    for one in files:
        with (root / one).open("rb") as content:
            client.put_object(Bucket=name, Key=one, Body=content)
    second = time.monotonic() - began
    empty()
    tell(upload_file=first, put_object=second)


def moved() -> float:
    """Seconds until everything has moved."""
    began = time.monotonic()
    done = move(paper_store())
    if done.wrong or done.files != Document.objects.count():
        raise SystemExit(f"{done.files} of {Document.objects.count()}: {done.wrong[:3]}")
    return time.monotonic() - began


def there() -> None:
    """To the bucket."""
    tell(there=moved())


def back() -> None:
    """To the disk."""
    tell(back=moved())


def costs() -> None:
    """What each answer costs the portal, in milliseconds of CPU, the median of many."""
    person = User.objects.get(username="bench")
    content = account_pdf("示例科技有限公司", "示例银行", "6222020000000000000") + b"\n" * 200_000
    digest = hashlib.sha256(content).hexdigest()
    paper = Document(
        name="样张.pdf", content_type="application/pdf", size=len(content), created_by=person, sha256=digest
    )
    name = f"documents/00/{uuid4().hex}"
    paper_store().save(name, ContentFile(content))
    paper.file.name = name
    paper.save()
    draw(paper.pk)
    client = Client()
    client.force_login(person)
    pages = {
        "a page without files (首页)": reverse("home"),
        "the page of a paper": reverse("paper", args=[paper.pk]),
        "the picture of its page": reverse("paper_picture", args=[paper.pk, 1]),
        "the download, 200 KB": reverse("document", args=[paper.pk]),
    }
    tell(**{what: cost_of(client, address) for what, address in pages.items()})
    paper.delete()


def cost_of(client: Client, address: str) -> float:
    """Milliseconds of one answer."""
    spent = []
    for number in range(TIMES + WARM):
        began = time.process_time()
        answer = client.get(address, headers={"host": "127.0.0.1"})
        if answer.streaming:
            b"".join(answer)
        if number >= WARM:
            spent.append(1000 * (time.process_time() - began))
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            raise SystemExit(f"{address}: {answer.status_code}")
    return median(spent)
