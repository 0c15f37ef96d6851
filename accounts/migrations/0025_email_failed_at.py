from django.db import migrations, models


class Migration(migrations.Migration):
    """When the server of a mail address has said that it knows none such."""

    dependencies = [("accounts", "0024_document_box")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="email_failed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="邮箱退信时间"),
        )
    ]
