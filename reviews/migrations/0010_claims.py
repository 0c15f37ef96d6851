
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("reviews", "0009_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TurnClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='认领时间')),
                ('alive_until', models.DateTimeField(verbose_name='有效至')),
                ('is_kept', models.BooleanField(default=False, verbose_name='保留')),
                ('note', models.TextField(blank=True, verbose_name='交办说明')),
                ('aside_until', models.DateField(blank=True, null=True, verbose_name='搁置至')),
                ('aside_words', models.TextField(blank=True, verbose_name='搁置说明')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交办人')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turn_claims', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('turn', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='claim', to='reviews.turn', verbose_name='环节')),
            ],
            options={
                'verbose_name': '认领',
                'verbose_name_plural': '认领',
                'ordering': ('since', 'pk'),
                'indexes': [models.Index(condition=models.Q(('aside_until__isnull', False)), fields=['aside_until'], name='turn_claim_aside')],
                'constraints': [models.CheckConstraint(condition=models.Q(('alive_until__gte', models.F('since'))), name='turn_claim_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('is_kept', False), ('given_by__isnull', False), _connector='OR'), name='turn_claim_kept_was_given'), models.CheckConstraint(condition=models.Q(('note', ''), ('given_by__isnull', False), _connector='OR'), name='turn_claim_note_has_a_writer'), models.CheckConstraint(condition=models.Q(models.Q(('aside_until', None), ('aside_words', '')), models.Q(('aside_until__isnull', False), models.Q(('aside_words', ''), _negated=True)), _connector='OR'), name='turn_claim_aside_has_words')],
            },
        ),
    ]
