"""Files move either way while the portal runs: compared by hash, resumed where it was cut off, nothing half, nothing lost."""

import fcntl
import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from records.models import Document
from records.storing import moving
from records.storing.kept import StoreAway
from records.uploads import store_upload
from tests.factories import make_user
from tests.records.papers import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
WAYS = [("s3", "disk"), ("disk", "s3")]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def papers(place_papers, media):
    """Puts so many papers of somebody into a place, beside a picture and an export; name → content."""

    def make(place, count=5):
        person, store = make_user("somebody"), place_papers(place)
        for number in range(count):
            store_upload(ContentFile(pdf() + b"\n" * number, f"合同{number}.pdf"), by=person)
        store.save("pictures/ab/abc/1.webp", ContentFile(b"picture"))
        store.save("exports/x.zip", ContentFile(bytes(3 << 20)))
        return contents(store)

    return make


def contents(store):
    found = {}
    for kept in store.files():
        with store.open(kept.name) as file:
            found[kept.name] = file.read()
    return found


def said(*places):
    out = StringIO()
    call_command("move_papers", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("new", "old"), WAYS)
def test_everything_moves_and_is_what_it_was(place_papers, papers, server, media, new, old):
    before = papers(old)
    place_papers(new, old)
    told = said()
    assert f"要移动 7 个文件：{old} → {new}。" in told
    assert "7 / 7" in told
    assert "移动了 7 个文件" in told
    assert "旧处还有 0 个" in told
    assert contents(place_papers(old)) == {}
    assert contents(place_papers(new)) == before
    assert (len(server.names()), len([path for path in media.rglob("*") if path.is_file()]) > 1) == (
        (7, False) if new == "s3" else (0, True)
    )
    for paper in Document.objects.all():
        with paper.file.open() as file:
            assert hashlib.sha256(file.read()).hexdigest() == paper.sha256
    place_papers(new, old)
    assert "移动了 0 个文件" in said()


@pytest.mark.parametrize(("new", "old"), WAYS)
def test_cut_off_at_any_file_it_goes_on_there_and_everything_is_readable_meanwhile(
    place_papers, papers, monkeypatch, new, old
):
    before = papers(old)
    store = place_papers(new, old)
    target, left = store.places[0], [3]
    put = target.put

    def until(name, content):
        left[0] -= 1
        if left[0] < 0:
            raise StoreAway("the line is cut")
        return put(name, content)

    monkeypatch.setattr(target, "put", until)
    with pytest.raises(CommandError, match="没有应答"):
        said()
    assert contents(store) == before
    assert len(list(store.places[0].files())) == 3
    monkeypatch.setattr(target, "put", put)
    assert "移动了 4 个文件" in said()
    assert contents(place_papers(new)) == before


def test_half_a_file_of_a_try_that_was_cut_off_is_cleared(place_papers, papers, media):
    papers("s3", 1)
    place_papers("disk", "s3")
    (media / ".moving").mkdir()
    (media / ".moving/half").write_bytes(b"ha")
    said()
    assert [path.name for path in (media / ".moving").iterdir()] == ["lock"]
    assert {name.partition("/")[0] for name in contents(place_papers("disk"))} == {"documents", "exports", "pictures"}


def test_a_paper_that_is_not_what_was_received_stays_and_is_named(place_papers, papers, media):
    papers("disk", 2)
    paper = Document.objects.first()
    (media / paper.file.name).write_bytes(b"damaged")
    place_papers("s3", "disk")
    with pytest.raises(CommandError) as refused:
        said()
    assert refused.value.args[0].splitlines() == ["有文件没有移动：", moving.DAMAGED.format(paper.file.name)]
    assert {path.name for path in media.rglob("*") if path.is_file()} == {Path(paper.file.name).name, "lock"}


def test_a_copy_that_is_another_is_taken_back_and_the_file_stays(place_papers, papers, media, server, monkeypatch):
    papers("disk", 1)
    store = place_papers("s3", "disk")
    target = store.places[0]
    put = target.put
    monkeypatch.setattr(target, "put", lambda name, _content: put(name, ContentFile(b"other")))
    found = moving.move(store)
    assert (found.files, len(found.wrong), server.names()) == (0, 3, set())
    assert "移过去的内容与原来的不同" in found.wrong[0]
    assert len(contents(place_papers("disk"))) == 3


def test_a_service_that_names_no_hash_is_read_back(place_papers, papers, server, monkeypatch):
    before = papers("disk", 1)
    store, read = place_papers("s3", "disk"), []
    target = store.places[0]
    put, stream = target.put, target.stream
    monkeypatch.setattr(target, "put", lambda name, content: f"{put(name, content)[:8]}-of-its-own")
    monkeypatch.setattr(target, "stream", lambda name: read.append(name) or stream(name))
    assert (moving.move(store).files, set(read)) == (len(before), set(before))


def test_what_the_portal_removes_meanwhile_is_gone_in_both_places(place_papers, papers, server, monkeypatch):
    papers("disk", 0)
    store = place_papers("s3", "disk")
    target = store.places[0]
    put = target.put

    def removed_meanwhile(name, content):
        store.delete(name)
        return put(name, content)  # the mover is later than the portal

    monkeypatch.setattr(target, "put", removed_meanwhile)
    assert (moving.move(store).gone, server.names(), contents(store)) == (2, set(), {})


def test_a_copy_that_a_row_names_is_never_given_back(bucket, server):
    paper = store_upload(ContentFile(pdf(), "合同.pdf"), by=make_user("somebody"))
    bucket.save("exports/stray.zip", ContentFile(b"x"))
    moving.give_back(bucket.places[0], [paper.file.name, "exports/stray.zip"])
    assert server.names() == {paper.file.name}


def test_nothing_moves_where_one_place_is_named_or_somebody_is_at_it(place_papers, media):
    place_papers("disk")
    with pytest.raises(CommandError, match="设为两处"):
        said()
    place_papers("s3", "disk")
    (media / ".moving").mkdir()
    with (media / ".moving/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="另一次移动"):
            said()


def test_what_comes_while_files_move_goes_to_the_new_place(place_papers, papers, server, monkeypatch):
    before = papers("disk", 2)
    store = place_papers("s3", "disk")
    give_back = moving.give_back

    def upload(*given):
        store_upload(ContentFile(pdf() + b"\nnew", "新来的.pdf"), by=make_user("another", phone="13800000009"))
        give_back(*given)

    monkeypatch.setattr(moving, "give_back", upload)
    assert moving.move(store).files == len(before)
    assert len(server.names()) == len(before) + 1
