"""Columns for the figures that were settings and constants; filled and required in the next two steps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_in_force_is_fixed")]

    operations = [
        migrations.AddField("policyversion", "admission_last_reminder_days", models.PositiveSmallIntegerField("入驻到期再次提醒", null=True, help_text="天，入驻有效期届满之前")),
        migrations.AddField("policyversion", "admission_months", models.PositiveSmallIntegerField("入驻有效期", null=True, help_text="个月，从入驻起算，续期的从原有效期届满起算")),
        migrations.AddField("policyversion", "admission_reminder_days", models.PositiveSmallIntegerField("入驻到期首次提醒", null=True, help_text="天，入驻有效期届满之前")),
        migrations.AddField("policyversion", "form_reminder_days", models.PositiveSmallIntegerField("盖章申请表上传提醒", null=True, help_text="天，上传期限届满之前")),
        migrations.AddField("policyversion", "invitation_days", models.PositiveSmallIntegerField("邀请有效期", null=True, help_text="天，从发出起算")),
        migrations.AddField("policyversion", "invitations_most_open", models.PositiveSmallIntegerField("邀请上限", null=True, help_text="份，每个单位同时等待答复的邀请")),
        migrations.AddField("policyversion", "join_most_open", models.PositiveSmallIntegerField("加入申请上限", null=True, help_text="份，每人同时等待答复的加入申请")),
        migrations.AddField("policyversion", "join_reply_days", models.PositiveSmallIntegerField("加入申请答复期限", null=True, help_text="工作日，从申请起算，由单位管理员答复")),
        migrations.AddField("policyversion", "join_wait_days", models.PositiveSmallIntegerField("未同意后再次申请", null=True, help_text="天，从未同意起算；0 为可以立即再次申请")),
        migrations.AddField("policyversion", "licence_last_reminder_days", models.PositiveSmallIntegerField("证照到期再次提醒", null=True, help_text="天，证照有效期届满之前")),
        migrations.AddField("policyversion", "licence_reminder_days", models.PositiveSmallIntegerField("证照到期首次提醒", null=True, help_text="天，证照有效期届满之前")),
        migrations.AddField("policyversion", "promised_admission", models.PositiveSmallIntegerField("服务机构入驻承诺时限", null=True, help_text="工作日")),
        migrations.AddField("policyversion", "promised_certification", models.PositiveSmallIntegerField("单位认证承诺时限", null=True, help_text="工作日")),
        migrations.AddField("policyversion", "renewal_days", models.PositiveSmallIntegerField("可以申请续期", null=True, help_text="天，入驻有效期届满之前")),
        migrations.AddField("policyversion", "stand_in_days", models.PositiveSmallIntegerField("代理最长天数", null=True, help_text="天，一次代理，含首尾两日")),
        migrations.AddField("policyversion", "voucher_last_reminder_days", models.PositiveSmallIntegerField("创新券到期再次提醒", null=True, help_text="天，使用、兑现期限届满之前")),
        migrations.AddField("policyversion", "voucher_reminder_days", models.PositiveSmallIntegerField("创新券到期首次提醒", null=True, help_text="天，使用、兑现期限届满之前")),
        migrations.AddField("policyversion", "voucher_task_days", models.PositiveSmallIntegerField("创新券到期列入待办", null=True, help_text="天，兑现期限届满之前，列入用户中心的待办")),
    ]
