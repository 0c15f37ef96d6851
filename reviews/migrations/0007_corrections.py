"""What a return asks to correct is called so: a mark is the 创新券 mark."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0006_verdict_words'),
    ]

    operations = [
        migrations.RenameField(
            model_name='opinion',
            old_name='marks',
            new_name='corrections',
        ),
    ]
