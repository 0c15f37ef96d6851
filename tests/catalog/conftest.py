import pytest

from catalog.models import Category
from tests.factories import World, make_category, make_laboratory, make_product, make_provider


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def testing(db):
    """检验检测 with 材料性能测试 below it."""
    top = make_category(code="k02", name="检验检测", order=1)
    return make_category(code="k02-02", name="材料性能测试", parent=top)


@pytest.fixture
def shelf(testing):
    """Two institutions' products and a laboratory's service."""
    plain = make_category(code="k07", name="知识产权", may_be_marked=False, order=2)
    laboratory = make_laboratory()
    here, beijing = make_provider(), make_provider(name="北京样例所", region="beijing")
    return {
        "metal": make_product(here, testing, name="金属拉伸试验", price="20000"),
        "patent": make_product(beijing, plain, name="专利导航 100%_A", price="900", is_marked=False),
        "lab": make_product(laboratory.provider, testing, name="复合材料检测", price="1500"),
        "draft": make_product(here, testing, name="还没写完", status="draft"),
        "laboratory": laboratory,
        "categories": Category.objects.all(),
    }
