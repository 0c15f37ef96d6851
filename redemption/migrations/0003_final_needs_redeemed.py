
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_consent'),
        ('policy', '0003_in_force_is_fixed'),
        ('records', '0002_append_only'),
        ('redemption', '0002_claims'),
        ('reviews', '0004_seat_word_has_an_amount'),
        ('vouchers', '0002_ledger'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_final_within_redeemed',
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('final_amount', None), models.Q(('final_amount__lte', models.F('redeemed_amount')), ('redeemed_amount__isnull', False)), _connector='OR'), name='claim_final_within_redeemed'),
        ),
    ]
