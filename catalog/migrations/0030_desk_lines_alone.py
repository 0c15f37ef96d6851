from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('catalog', '0029_desk_lines_filled')]

    operations = [migrations.RemoveField(model_name='deskact', name='lines')]
