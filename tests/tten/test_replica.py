"""Pages that only show are read from a real replica, which is held back, killed and started; whatever decides never is."""

import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.exports import work
from accounts.models import ListExport
from catalog.models import Product, Provider
from seals.auditing import audit
from seals.signing import make_key
from tests.catalog.typed import words_of_product
from tests.database import address
from tests.factories import World, drive_claim, make_laboratory, make_product
from tests.news.writing import shown as an_article
from tests.replica import WITH_A_REPLICA, Replica, as_replica, follow
from ui import following
from ui.following import REPLICA, STANDING
from ui.reading import POSITION, Misread, aside, at, line, read_aside, reading, reading_from

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", REPLICA]),
    pytest.mark.heavy,
    pytest.mark.timeout(WITH_A_REPLICA),
]
HELD = 30  # seconds
NEW = "刚刚改过的力学检测"


@pytest.fixture(scope="module", autouse=True)
def server(django_db_setup):
    """The tests' own server has a replica as long as this file runs."""
    found = Replica()
    try:
        found.copy(address())
        with as_replica(found):
            yield found
    finally:
        found.end()


@pytest.fixture
def replica(server, monkeypatch):
    monkeypatch.setattr(following, "LOOK_SECONDS", 0)  # each page looks
    server.start()
    STANDING.forget()
    yield server
    server.start()
    server.hold_back(0)


@pytest.fixture
def world(replica):
    found = World()
    assert follow()
    return found


class Asked:
    """The statements that a page asks of the primary and of the replica; `looks` at how far it has followed apart."""

    def __init__(self, act):
        self.here, self.there, self.looks = [], [], 0
        with self.noting(connection, self.here), self.noting(connections[REPLICA], self.there):
            self.page = act()

    def noting(self, line, asked):
        def note(execute, sql, *rest):
            is_look = "pg_wal_lsn_diff" in sql
            self.looks += is_look
            asked.extend([] if is_look or "django_content_type" in sql else [sql])  # the latter once in a process
            return execute(sql, *rest)

        return line.execute_wrapper(note)

    def says(self, words):
        return words in self.page.content.decode()


def pages_of(world):
    laboratory, article = make_laboratory(), an_article(world)
    named = [
        *("home", "product_list", "lab_list", "article_list", "article_feed", "help_page", "start_home"),
        ("product_detail", world.product.number),
        ("provider_detail", world.provider.pk),
        ("lab_detail", laboratory.number),
        ("lab_batch", laboratory.batch.number),
        ("article_read", article.pk),
    ]
    paths = [reverse(name) if isinstance(name, str) else reverse(name[0], args=name[1:]) for name in named]
    searches = (("product_list", "力学检测"), ("lab_list", "检测"), ("product_suggest", "检"))
    return [*paths, *(f"{reverse(name)}?q={words}" for name, words in searches)]


def test_what_a_visitor_reads_is_read_aside(world):
    visitor, paths = Client(), pages_of(world)
    assert follow()
    for path in paths:
        found = Asked(lambda path=path: visitor.get(path))
        assert (path, found.page.status_code, found.here, found.there != []) == (path, 200, [], True)
        assert found.looks <= 1


def asking(method):
    """A request of somebody who has not written yet."""
    request = getattr(RequestFactory(), method)("/")
    request.session = SessionStore()
    return request


def saving(world):
    """The provider gives his product another name."""
    firm = Client()
    firm.force_login(world.provider_member)
    sent = words_of_product(world.product, provider=world.provider.pk, name=NEW)
    assert firm.post(reverse("provider_product_edit", args=[world.product.number]), sent).status_code == 302
    return firm


def test_who_has_saved_reads_what_he_saved_though_the_replica_is_held_back(world, replica, settings):
    visitor, page = Client(), reverse("product_detail", args=[world.product.number])
    replica.hold_back(HELD)
    firm = saving(world)
    own, others = Asked(lambda: firm.get(page)), Asked(lambda: visitor.get(page))
    assert (own.says(NEW), own.there, own.looks) == (True, [], 1)
    assert (others.says(NEW), others.here) == (False, [])  # what stood there a moment ago
    settings.REPLICA = settings.REPLICA | {"lag_seconds": 1}
    time.sleep(1.1)
    late = Asked(lambda: visitor.get(page))
    assert (late.says(NEW), late.there) == (True, [])  # it lags: left out by itself
    replica.hold_back(0)
    assert follow()
    for client in (firm, visitor):
        found = Asked(lambda client=client: client.get(page))
        assert (found.says(NEW), found.there != []) == (True, True)


def test_a_replica_that_is_gone_is_left_out_and_taken_in_again(world, replica, monkeypatch):
    visitor, path = Client(), reverse("product_list")
    replica.kill()
    found = Asked(lambda: visitor.get(path))
    assert (found.page.status_code, found.says(world.product.name)) == (200, True)
    quiet = Asked(lambda: visitor.get(path))
    assert (quiet.page.status_code, quiet.looks) == (200, 0)  # nobody asks it for a while
    replica.start()
    assert Asked(lambda: visitor.get(path)).looks == 0
    STANDING.out_until = following.NEVER  # the while is over
    assert follow()
    assert Asked(lambda: visitor.get(path)).there != []


def test_a_replica_that_dies_in_the_middle_of_a_page_is_not_seen(world, replica):
    tries = []

    @read_aside
    def page(_request):
        tries.append(reading())
        first = aside(Product.objects.all()).count()
        if len(tries) == 1:
            replica.kill()
        return first, aside(Product.objects.all()).get().name

    assert page(asking("get")) == (1, world.product.name)
    assert tries == [REPLICA, "default"]


def test_who_writes_or_asks_out_of_turn_reads_the_primary(world):
    assert reading_from(asking("get")) == REPLICA
    assert reading_from(asking("post")) == "default"
    with transaction.atomic():
        assert reading_from(asking("get")) == "default"
    assert line().alias == "default"
    assert aside(Product.objects.all()).db == "default"


def test_whatever_decides_is_refused_the_replica(world):
    with pytest.raises(Misread, match="only a page"):
        Product.objects.using(REPLICA).exists()
    with at(REPLICA):
        with transaction.atomic(), pytest.raises(Misread, match="a transaction of the primary"):
            aside(Product.objects.all()).exists()
        with pytest.raises(Misread, match="held on the primary"):
            aside(Product.objects.select_for_update())
        with pytest.raises(DatabaseError, match="read-only"):
            Product.objects.using(REPLICA).update(name=NEW)


def test_a_row_goes_back_to_where_it_came_from(world):
    """A router with one direction alone would move it to the replica by `refresh_from_db`."""
    own = Product.objects.get()
    with at(REPLICA):
        own.refresh_from_db()
        shown = aside(Product.objects.all()).get()
        shown.refresh_from_db()
        assert (own._state.db, shown._state.db, shown.provider._state.db) == ("default", REPLICA, REPLICA)
        with pytest.raises(Misread, match="was read from the replica"):
            shown.save()
        with pytest.raises(ValueError, match="router prevents"):
            own.provider = shown.provider
    own.provider = Provider.objects.get()
    own.save()


def test_a_case_is_decided_and_proved_while_the_replica_is_held_back(world, replica, settings, tmp_path):
    replica.hold_back(HELD)
    found = Asked(lambda: drive_claim(world.make_claim(), "experts", world))
    assert (found.page.state, found.there) == ("experts", [])
    settings.SEALING = settings.SEALING | {"folder": str(tmp_path)}
    make_key()
    proof = Asked(lambda: audit(with_papers=False))
    assert (proof.page.findings, proof.there) == ([], [])


DECIDING = ("user_center", "turn_list", "order_list", "application_list", "claim_list", "notice_list")


@pytest.mark.parametrize("person", ["applicant", "district", "municipal"])
def test_pages_that_decide_are_read_from_the_primary(world, person):
    claim = drive_claim(world.make_claim(), "experts", world)
    assert follow()
    client = Client()
    client.force_login(getattr(world, person))
    paths = [*map(reverse, DECIDING), claim.get_absolute_url()]
    answers = [Asked(lambda path=path: client.get(path)) for path in paths]
    assert [found.there for found in answers] == [[]] * len(paths)
    assert {found.page.status_code for found in answers} <= {200, 302, 404}


def test_figures_are_read_aside_but_not_whose_they_are(world):
    client = Client()
    client.force_login(world.municipal)
    for name in ("picture", "picture_open", "picture_months", "picture_reasons", "picture_people"):
        found = Asked(lambda name=name: client.get(reverse(name)))
        assert (name, found.page.status_code, found.there != []) == (name, 200, True)
        figures = [sql for sql in found.here if "reviews_month" in sql or "reviews_turn" in sql]
        rights = [sql for sql in found.there if sql.startswith(('SELECT "reviews_office"', 'SELECT "accounts_user"'))]
        assert (figures, rights) == ([], [])


def exported(world, monkeypatch):
    """The mall's list, taken away by a worker."""
    monkeypatch.setattr(work, "AT_ONCE", 0)
    client = Client()
    client.force_login(world.applicant)
    found = Asked(lambda: client.post(reverse("export_start"), {"path": reverse("product_list"), "query": ""}))
    export = ListExport.objects.get()
    return found, export.done, export.ready_at is not None


def test_an_export_reads_aside_what_was_committed_when_it_began(world, monkeypatch):
    make_product(world.provider, name=NEW)
    found, rows, ready = exported(world, monkeypatch)
    assert (rows, ready, any("catalog_shelf" in sql for sql in found.there)) == (2, True, True)


@pytest.mark.parametrize("trouble", [lambda replica: replica.hold_back(HELD), Replica.kill])
def test_an_export_does_not_wait_for_a_replica_that_lags_or_is_gone(world, replica, monkeypatch, trouble):
    trouble(replica)
    make_product(world.provider, name=NEW)
    found, rows, ready = exported(world, monkeypatch)
    assert (rows, ready, found.there) == (2, True, [])


def test_an_act_of_somebody_without_a_session_leaves_none(world):
    visitor = Client()
    visitor.post(reverse("product_look"), {"view": "rows", "query": ""})
    assert POSITION in visitor.session  # what was chosen is kept there, too
    stranger = Client()
    stranger.post(reverse("account_login"), {"login": "nobody", "password": "x"})
    assert dict(stranger.session) == {}
