"""What is typed into the forms of the catalog."""

ABOUT = "按样例标准开展疲劳试验，客户提供试样十件以上，出具盖章报告。"


def words_of_product(product, **more):
    """A product as its form sends it."""
    words = {"name": product.name, "category": product.category_id, "summary": product.summary, "description": ABOUT}
    return words | {"deliverable": "报告", "duration": "3 天", "price": product.price, "price_unit": "次"} | more
