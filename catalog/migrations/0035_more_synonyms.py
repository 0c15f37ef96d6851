"""More everyday and short names of instruments and matters: who types one finds the field's own word, too, not the other way round.

What the curator has written already stays as it is.
"""

from django.db import migrations

PAIRS = """
实验 试验
拉力 拉伸
抗拉 拉伸
线路板 电路板
pcb 电路板
pcb 印制板
pcba 贴装
smt 贴装
ndt 无损检测
ut 超声检测
rt 射线检测
gpc 凝胶渗透色谱
gpc 凝胶色谱
ir 红外光谱
raman 拉曼光谱
uv 紫外可见
facs 流式细胞
elisa 酶联免疫
qpcr 实时荧光
halt 高加速寿命
slm 激光选区熔化
cnc 数控加工
锂电池 动力电池
人工智能 智能算法
ai 智能算法
机器学习 算法模型
深度学习 算法模型
显卡 算力
代码审计 源代码安全
侵权检索 自由实施
版权 著作权
水质检测 水质分析
防水 防护等级
ip防护 防护等级
配方分析 成分剖析
配方还原 成分剖析
"""
ROWS = [pair.split() for pair in PAIRS.strip().splitlines()]
VALUES = ", ".join(f"('{word}', '{means}', false, true, now())" for word, means in ROWS)
KEYS = ", ".join(f"('{word}', '{means}')" for word, means in ROWS)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0034_many_at_once")]

    operations = [
        migrations.RunSQL(
            f"INSERT INTO catalog_synonym (word, means, both_ways, is_active, updated_at) VALUES {VALUES}"
            " ON CONFLICT DO NOTHING;",
            f"DELETE FROM catalog_synonym WHERE (word, means) IN ({KEYS});",
        )
    ]
