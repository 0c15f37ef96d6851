"""通知公告: who may, what is kept, sent to each once whatever dies, stopped, followed, read."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Announcement, Delivery, Notice
from records.rules import StaleCase
from records.steps import chain_holds
from tests.helpers import afresh, at_once, refused
from tests.news.writing import drafted as drafted_article
from tests.news.writing import shown
from tests.tten.announcing import SAID, confirmed, drafted, sent, told
from tten.announcing import services, tasks, work
from tten.announcing.addresses import address_of, desk_of
from tten.announcing.pages import result_of

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
FIRM = ["applicant", "reader"]
CITY = {"platform", "municipal"}
DISTRICT = {"districts": ["120104"]}


def test_who_may_write_send_and_stop(world):
    made = drafted(world, DISTRICT)
    for name in set(world.people) - CITY - {"clock"}:
        for act in (
            lambda by: services.keep_draft(None, SAID | {"conditions": {}}, by=by),
            lambda by: services.confirm(made, due_at=None, by=by),
            lambda by: services.stop(made, by=by),
        ):
            with refused("R-PERM"):
                act(world.people[name])
    assert services.keep_draft(made, SAID | {"conditions": DISTRICT}, by=world.platform).sender == "科服网平台"
    assert (Announcement.objects.count(), Notice.objects.filter(url=address_of(made)).count()) == (1, 0)


def test_each_of_the_firms_people_is_told_once_and_nobody_else(world):
    made = sent(world, DISTRICT)
    assert (told(made), made.stage, made.told, made.total) == (FIRM, "sent", 2, 2)
    assert not work.carry_on(made.pk)
    tasks.sweep_announcements()
    assert told(made) == FIRM
    assert [event.step for event in made.events.order_by("sequence")] == [
        "announcement_kept",
        "announcement_confirmed",
        "announcement_ended",
    ]
    assert chain_holds(made)


@pytest.mark.parametrize(("ways", "left"), [("site", 0), ("mail", 1), ("text", 1)])
def test_it_leaves_by_the_ways_that_were_chosen(world, ways, left):
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(
        email="jia@example.com", email_verified_at=timezone.now()
    )
    made = sent(world, DISTRICT, ways=ways)
    assert Delivery.objects.filter(notice__case_id=made.pk).count() == left
    notice = Notice.objects.filter(url=address_of(made)).first()
    assert (notice.subject, notice.body) == (f"通知公告：{SAID['title']}", f"{SAID['words']}\n\n市科技局")


def test_a_worker_that_dies_within_a_batch_loses_it_whole_and_the_next_one_goes_on(world, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 1)
    made, write_notices = confirmed(world), work.write_notices
    whole = made.total
    for dies_at in (1, 2, 3):
        calls = []

        def dying(notices, calls=calls, dies_at=dies_at):
            write_notices(notices)
            calls.append(1)
            if len(calls) == dies_at:
                raise KeyboardInterrupt

        monkeypatch.setattr(work, "write_notices", dying)
        with pytest.raises(KeyboardInterrupt):
            work.carry_on(made.pk)
        assert not work.carry_on(made.pk)  # somebody is at it, as far as one can know
        Announcement.objects.update(seen_at=timezone.now() - 3 * MINUTE)
    assert len(told(made)) == afresh(made).told == 0 + 1 + 2
    monkeypatch.setattr(work, "write_notices", write_notices)
    tasks.sweep_announcements()
    assert (afresh(made).stage, len(told(made)), len(set(told(made)))) == ("sent", whole, whole)


def test_what_never_makes_progress_is_given_up(world, monkeypatch):
    made = confirmed(world)
    Announcement.objects.update(tries=work.MOST_TRIES, seen_at=timezone.now() - 3 * MINUTE, stage="sending")
    tasks.sweep_announcements()
    assert (afresh(made).stage, afresh(made).sentence, told(made)) == ("stopped", work.GIVEN_UP, [])


def test_one_with_a_time_waits_for_it(world):
    made = drafted(world, DISTRICT)
    with refused("R-DATE"):
        services.confirm(made, due_at=timezone.now(), by=world.municipal)
    services.confirm(made, due_at=timezone.now() + MINUTE, by=world.municipal)
    tasks.sweep_announcements()
    assert not work.carry_on(made.pk)
    assert (afresh(made).stage, told(made)) == ("waiting", [])
    Announcement.objects.update(due_at=timezone.now() - MINUTE)
    tasks.sweep_announcements()
    assert told(made) == FIRM


def test_one_that_is_stopped_tells_nobody_further(world, monkeypatch):
    monkeypatch.setattr(work, "BATCH", 1)
    made = confirmed(world, DISTRICT)
    Announcement.objects.update(stage="sending", seen_at=timezone.now())
    assert work.tell_batch(made.pk)
    services.stop(made, by=world.platform)
    assert not work.tell_batch(made.pk)
    assert (told(made), work.finish(made.pk, "")) == (FIRM[:1], False)
    assert "已通知 1 人" in afresh(made).sentence
    with refused("R-ANNOUNCE"):
        services.stop(made, by=world.platform)


def test_what_was_confirmed_is_not_changed_and_nobody_is_no_reader(world):
    made = sent(world, DISTRICT)
    for act in (
        lambda: services.confirm(made, due_at=None, by=world.municipal),
        lambda: services.keep_draft(made, SAID | {"conditions": {}}, by=world.municipal),
    ):
        with pytest.raises(StaleCase):
            act()
    with refused("R-ANNOUNCE"):
        services.confirm(drafted(world, {"districts": ["120119"]}), due_at=None, by=world.municipal)


def test_the_result_counts_what_was_told_opened_and_left(world):
    made = sent(world, DISTRICT)
    Notice.objects.filter(recipient=world.reader, case_id=made.pk).update(read_at=timezone.now())
    first, second = Notice.objects.filter(url=address_of(made)).order_by("pk")
    Delivery.objects.filter(notice__in=(first, second)).delete()
    Delivery.objects.create(notice=first, address="a@example.com", sent_at=timezone.now())
    Delivery.objects.create(notice=second, address="b@example.com", failed_at=timezone.now())
    Delivery.objects.create(notice=second, address="13800000000", channel="sms")
    assert [number for _, number in result_of(made)] == [2, 2, 1, 1, 1, 1]


def test_written_looked_at_sent_and_read_on_the_pages(client, world):
    client.force_login(world.municipal)
    said = SAID | {"districts": ["120104"], "side": "applicant"}
    assert client.post(reverse("announcement_new"), said | {"title": ""}).status_code == 200
    response = client.post(reverse("announcement_new"), said)
    made = Announcement.objects.get()
    assert (response.url, made.conditions) == (desk_of(made), {"districts": ["120104"], "side": "applicant"})
    page = client.get(desk_of(made))
    assert (page.context["firms"], page.context["people"]) == (1, 2)
    assert [unit.name for unit in page.context["first"]] == [world.unit.name]
    edit = reverse("announcement_edit", args=[made.pk])
    assert client.get(edit).context["form"].initial["side"] == "applicant"
    assert client.post(edit, said | {"title": "改过的标题"}).status_code == 302
    send = reverse("announcement_send", args=[made.pk])
    for typed in (
        {"day": "2026-02-30"},
        {"hour": "9"},
        {"day": f"{timezone.localdate()}"},
        {"day": "2020-01-01", "hour": "9"},
    ):
        assert client.post(send, typed).status_code == 200
    assert client.post(send, {}).status_code == 302
    assert client.get(edit).status_code == 302
    part = client.get(reverse("announcement_progress", args=[made.pk]))
    assert "HX-Refresh" not in part.headers or afresh(made).stage == "sent"
    work.carry_on(made.pk)
    assert client.get(reverse("announcement_progress", args=[made.pk])).headers["HX-Refresh"] == "true"
    assert "改过的标题" in client.get(reverse("announcement_list")).content.decode()


def test_a_reader_finds_the_words_with_their_links(client, world):
    made = sent(world, DISTRICT)
    client.force_login(world.applicant)
    read = client.get(address_of(made)).content.decode()
    assert '<a href="https://example.com/a" rel="nofollow noopener">https://example.com/a</a>' in read


def test_words_that_are_markup_are_shown_as_they_were_typed(client, world):
    made = sent(world, DISTRICT, words="<script>alert(1)</script> javascript:alert(1)")
    client.force_login(world.applicant)
    page = client.get(address_of(made)).content.decode()
    assert "<script>alert(1)" not in page
    assert 'href="javascript' not in page


def test_who_opens_which_page(client, world):
    made = sent(world, DISTRICT)
    desk = [reverse("announcement_list"), reverse("announcement_new"), desk_of(made)]
    found = {"desk": set(), "read": set()}
    for name, person in world.people.items():
        if not person.is_active:
            continue
        client.force_login(person)
        found["read"] |= {name} if client.get(address_of(made)).status_code == 200 else set()
        codes = {client.get(page).status_code for page in desk}
        assert codes in ({200}, {404})
        found["desk"] |= {name} if codes == {200} else set()
    assert found == {"desk": CITY, "read": CITY | set(FIRM)}


def test_stopping_on_the_page(client, world):
    client.force_login(world.platform)
    made = services.confirm(drafted(world, DISTRICT), due_at=timezone.now() + MINUTE, by=world.platform)
    assert client.post(reverse("announcement_stop", args=[made.pk])).url == desk_of(made)
    assert afresh(made).stage == "stopped"
    assert client.post(reverse("announcement_stop", args=[made.pk])).status_code == 409


def test_a_draft_is_thrown_away_and_what_was_confirmed_is_not(client, world):
    draft, made = drafted(world, DISTRICT), confirmed(world, DISTRICT)
    for name in set(world.people) - CITY - {"clock"}:
        with refused("R-PERM"):
            services.drop_announcement(draft, by=world.people[name])
    client.force_login(world.platform)
    assert "删除草稿" in client.get(desk_of(draft)).content.decode()
    drop = reverse("announcement_drop", args=[draft.pk])
    page = client.post(drop, follow=True)
    assert list(page.context["page"]) == [made]
    assert "已删除。" in page.content.decode()
    assert [client.get(desk_of(draft)).status_code, client.post(drop).status_code] == [404, 404]
    assert (draft.events.latest("sequence").step, chain_holds(draft)) == ("announcement_dropped", True)
    with pytest.raises(StaleCase):
        services.drop_announcement(made, by=world.platform)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_once(world):
    made = confirmed(world, DISTRICT)
    at_once(lambda: work.carry_on(made.pk), lambda: work.carry_on(made.pk))
    assert told(made) == FIRM


def test_a_draft_begins_with_an_article_that_everybody_reads(client, world, settings):
    article, hidden = shown(world), drafted_article(world, title="还没有发布的样例")
    client.force_login(world.municipal)
    page = client.get(reverse("announcement_new"), {"article": article.pk}).content.decode()
    assert f"全文：{settings.SITE_URL}{article.get_absolute_url()}" in page
    assert f'value="{article.title}"' in page
    for key in (hidden.pk, "x", ""):
        page = client.get(reverse("announcement_new"), {"article": key}).content.decode()
        assert "全文：" not in page
        assert hidden.title not in page


def test_a_draft_that_is_changed_quotes_nothing(client, world):
    made = drafted(world)
    client.force_login(world.municipal)
    page = client.get(reverse("announcement_edit", args=[made.pk]), {"article": shown(world).pk}).content.decode()
    assert made.title in page
    assert "引用已发布的文章" not in page
