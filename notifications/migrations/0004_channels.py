import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """A notice may leave by several channels, by each once; what was given up says when."""

    dependencies = [("notifications", "0003_given_up")]

    operations = [
        migrations.AlterModelOptions(
            name="delivery", options={"verbose_name": "消息投递", "verbose_name_plural": "消息投递"}
        ),
        migrations.RemoveIndex(model_name="delivery", name="delivery_due"),
        migrations.AlterField(
            model_name="delivery",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="notifications.notice",
                verbose_name="消息",
            ),
        ),
        migrations.AlterField(
            model_name="delivery", name="address", field=models.CharField(max_length=254, verbose_name="地址")
        ),
        migrations.AlterField(
            model_name="delivery",
            name="due_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="下次尝试"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="channel",
            field=models.CharField(
                choices=[("mail", "邮件"), ("sms", "短信"), ("wechat", "微信")],
                default="mail",
                max_length=10,
                verbose_name="方式",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="begun_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="交出时间"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="failed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="停止时间"),
        ),
        migrations.RunSQL(
            "UPDATE notifications_delivery SET failed_at = due_at WHERE sent_at IS NULL AND tries >= 8;"
            "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("failed_at", None), ("sent_at", None)),
                fields=["channel", "due_at", "id"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("sent_at", None)), fields=["-due_at", "-id"], name="delivery_unsent"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "channel"), name="delivery_once_a_channel"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("failed_at", None), _connector="OR"),
                name="delivery_sent_or_failed",
            ),
        ),
    ]
