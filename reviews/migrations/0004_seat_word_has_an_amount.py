
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0003_seat_replaces'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='panelseat',
            name='seat_word_is_whole',
        ),
        migrations.AddConstraint(
            model_name='panelseat',
            constraint=models.CheckConstraint(condition=models.Q(('given_at', None), models.Q(models.Q(('word', ''), _negated=True), ('amount__gte', 0), ('amount__isnull', False)), _connector='OR'), name='seat_word_is_whole'),
        ),
    ]
