
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_consent'),
        ('orders', '0001_initial'),
        ('policy', '0003_in_force_is_fixed'),
        ('records', '0002_append_only'),
        ('reviews', '0004_seat_word_has_an_amount'),
        ('vouchers', '0002_ledger'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='application_approved_within_applied',
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('approved_amount', None), models.Q(('applied_amount__isnull', False), ('approved_amount__lte', models.F('applied_amount'))), _connector='OR'), name='application_approved_within_applied'),
        ),
    ]
