"""Photographs are added, ordered, described, replaced and removed by whoever keeps their product; their files follow."""

import pytest
from django.utils import timezone

from catalog.gallery import making, services, tasks
from catalog.gallery.addresses import all_shown
from catalog.models import Picture
from catalog.models.gallery import TRIES, file_of, fitted
from records.models import Document
from records.pictures.services import storage
from records.pictures.sizes import SIZES
from records.steps import chain_holds
from tests.catalog.gallery.photos import added, upload
from tests.factories import make_document
from tests.helpers import afresh, constrained, refused

pytestmark = pytest.mark.django_db
LONG_AGO = making.LOST * 2


@pytest.fixture(autouse=True)
def committing(django_capture_on_commit_callbacks):
    """What a commit sets off happens at once, inside `with committing():`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def made(picture):
    return [storage().exists(file_of(picture.key, size)) for size in SIZES] == [True] * 3


def steps(owner):
    return list(owner.events.order_by("sequence").values_list("step", "text"))


def test_what_is_added_is_made_and_tied_to_its_picture(world, committing):
    with committing():
        files = [upload("一.jpg"), upload("二.png", form="PNG")]
        services.add_pictures(world.product, files, role="product", by=world.provider_member)
    one, two = world.product.pictures.all()
    assert [(p.place, p.role, p.width, p.height, made(p)) for p in (one, two)] == [
        (0, "product", 1200, 800, True),
        (1, "product", 1200, 800, True),
    ]
    assert [(p.paper.case, p.paper.purpose) for p in (one, two)] == [(p, services.PURPOSE) for p in (one, two)]
    assert len({one.key, two.key, one.paper.sha256[:32]}) == 3
    assert steps(world.product) == [("picture_added", "产品图片 2 张")]
    assert chain_holds(world.product)


def test_who_may(world):
    (picture,) = added(world)
    acts = (
        lambda by: services.add_pictures(world.product, [upload()], role="product", by=by),
        lambda by: services.add_pictures(world.provider, [upload()], role="logo", by=by),
        lambda by: services.keep_picture(picture, alt="别人写的", by=by),
        lambda by: services.move_picture(picture, to="first", by=by),
        lambda by: services.remove_picture(picture, by=by),
    )
    for name in ("applicant", "stranger", "platform", "administrator"):
        for act in acts:
            with refused("R-PERM"):
                act(world.people[name])
    assert (afresh(picture).alt, Picture.objects.count()) == ("", 1)
    assert services.keep_picture(picture, alt="平台改的", by=world.curator).alt == "平台改的"


def test_who_only_reads_for_the_provider_changes_nothing(world):
    world.provider.unit.memberships.create(user=world.reader, role="reader")
    with refused("R-ROLE"):
        services.add_pictures(world.product, [upload()], role="product", by=world.reader)


def test_there_are_no_more_than_a_page_can_show(world):
    added(world, *(f"{number}.jpg" for number in range(7)), size=(40, 30))
    with refused("R-MANY", match="最多 8 张，现在已有 7 张"):
        services.add_pictures(world.product, [upload(), upload()], role="product", by=world.provider_member)
    added(world, owner=world.provider, role="logo", size=(40, 40))
    with refused("R-MANY"):
        services.add_pictures(world.provider, [upload()], role="logo", by=world.provider_member)
    assert len(added(world, owner=world.provider, role="site")) == 1


def test_they_are_put_in_order(world):
    one, two, three = added(world, "一.jpg", "二.jpg", "三.jpg", size=(40, 30))
    keeper = world.provider_member

    def order():
        return list(world.product.pictures.values_list("pk", flat=True))

    services.move_picture(three, to="first", by=keeper)
    assert order() == [three.pk, one.pk, two.pk]
    services.move_picture(three, to="down", by=keeper)
    services.move_picture(two, to="up", by=keeper)
    assert order() == [one.pk, two.pk, three.pk]
    services.move_picture(one, to="up", by=keeper)
    services.move_picture(three, to="down", by=keeper)
    assert steps(world.product)[1:] == [
        ("picture_moved", "第 3 张移到第 1 张"),
        ("picture_moved", "第 1 张移到第 2 张"),
        ("picture_moved", "第 3 张移到第 2 张"),
    ]


def test_words_and_another_photograph(world, committing):
    (picture,) = added(world)
    old, was = Document.objects.get(pk=picture.paper_id), picture.key
    kept = services.keep_picture(picture, alt="万能试验机", by=world.provider_member)
    assert (kept.alt, kept.words, kept.key) == ("万能试验机", "万能试验机", was)
    with committing():
        services.keep_picture(picture, alt="万能试验机", file=upload(size=(600, 900)), by=world.provider_member)
    now = afresh(picture)
    assert (now.width, now.height, made(now), now.key == was) == (600, 900, True, False)
    assert afresh(old).dropped_at is not None
    assert [storage().exists(file_of(was, size)) for size in SIZES] == [False] * 3
    services.keep_picture(now, alt="万能试验机", by=world.provider_member)
    assert [text for _, text in steps(world.product)] == ["产品图片 1 张", "图片说明：万能试验机", "替换第 1 张"]


def test_what_is_removed_leaves_nothing_but_its_line(world, committing):
    one, two = added(world, "一.jpg", "二.jpg")
    with committing():
        services.remove_picture(one, by=world.provider_member)
    assert list(world.product.pictures.all()) == [two]
    assert [storage().exists(file_of(one.key, size)) for size in SIZES] == [False] * 3
    assert afresh(one.paper).dropped_at is not None
    assert steps(world.product)[-1] == ("picture_removed", f"{world.product.name} 产品图片1")
    with refused("R-GONE"):
        services.keep_picture(one, alt="晚了", by=world.provider_member)


def test_what_the_queue_has_lost_is_made_by_the_sweep(world):
    (picture,) = added(world)
    Picture.objects.update(made_at=None, tries=0)
    making.forget_made(picture.key)
    tasks.sweep_pictures()
    assert afresh(picture).made_at is None  # it may still come
    Picture.objects.update(asked_at=timezone.now() - LONG_AGO)
    tasks.sweep_pictures()
    assert (afresh(picture).made_at is not None, made(picture)) == (True, True)
    assert making.sweep() == 0


def test_what_cannot_be_made_is_tried_some_times_and_says_so(world):
    (picture,) = added(world)
    Picture.objects.update(made_at=None, tries=TRIES, asked_at=timezone.now() - LONG_AGO)
    assert making.sweep() == 0
    assert afresh(picture).get_trouble_display() == "图片读不出来"
    assert all_shown([afresh(picture)]) == []


def test_a_lost_original_is_no_error(world):
    (picture,) = added(world)
    picture.paper.file.storage.delete(picture.paper.file.name)
    assert making.make(picture.pk) is False  # all its sizes are there
    making.forget_made(picture.key)
    assert making.make(picture.pk) is False
    assert afresh(picture).tries == 2


def test_what_was_removed_while_it_was_made_leaves_no_file(world, tmp_path):
    (picture,) = added(world)
    copy = tmp_path / "paper"
    copy.write_bytes(upload().read())
    found = making.drawn(copy)
    Picture.objects.filter(pk=picture.pk).update(key="0" * 32)
    making.keep_made(picture, tmp_path, found)
    assert not storage().exists(file_of(picture.key, "card"))
    making.keep_made(afresh(picture), tmp_path, {"end": {"word": "heavy"}})
    assert afresh(picture).get_trouble_display() == "图片太大或太复杂"
    making.keep_made(afresh(picture), tmp_path, {"end": {"word": "broken"}})
    assert afresh(picture).get_trouble_display() == "图片读不出来"


def test_constraints(world):
    (picture,) = added(world)
    rows = Picture.objects.filter(pk=picture.pk)
    with constrained("picture_of_one_thing"):
        rows.update(provider=world.provider)
    with constrained("picture_made_has_size"):
        rows.update(width=0)
    with constrained("catalog_picture_key"):
        Picture.objects.create(
            product=world.product, role="product", place=1, key=picture.key, paper=make_document(world.provider_member)
        )
    rows.update(role="logo", product=None, provider=world.provider)
    with constrained("picture_one_logo"):
        Picture.objects.create(
            provider=world.provider, role="logo", place=1, key="1" * 32, paper=make_document(world.provider_member)
        )


@pytest.mark.bare
def test_sizes_of_what_is_shown():
    assert [fitted(1600, 1200, size) for size in SIZES] == [(1600, 1200), (960, 720), (480, 360)]
    assert fitted(100, 50, "card") == (100, 50)
