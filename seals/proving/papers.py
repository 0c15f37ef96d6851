"""Papers on disk: each file is there and is what was received; what the trail names is kept."""

import hashlib
from collections.abc import Iterator

from django.db.models import Count

from records.models import Document
from records.storing.kept import StoreAway, or_none
from records.storing.places import paper_store
from records.walking import walked
from seals.proving.asking import MOST, broken

PIECE = 1 << 20  # bytes that are read at once
NAMED = """
SELECT own.id, found.digest FROM records_event own, jsonb_array_elements_text(own.attachments) found(digest)
 WHERE own.attachments <> '[]' AND NOT EXISTS (SELECT FROM records_document paper WHERE paper.sha256 = found.digest)
 ORDER BY own.id
"""


class Papers:
    """All papers, file by file; copies of a file are read once."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self.read = 0

    def check(self) -> Iterator[str]:
        """Files that are gone or are not what was received, and papers of the trail that have no row."""
        try:
            yield from self.check_files()
        except StoreAway as trouble:
            yield f"材料没有核对完：存放材料的地方没有应答（{trouble}）。它恢复以后请再核对一次。"
        for pk, _ in broken(NAMED):
            yield f"操作留痕 {pk}：它所附的材料不见了，或摘要被改。"

    def check_files(self) -> Iterator[str]:
        """Files that are gone or are not what was received; StoreAway where nobody can say."""
        copied = Document.objects.values("file").annotate(copies=Count("pk")).filter(copies__gt=1)
        shared: dict[str, str | None] = dict.fromkeys(copied.values_list("file", flat=True))
        told = 0
        for paper in walked(Document.objects.only("file", "sha256", "name"), 1000):
            name = paper.file.name or ""
            digest = shared.get(name)
            if digest is None:
                digest, self.read = digest_of(paper), self.read + 1
            if name in shared:
                shared[name] = digest
            if digest != paper.sha256 and told < MOST:
                told += 1
                yield f"材料 {paper.pk}（{paper.name}）：{'内容与登记的摘要不符' if digest else '文件不见了'}。"


def digest_of(paper: Document) -> str:
    """SHA-256 of the paper's file; "" where there is none."""
    found = hashlib.sha256()
    with or_none():
        content, _ = paper_store().stream(paper.file.name or "")
        with content:
            while piece := content.read(PIECE):
                found.update(piece)
        return found.hexdigest()
    return ""
