"""What the database does for the pictures of a page of cards, with many pictures in the table."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from records.models import Document
from tests.factories import make_product
from tests.plans import heavy

pytestmark = pytest.mark.django_db
MANY = 6000
PLANT = """
WITH paper AS (
  INSERT INTO records_document (id, file, name, content_type, size, sha256, received_sha256, is_locked, purpose, created_by_id, created_at)
  SELECT gen_random_uuid(), '', 'x.jpg', 'image/jpeg', 1, '', '', false, '', %s, now() FROM generate_series(1, %s) RETURNING id)
INSERT INTO catalog_picture (product_id, role, paper_id, place, alt, key, width, height, trouble, tries, asked_at, made_at)
SELECT %s, 'product', id, row_number() OVER (), '', left(replace(id::text, '-', ''), 32), 4, 3, '', 0, now(), now() FROM paper
"""


def test_no_page_reads_the_table_of_pictures_whole(world):
    other = make_product(world.provider, world.product.category, name="有很多图片的服务", status="draft")
    with connection.cursor() as cursor:
        cursor.execute(PLANT, [world.provider_member.pk, MANY, other.pk])
        cursor.execute("ANALYZE catalog_picture")
    assert Document.objects.count() > MANY
    for address in (reverse("product_list"), world.product.get_absolute_url()):
        assert heavy(Client(), address, "catalog_picture") == []
