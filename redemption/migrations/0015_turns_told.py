"""What the lists of the desk read of every case, written to its turns as `reviews.lists.keeping.told` writes it."""

from django.db import migrations

TOLD = r"""
UPDATE reviews_turn turn
   SET amount = told.amount, district = told.district, category = told.category,
       search_text = (SELECT string_agg(part, ' ' ORDER BY place) FROM (
           SELECT part, min(place) AS place
             FROM (SELECT btrim(regexp_replace(lower(normalize(word, NFKC)), '\s+', ' ', 'g')) AS part, place
                     FROM unnest(told.words) WITH ORDINALITY words (word, place)) folded
            WHERE part <> '' GROUP BY part) parts)
  FROM django_content_type kind, ([cases]) told
 WHERE kind.app_label = '[app]' AND kind.model = '[model]' AND turn.case_type_id = kind.id AND turn.case_id = told.id;
"""
FIRM = "JOIN accounts_unit unit ON unit.id = found.unit_id"
PLACE = "LEFT JOIN reviews_district district ON district.code = {}.district_id"
ORDER = "JOIN orders_order ordered ON ordered.id = {}.order_id JOIN catalog_provider provider ON provider.id = ordered.provider_id"
KEPT = "LEFT JOIN accounts_unitsnapshot kept ON kept.id = found.snapshot_id"
CASES = {
    ("accounts", "unit"): f"""
        SELECT unit.id, 0 AS amount, coalesce(district.name, '') AS district, '' AS category,
               ARRAY[unit.number, '单位认证：' || unit.name, unit.name, unit.uscc] AS words
          FROM accounts_unit unit {PLACE.format("unit")}""",
    ("catalog", "admission"): f"""
        SELECT found.id, 0 AS amount, '' AS district, '' AS category, 
               ARRAY[found.number, '服务机构入驻：' || unit.name, unit.name, unit.uscc] AS words
          FROM catalog_admission found {FIRM}""",
    ("vouchers", "application"): f"""
        SELECT found.id, coalesce(found.applied_amount, 0) AS amount, coalesce(district.name, '') AS district,
               ordered.category_name AS category,
               ARRAY[found.number, coalesce(nullif(found.project_name, ''), ordered.product_name),
                     coalesce(kept.name, unit.name), unit.uscc, coalesce(found.voucher_number, ''),
                     ordered.product_name, provider.name, ordered.number] AS words
          FROM vouchers_application found {FIRM} {PLACE.format("found")} {ORDER.format("found")} {KEPT}""",
    ("redemption", "claim"): f"""
        SELECT found.id, coalesce(found.redeemed_amount, 0) AS amount, coalesce(district.name, '') AS district,
               ordered.category_name AS category,
               ARRAY[found.number, '兑现：' || coalesce(nullif(voucher.project_name, ''), ordered.product_name),
                     coalesce(kept.name, unit.name), unit.uscc, voucher.number, coalesce(voucher.voucher_number, ''),
                     ordered.product_name, provider.name, ordered.number] AS words
          FROM redemption_claim found JOIN vouchers_application voucher ON voucher.id = found.application_id
               {FIRM} {PLACE.format("found")} {ORDER.format("voucher")} {KEPT}""",
}
THERE = """
UPDATE reviews_turn turn SET district = district.name
  FROM reviews_office office JOIN reviews_district district ON district.code = office.district_id
 WHERE turn.office_id = office.id AND turn.ended_by = 'transfer';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_document_box"),
        ("catalog", "0033_shelves_kept_by_key"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("orders", "0004_received"),
        ("redemption", "0014_number_as_read"),
        ("reviews", "0009_lists"),
        ("vouchers", "0011_project_key"),
    ]

    operations = [
        *(
            migrations.RunSQL(
                TOLD.replace("[cases]", cases).replace("[app]", app).replace("[model]", model), migrations.RunSQL.noop
            )
            for (app, model), cases in CASES.items()
        ),
        migrations.RunSQL(THERE, migrations.RunSQL.noop),  # a case that was handed on lay in the district of that office
    ]
