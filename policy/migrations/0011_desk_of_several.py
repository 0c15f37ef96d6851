
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy', '0010_similar_months'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='policyversion',
            name='policy_figures',
        ),
        migrations.AddField(
            model_name='policyversion',
            name='aside_days',
            field=models.PositiveSmallIntegerField(default=10, help_text='工作日，从搁置当日起算', validators=[django.core.validators.MinValueValidator(1, '请填写 1 至 365 之间的整数。'), django.core.validators.MaxValueValidator(365, '请填写 1 至 365 之间的整数。')], verbose_name='搁置最长天数'),
        ),
        migrations.AddField(
            model_name='policyversion',
            name='lease_minutes',
            field=models.PositiveSmallIntegerField(default=15, help_text='分钟，审核人员离开办理页面之后', validators=[django.core.validators.MinValueValidator(1, '请填写 1 至 1440 之间的整数。'), django.core.validators.MaxValueValidator(1440, '请填写 1 至 1440 之间的整数。')], verbose_name='认领失效'),
        ),
        migrations.AddField(
            model_name='policyversion',
            name='share_most',
            field=models.PositiveSmallIntegerField(default=50, help_text='件，每人名下同时保留的事项', validators=[django.core.validators.MinValueValidator(1, '请填写 1 至 1000 之间的整数。'), django.core.validators.MaxValueValidator(1000, '请填写 1 至 1000 之间的整数。')], verbose_name='分派上限'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.CheckConstraint(condition=models.Q(('admission_last_reminder_days__range', (1, 365)), ('admission_months__range', (1, 120)), ('admission_reminder_days__range', (1, 365)), ('aside_days__range', (1, 365)), ('correction_days__range', (1, 365)), ('form_deadline_days__range', (1, 365)), ('form_reminder_days__range', (1, 365)), ('invitation_days__range', (1, 365)), ('invitations_most_open__range', (1, 1000)), ('join_most_open__range', (1, 1000)), ('join_reply_days__range', (1, 365)), ('join_wait_days__range', (0, 365)), ('lease_minutes__range', (1, 1440)), ('licence_last_reminder_days__range', (1, 365)), ('licence_reminder_days__range', (1, 365)), ('promised_admission__range', (1, 365)), ('promised_body__range', (1, 365)), ('promised_certification__range', (1, 365)), ('promised_district__range', (1, 365)), ('promised_experts__range', (1, 365)), ('promised_formal__range', (1, 365)), ('redeem_months__range', (1, 120)), ('reminder_day__range', (1, 365)), ('renewal_days__range', (1, 365)), ('repeat_minutes__range', (0, 1440)), ('share_most__range', (1, 1000)), ('similar_months__range', (0, 120)), ('stand_in_days__range', (1, 365)), ('use_months__range', (1, 120)), ('voucher_last_reminder_days__range', (1, 365)), ('voucher_reminder_days__range', (1, 365)), ('voucher_task_days__range', (1, 365))), name='policy_figures', violation_error_message='有的天数或个数超出了允许的范围，请按各项的提示填写。'),
        ),
    ]
