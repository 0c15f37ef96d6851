"""One storage over two places: what is written, read, listed and taken away, wherever it lies."""

import hashlib
import io
import tempfile

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from records.models import Document
from records.storing.kept import StoreAway
from records.storing.places import PaperStore
from tests.factories import make_document, make_user

pytestmark = pytest.mark.heavy  # they ask a server
PLACES = [("disk",), ("s3",), ("s3", "disk"), ("disk", "s3")]
NAME = "documents/ab/abcdef"


def all_of(content):
    with content:
        return content.read()


@pytest.mark.parametrize("names", PLACES)
def test_a_file_is_kept_read_listed_and_taken_away_the_same_wherever_it_lies(place_papers, settings, tmp_path, names):
    settings.MEDIA_ROOT = tmp_path
    store = place_papers(*names)
    assert store.save(NAME, ContentFile(b"one and two")) == NAME
    with store.open(NAME) as read:
        assert (read.read(3), read.seek(4), read.read(), read.size) == (b"one", 4, b"and two", 11)
    content, size = store.stream(NAME)
    assert (all_of(content), size, store.size(NAME)) == (b"one and two", 11, 11)
    assert (store.exists(NAME), store.listdir("documents"), store.listdir("documents/ab")) == (
        True,
        (["ab"], []),
        ([], ["abcdef"]),
    )
    assert [(kept.name, kept.size) for kept in store.files()] == [(NAME, 11)]
    assert store.get_modified_time(NAME).timestamp() == pytest.approx(next(store.files()).written / 10**9, abs=1)
    store.delete(NAME)
    store.delete(NAME)
    assert (store.exists(NAME), list(store.files())) == (False, [])
    for ask in (store.open, store.stream, store.size, store.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask(NAME)


def test_new_files_go_to_the_first_place_and_the_second_one_is_read(place_papers, settings, tmp_path, server):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/old.pdf").write_bytes(b"old")
    store = place_papers("s3", "disk")
    store.save("forms/new.pdf", ContentFile(b"new"))
    assert (server.names(), [path.name for path in tmp_path.rglob("*.pdf")]) == ({"forms/new.pdf"}, ["old.pdf"])
    assert [all_of(store.open(f"forms/{name}.pdf")) for name in ("old", "new")] == [b"old", b"new"]
    assert store.listdir("forms") == ([], ["new.pdf", "old.pdf"])
    store.delete("forms/old.pdf")
    assert list(tmp_path.rglob("*.pdf")) == []


def test_the_disk_gives_a_name_once_and_a_folder_of_nobody_is_none(place_papers, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(FileNotFoundError):
        place_papers("disk").listdir("documents")
    assert place_papers("s3").listdir("documents") == ([], [])


@pytest.mark.django_db
def test_no_file_of_the_portal_has_a_path(world_paper):
    """The tripwire: whatever a test of this suite does with a file, it does without the disk of one host."""
    assert isinstance(default_storage._wrapped, PaperStore)
    with pytest.raises(NotImplementedError):
        default_storage.path("documents/ab/x")
    with pytest.raises(NotImplementedError):
        _ = world_paper.file.path


@pytest.fixture
def world_paper():
    return make_document(make_user("somebody"))


@pytest.mark.django_db
@pytest.mark.parametrize("checksums", ["when_required", "when_supported"])
def test_a_paper_goes_into_the_bucket_signed_with_its_hash(place_papers, server, checksums):
    store, sent = place_papers("s3", checksums=checksums), []
    client = store.places[0].client
    client.meta.events.register("before-send.s3.PutObject", lambda request, **_: sent.append(dict(request.headers)))
    paper = make_document(make_user("somebody"), content=b"%PDF-1.4 paper")
    head = {name.lower(): str(value) for name, value in sent[0].items()}
    assert "AWS4-HMAC-SHA256" in head["authorization"]
    if checksums == "when_required":
        assert head["x-amz-content-sha256"].strip("b'") == hashlib.sha256(b"%PDF-1.4 paper").hexdigest()
    else:
        assert any(name.startswith("x-amz-checksum") or name == "x-amz-trailer" for name in head)
    assert server.names() == {paper.file.name}
    assert all_of(Document.objects.get(pk=paper.pk).file.open()) == b"%PDF-1.4 paper"


def test_a_large_file_goes_in_parts_and_comes_back_whole(bucket, monkeypatch):
    monkeypatch.setattr("records.storing.bucket.PARTS", 6 << 20)
    content = b"0123456789abcdef" * (1 << 19)  # 8 MB
    bucket.places[0].transfer_config.multipart_threshold = 6 << 20
    bucket.places[0].transfer_config.multipart_chunksize = 6 << 20
    with tempfile.TemporaryFile() as made:
        made.write(content)
        bucket.save("exports/large.zip", File(made))
        assert made.seek(0) == 0  # whoever has brought it may go on with it
    assert all_of(bucket.open("exports/large.zip")) == content


def test_half_of_a_file_is_never_read_from_the_disk(place_papers, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    disk = place_papers("disk").places[0]

    class Cut(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise StoreAway("cut off")
            return super().read(3)

    with pytest.raises(StoreAway):
        disk.put("documents/ab/x", Cut(b"0123456789"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    disk.put("documents/ab/x", io.BytesIO(b"whole"))
    assert (tmp_path / "documents/ab/x").read_bytes() == b"whole"


def test_a_place_that_does_not_answer_is_no_file_that_is_missing(place_papers, settings):
    store = place_papers("s3", endpoint_url="http://127.0.0.1:9", seconds=0.3)
    for ask in (store.open, store.stream, store.exists, store.size, store.listdir, store.delete):
        with pytest.raises(StoreAway):
            ask("documents/ab/x")
    with pytest.raises(StoreAway):
        store.save("documents/ab/x", ContentFile(b"x"))
    with pytest.raises(StoreAway):
        list(store.files())


def test_a_bucket_that_nobody_has_made_is_no_bucket_without_files(place_papers):
    store = place_papers("s3", bucket_name="nobody-has-made-it")
    for ask in (store.open, store.listdir):
        with pytest.raises(StoreAway):
            ask("documents/ab/x")
