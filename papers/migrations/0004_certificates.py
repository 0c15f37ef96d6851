"""A paper may be a certificate."""

from django.db import migrations, models

KINDS = [
    ("digital", "数电发票"),
    ("vat", "增值税发票"),
    ("receipt", "银行回单"),
    ("contract", "合同"),
    ("licence", "营业执照"),
    ("account", "银行账户证明"),
    ("certificate", "资质证书"),
    ("unknown", "未识别的材料"),
]


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_identity")]
    operations = [
        migrations.AlterField(
            "reading", "kind", models.CharField("材料种类", max_length=12, blank=True, choices=KINDS)
        )
    ]
