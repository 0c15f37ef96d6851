"""Words that are one amount and nothing else become the number: 20000, ¥20,000.00, 2 万元; all others stay words."""

from django.db import migrations

READ = r"""
    WITH told AS (
        SELECT id, regexp_replace(translate(budget_words, '０１２３４５６７８９．，￥　', '0123456789.,¥ '), '[¥,\s]|元$', '', 'g') AS figure
          FROM orders_order
    ), amounts AS (
        SELECT id, CASE WHEN figure ~ '^[0-9]{1,9}(\.[0-9]{1,2})?$' THEN figure::numeric
                        WHEN figure ~ '^[0-9]{1,5}(\.[0-9]{1,4})?万$' THEN rtrim(figure, '万')::numeric * 10000 END AS amount
          FROM told
    )
    UPDATE orders_order placed SET budget = amount, budget_words = ''
      FROM amounts WHERE amounts.id = placed.id AND amount > 0
"""
WRITE = "UPDATE orders_order SET budget_words = budget::text WHERE budget IS NOT NULL AND budget_words = ''"


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0002_budget_words'),
    ]

    operations = [
        migrations.RunSQL(READ, WRITE),
    ]
