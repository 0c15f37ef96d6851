"""The whole of it: providers and products, firms and cases, then sequences and statistics."""

from django.core.management import CommandError
from django.core.management.color import no_style
from django.db import connection

from accounts.models import Consent, Unit, UnitMember, UnitSnapshot, User
from catalog.models import Admission, Product, Provider, Qualification
from orders.models import Order
from records.models import Event
from redemption.models import Claim, Contract, Invoice, Receipt
from reviews.models import Opinion, PanelSeat, Turn
from tten.demo.mass.cases import make_cases
from tten.demo.mass.desks import make_desks
from tten.demo.mass.firms import make_firms
from tten.demo.mass.products import make_products, providers_for
from tten.demo.mass.profile import Profile, how_many
from tten.demo.mass.sql import free_id, run
from tten.demo.mass.trail import prepare_chain
from tten.demo.names import chance_of
from vouchers.models import Application, LedgerEntry, QuotaAccount

START_OVER = "如需重来，请先运行 make reset。"
FIRMS = 10  # cases of which one is the certification of a firm
MOST = 5_000_000  # a credit code of the demo has six figures for them
LEAST_CASES = 300  # below it not every state finds a place
GROWN = (
    *(User, Consent, Unit, UnitSnapshot, UnitMember, Provider, Provider.scope.through, Product, Qualification),
    *(Admission, Admission.scope.through, Order, QuotaAccount, Application, LedgerEntry, Claim, Invoice, Receipt),
    *(Contract, Claim.result_papers.through, Turn, Opinion, PanelSeat, Event),
)


def check_room(products: int, cases: int) -> None:
    """Raise CommandError where so many cannot be made, or some have been made before."""
    if not (0 <= products <= MOST and 0 <= cases <= MOST):
        raise CommandError(f"--products 和 --cases 应在 0 到 {MOST} 之间。")
    if 0 < cases < LEAST_CASES:
        raise CommandError(f"--cases 至少为 {LEAST_CASES}。")
    for asked, username in ((products, "institute_000001"), (cases, "enterprise_000001")):
        if asked and User.objects.filter(username=username).exists():
            raise CommandError(f"批量数据已经载入过。{START_OVER}")


def grow(products: int, cases: int, seed: int, like: Profile) -> None:
    """Add so many products and cases to the small demo, spread as in `like`; the same seed gives the same ones on the same day."""
    chance = chance_of(seed)
    prepare_chain()
    since = free_id(Product) if products else 0
    if products:
        desks = make_desks(providers_for(products, like), chance)
        settle("catalog_provider", "catalog_provider_scope")
        make_products(products, desks, seed, like)
    if cases:
        firms = make_firms(firms_for(cases, like), chance, like)
        settle("accounts_unit", "accounts_user", "catalog_product")
        make_cases(cases - firms_for(cases, like), firms, chance, since, like)
    end()


def firms_for(cases: int, like: Profile) -> int:
    """How many of so many cases are the certification of a firm."""
    told = how_many(like.applications_of_firms) * cases // like.cases if like.cases else 0
    return min(told, cases // 2) or cases // FIRMS


def settle(*tables: str) -> None:
    """Check what has waited for the end, and let the planner see what there is: triggers keep their plans."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        run(f"ANALYZE {table}")


def end() -> None:
    """Set the sequences behind the new rows, and measure every table."""
    for statement in connection.ops.sequence_reset_sql(no_style(), [*GROWN]):
        run(statement)
    run("ANALYZE")
