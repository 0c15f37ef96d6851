"""Redemptions that have passed before say what they think of the service, too (ADR 0205)."""

from django.db import migrations

FILL = """
INSERT INTO catalog_rating (provider_id, product_id, claim_number, stars, given_at, answer, hidden_why)
SELECT bought.provider_id, bought.product_id, claim.number, claim.rating, claim.passed_at, '', ''
  FROM redemption_claim claim
  JOIN vouchers_application voucher ON voucher.id = claim.application_id
  JOIN orders_order bought ON bought.id = voucher.order_id
 WHERE claim.passed_at IS NOT NULL AND claim.rating BETWEEN 1 AND 5
ON CONFLICT (claim_number) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = (("redemption", "0017_payments"), ("catalog", "0037_ratings"))

    operations = (migrations.RunSQL(FILL, migrations.RunSQL.noop),)
