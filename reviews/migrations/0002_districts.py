"""The sixteen districts of Tianjin (GB/T 2260) and the five functional areas with intake offices of their own."""

from django.db import migrations

DISTRICTS = (
    ("120101", "和平区"), ("120102", "河东区"), ("120103", "河西区"), ("120104", "南开区"), ("120105", "河北区"),
    ("120106", "红桥区"), ("120110", "东丽区"), ("120111", "西青区"), ("120112", "津南区"), ("120113", "北辰区"),
    ("120114", "武清区"), ("120115", "宝坻区"), ("120116", "滨海新区"), ("120117", "宁河区"), ("120118", "静海区"),
    ("120119", "蓟州区"), ("120116-TEDA", "经济技术开发区"), ("120116-TPFTZ", "天津港保税区"),
    ("120116-THT", "滨海高新区"), ("120116-DJ", "东疆综合保税区"), ("120116-ECO", "中新天津生态城"),
)


def fill(apps, _schema_editor):
    district = apps.get_model("reviews", "District")
    district.objects.bulk_create(
        (district(code=code, name=name, order=order) for order, (code, name) in enumerate(DISTRICTS)),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
