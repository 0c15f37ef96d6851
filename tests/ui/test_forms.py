import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from crispy_forms.utils import render_crispy_form
from django import forms

from policy.models import PolicyVersion
from ui.fields import DateField, MoneyField, PhoneField
from ui.forms import Row, SectionsMixin, kind_of, missing_of, read_sections
from ui.widgets import UploadInput


class SampleForm(SectionsMixin, forms.Form):
    sections = {"金额": ["amount", "absent"], "其他": ["kind", "honours", "day", "is_true"]}

    amount = MoneyField(label="金额", help_text="整元。")
    kind = forms.ChoiceField(label="类型", choices=[("a", "企业")])
    honours = forms.MultipleChoiceField(label="资质", choices=[("h", "高新技术企业")], required=False)
    day = DateField(label="日期", required=False)
    is_true = forms.BooleanField(label="承诺")
    paper = forms.FileField(label="合同", widget=UploadInput())
    phone = PhoneField(label="手机", required=False)


def test_sections_are_numbered_and_the_rest_follows():
    html = render_crispy_form(SampleForm())
    assert html.count('class="form-section"') == 2
    assert html.index("金额") < html.index("其他") < html.index("手机")
    assert "<form" not in html


def test_an_empty_required_field_asks_for_itself():
    form = SampleForm({})
    assert form.errors["amount"] == ["请填写金额。"]
    assert form.errors["kind"] == ["请选择类型。"]
    assert form.errors["is_true"] == ["请阅读并勾选。"]
    assert form.errors["paper"] == ["请上传合同。"]


def test_an_invalid_field_names_its_error_and_its_hint_to_screen_readers():
    html = render_crispy_form(SampleForm({"amount": "-1"}))
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in html
    assert 'id="id_amount_error"' in html
    assert 'id="id_amount_helptext"' in html
    assert 'value="-1"' in html


def test_a_field_that_a_return_names_is_marked():
    form = SampleForm()
    form.to_correct = ["kind"]
    html = render_crispy_form(form)
    assert html.count("field-marked") == 1
    assert html.count("审核单位请您修改这一项") == 1


def test_missing_lists_what_is_required_and_empty():
    assert missing_of(SampleForm(initial={"amount": 5})) == [
        ("类型", "#id_kind"),
        ("承诺", "#id_is_true"),
        ("合同", "#id_paper"),
    ]


def test_what_the_page_calls_wrong_is_still_to_be_done():
    form = SampleForm({"amount": "三万", "kind": "a"})
    form.add_error(None, "还有一行没有保存。")
    assert missing_of(form) == [
        ("金额", "#id_amount"),
        ("承诺", "#id_is_true"),
        ("合同", "#id_paper"),
        ("页面上方说明的问题", "#error-summary"),
    ]


def test_the_sections_read_an_instance_in_words():
    thing = SimpleNamespace(
        amount=Decimal(5),
        kind="a",
        get_kind_display=lambda: "企业",
        honours=["h"],
        day=dt.date(2026, 1, 2),
        is_true=True,
    )
    assert read_sections(SampleForm, thing) == [
        ("金额", [Row("金额", Decimal(5), "", "amount")]),
        (
            "其他",
            [
                Row("类型", "企业", "", "kind"),
                Row("资质", ["高新技术企业"], "list", "honours"),
                Row("日期", dt.date(2026, 1, 2), "date", "day"),
                Row("承诺", "是", "", "is_true"),
            ],
        ),
    ]


def test_the_model_tells_label_and_kind_where_the_form_does_not():
    class PolicyForm(SectionsMixin, forms.ModelForm):
        sections = {"额度": ["annual_cap"]}

        class Meta:
            model = PolicyVersion
            fields = ("annual_cap",)

    column = PolicyVersion._meta.get_field("annual_cap")
    version = PolicyVersion(annual_cap=Decimal(150000))
    assert PolicyForm(instance=version).as_sections() == [
        ("额度", [Row(str(column.verbose_name), Decimal(150000), "money", "annual_cap")])
    ]


def test_kinds():
    assert kind_of(None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) == "time"
    assert kind_of(None, SimpleNamespace(sha256="x")) == "document"


def test_a_box_of_one_line_takes_one_line():
    class NoteForm(SectionsMixin, forms.Form):
        title = forms.CharField()
        words = forms.CharField(widget=forms.Textarea)
        password = forms.CharField(widget=forms.PasswordInput)

    typed = {"title": "检测\r\nBcc: a\x07\u2028报告\t", "words": "一\r\n二", "password": "a\x07b"}
    form = NoteForm(typed)
    assert form.is_valid()
    assert form.cleaned_data == {"title": "检测  Bcc: a 报告", "words": "一\r\n二", "password": "a\x07b"}
    assert form["title"].value() == "检测  Bcc: a 报告"
