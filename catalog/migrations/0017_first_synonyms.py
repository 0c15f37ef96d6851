"""The synonyms that every mall of the kind needs: instruments and matters by their usual short names; the curator keeps them."""

from django.db import migrations

PAIRS = """
电镜 电子显微
sem 扫描电镜
sem 扫描电子显微
tem 透射电镜
tem 透射电子显微
fib 聚焦离子束
eds 能谱
ebsd 电子背散射衍射
xrd x射线衍射
xps 光电子能谱
xrf x射线荧光
afm 原子力显微镜
icp-ms 电感耦合等离子体质谱
icp-oes 电感耦合等离子体发射光谱
icp 电感耦合等离子体
aas 原子吸收
gc-ms 气相色谱质谱
gc-ms 气质联用
gc-ms 气相质谱
lc-ms 液相色谱质谱
lc-ms 液质联用
lc-ms 液相质谱
气质联用 气相色谱质谱
液质联用 液相色谱质谱
hplc 高效液相色谱
hplc 液相色谱
gc 气相色谱
nmr 核磁共振
ftir 红外光谱
dsc 差示扫描量热
tga 热重
bet 比表面积
pcr 聚合酶链
三坐标 坐标测量
探伤 无损检测
探伤 超声与射线
emc 电磁兼容
emi 电磁干扰
esd 静电放电
voc 挥发性有机物
rohs 有害物质
cae 仿真
fea 有限元
cfd 流体仿真
有限元 仿真
超算 超级计算
超算 核时
hpc 超级计算
gpu 算力
租赁 租用
3d打印 增材制造
手板 样机
打样 试制
软件测试 软件测评
软著 软件著作权
等保 等级保护
渗透测试 安全测试
标定 校准
校验 校准
保质期 货架期
农残 农药残留
农残 农药多残留
兽残 兽药残留
胶水 胶粘剂
胶黏剂 胶粘剂
粘合剂 胶粘剂
fto 自由实施
技术转让 技术转移
"""
VALUES = ", ".join(
    f"('{word}', '{means}', {str(word not in means).lower()}, true, now())"
    for word, means in map(str.split, PAIRS.strip().splitlines())
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0016_words")]

    operations = [
        migrations.RunSQL(
            f"INSERT INTO catalog_synonym (word, means, both_ways, is_active, updated_at) VALUES {VALUES};",
            "DELETE FROM catalog_synonym;",
        )
    ]
