"""What is tried: each address with the numbers of A, of B and guessed ones, the tables of the administration, keys in forms."""

import fcntl
import json
import tempfile
from pathlib import Path

from django.contrib import admin
from django.urls import get_resolver, resolve, reverse

from orders.models import Order
from tests import watch
from tests.attack.asking import ASIDE, Asker, refuses
from tests.attack.explained import EVERYBODY
from tests.test_house import patterns

TABLE = Path(__file__).with_name("table.json")
LOCK = Path(tempfile.gettempdir()) / "tten-attack.lock"
METHODS, ALL = ("GET", "POST"), "everybody"
SIGN_IN, DOOR = "login", "/admin/"  # the answer that leads to the sign-in, or to the door of the administration
REFUSED = {SIGN_IN, "403", "404", "405"}
NUMBERED = {"old": 987_654_321, "new": 987_654_322}
NO_ID = "00000000-0000-4000-8000-000000000000"


def all_of(books):
    """{(name, side): address} of every address: as it is where it has no number, else of A, of B and guessed."""
    found = {}
    for entry in patterns(get_resolver()):
        if not entry.pattern.converters:
            found[entry.name, "-"] = reverse(entry.name)
            continue
        found |= {(entry.name, side): book[entry.name] for side, book in books.items()}
        if guessed(books["A"][entry.name]) != books["A"][entry.name]:  # it has a number, not only the name of a list
            found[entry.name, "guessed"] = guessed(books["A"][entry.name])
    return found | tables()


def guessed(address):
    """The same address with a number that nobody has given."""
    match = resolve(address)
    given = {name: other_than(name, value) for name, value in match.captured_kwargs.items()}
    return reverse(match.view_name, kwargs=given)


def other_than(name, value):
    if name in {"step", "kind", "name"}:
        return value
    if isinstance(value, int):
        return NUMBERED.get(name, 987_654_321)
    return NO_ID if not isinstance(value, str) else "SQ20269876543"


def tables():
    """Every page of every table in the administration: {(name, side): address}."""
    found = {("admin:index", "-"): reverse("admin:index")}
    for table in admin.site._registry.values():
        label = f"admin:{table.opts.app_label}_{table.opts.model_name}"
        found |= {(f"{label}_{page}", "-"): reverse(f"{label}_{page}") for page in ("changelist", "add")}
        found[f"{label}_change", "guessed"] = reverse(f"{label}_change", args=["987654321"])
        row = table.model._default_manager.order_by("pk").first()
        for page in ("change", "delete", "history") if row else ():
            found[f"{label}_{page}", "A"] = reverse(f"{label}_{page}", args=[row.pk])
    return found


def forms_of(world, addresses):
    """{(name, side): (address, what is sent)}: keys of others in the fields of a form, or in the query of its address."""
    other, order = world.other_unit, Order.objects.filter(unit=world.other_unit).earliest("pk")
    turn, product = resolve(addresses["turn_detail", "B"]).kwargs["pk"], world.product.number
    share = f"{reverse('turn_share')}?office={world.body_office.pk}"
    sent = {
        ("unit_switch", "form B"): {"unit": other.pk},
        ("unit_switch", "form A"): {"unit": world.unit.pk},
        ("export_start", "form B"): {"path": reverse("order_list"), "query": f"q={order.number}"},
        **{("export_start", f"form {name}"): {"path": reverse(name), "query": ""} for name in lists()},
        ("bulk_choose", "form B"): {"turn": [turn]},
        ("group_propose", "form B"): {"turn": [turn], "size": 3},
        ("provider_product_list_act", "form A"): {"row": [product], "act": "withdraw"},
        ("curator_products_act", "form A"): {"row": [product], "act": "withdraw"},
        ("view_save", "form A"): {"page": "turn_list", "name": "样例", "query": ""},
        ("join_new", "form B"): {"uscc": other.uscc, "words": "x"},
    }
    at = {key: (reverse(key[0]), said) for key, said in sent.items()}
    return at | {("turn_share", "form body"): (share, {"from": world.body.pk, "to": [world.body.pk], "how": "even"})}


def lists():
    """The lists that can be taken away."""
    entries = (entry for entry in patterns(get_resolver()) if not entry.pattern.converters)
    return [entry.name for entry in entries if hasattr(entry.callback, "listing")]


def answers(person, world, addresses):
    """{"GET name side": answer} of everything that one person tries."""
    found, asker = {}, Asker(person)
    with asker.recognised():
        for (name, side), address in addresses.items():
            for method in METHODS:
                if name.startswith("admin:") or not is_refused(method, name, address):
                    found[f"{method} {name} {side}"] = tried(asker, method, address)
                elif f"{method} {name} any" not in found:
                    found[f"{method} {name} any"] = "405" if person else tried(asker, method, address)
        for (name, side), (address, sent) in forms_of(world, addresses).items():
            found[f"POST {name} {side}"] = tried(asker, "POST", address, sent)
    return found


REFUSING = {}


def is_refused(method, name, address):
    """Whether nobody may ask in this way, of whatever number; asked once in a process."""
    if (method, name) not in REFUSING:
        REFUSING[method, name] = refuses(method, address)
    return REFUSING[method, name]


def tried(asker, method, address, sent=None):
    """The status of the answer, or `login`. With a + where something was written, of which nothing stays; with a ! where
    it was written by whoever only reads, or by whoever is refused.
    """
    if address.startswith(DOOR) and asker.person and not asker.enters:
        return answer_of(asker.call(method, address))  # refused at the door, before anything else is looked at
    page, tables = asker.ask(method, address, sent)
    answer, wrote = answer_of(page), tables - ASIDE
    may_write = method == "POST" or resolve(address).view_name in watch.GET_WRITES
    if wrote and (answer in REFUSED or not may_write):
        return f"{answer}!"
    return f"{answer}+" if wrote and answer < "4" else answer


def answer_of(page):
    """Its status; one word where it leads to a door."""
    doors = reverse("account_login"), reverse("admin:login")
    return SIGN_IN if page.status_code == 302 and page.headers["Location"].startswith(doors) else str(page.status_code)


def kept():
    """The table: {"GET name side": {answer: {who}}}."""
    rows = json.loads(TABLE.read_text()) if TABLE.exists() else {}
    return {key: {answer: names_in(names) for answer, names in row.items()} for key, row in rows.items()}


def names_in(said):
    return set(EVERYBODY) if said == ALL else set(said.split())


def answer_to(who, row):
    return next((answer for answer, names in row.items() if who in names), "")


def keep(found):
    """Write what these people were answered in the place of what they were answered before."""
    with LOCK.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        write(found)


def write(found):
    table = kept()
    for row in table.values():
        for names in row.values():
            names.difference_update(found.keys())
    for who, rows in found.items():
        for key, answer in rows.items():
            table.setdefault(key, {}).setdefault(answer, set()).add(who)
    lines = {key: said(row) for key, row in sorted(table.items(), key=place) if any(row.values())}
    body = ",\n".join(f"{json.dumps(key)}: {json.dumps(row)}" for key, row in lines.items())
    TABLE.write_text(f"{{\n{body}\n}}\n")


def said(row):
    """Who gets which answer, in words; one word where everybody gets the same."""
    words = {answer: " ".join(who for who in EVERYBODY if who in row[answer]) for answer in sorted(row) if row[answer]}
    return {answer: ALL if len(names.split()) == len(EVERYBODY) else names for answer, names in words.items()}


def place(line):
    """By address, then side, then method."""
    method, name, side = line[0].split(maxsplit=2)
    return name, side, method
