"""Addresses of the mall, of 京津冀, of the provider's desk and of 服务机构入驻."""

from django.urls import URLPattern, path

from catalog.admissions import views as admission_views
from catalog.asking import views as asking_views
from catalog.desk import views as desk_views
from catalog.gallery import views as gallery_views
from catalog.laboratories import views as lab_views
from catalog.mall import views
from catalog.mall.own import views as own_views
from catalog.ratings import views as rating_views
from catalog.sheets import views as sheet_views

DESK = "provider/products/"
ADMISSION = "center/admission/"
SHEETS = "center/sheets/"
CURATOR = "产品与机构"
MENU = (
    # the group in the menu of 用户中心, the label, the address
    (CURATOR, "产品", "curator_products"),
    (CURATOR, "服务机构", "curator_providers"),
    (CURATOR, "京津冀实验室", "curator_laboratories"),
    (CURATOR, "实验室批次", "curator_batches"),
    (CURATOR, "产品类别", "curator_categories"),
    (CURATOR, "客户咨询", "inquiry_list"),
    (CURATOR, "服务评价", "rating_list"),
    (CURATOR, "批量操作", "desk_act_list"),
    (CURATOR, "表格导入", "sheet_list"),
)


def curated(room: str, key: str) -> list[URLPattern]:
    """The addresses of one of the curator's lists: itself, an act on its rows, one row."""
    way, where = f"curator/{room}/", {"room": room}
    return [
        path(way, desk_views.curator_list, where, name=f"curator_{room}"),
        path(f"{way}act/", desk_views.curator_act, where, name=f"curator_{room}_act"),
        path(f"{way}<{key}:key>/", desk_views.curator_row, where, name=f"curator_{room}_row"),
    ]


urlpatterns = [
    path("mall/", views.product_list, name="product_list"),
    path("mall/suggest/", views.product_suggest, name="product_suggest"),
    path("mall/compare/", own_views.product_compare, name="product_compare"),
    path("mall/compare/choose/", own_views.product_choose, name="product_choose"),
    path("mall/look/", own_views.product_look, name="product_look"),
    path("mall/recent/", own_views.seen_page, name="seen_page"),
    path("mall/<number:number>/seen/", own_views.product_seen, name="product_seen"),
    path("mall/<number:number>/favour/", own_views.product_favour, name="product_favour"),
    path("center/favourites/", own_views.favourite_list, name="favourite_list"),
    path("mall/<number:number>/", views.product_detail, name="product_detail"),
    path("mall/pictures/<slug:size>/<slug:key>.webp", gallery_views.picture, name="mall_picture"),
    path("providers/<int:pk>/", views.provider_detail, name="provider_detail"),
    path("labs/", lab_views.lab_list, name="lab_list"),
    path("labs/batches/<int:number>/", lab_views.lab_batch, name="lab_batch"),
    path("labs/<number:number>/", lab_views.lab_detail, name="lab_detail"),
    path(DESK, desk_views.provider_product_list, name="provider_product_list"),
    path(f"{DESK}act/", desk_views.provider_product_list_act, name="provider_product_list_act"),
    path(f"{DESK}new/", views.provider_product_new, name="provider_product_new"),
    path(f"{DESK}<number:number>/", views.provider_product_edit, name="provider_product_edit"),
    path(f"{DESK}<number:number>/status/", views.provider_product_status, name="provider_product_status"),
    path(f"{DESK}<number:number>/pictures/", gallery_views.product_pictures, name="product_pictures"),
    path("provider/institutions/<int:pk>/pictures/", gallery_views.provider_pictures, name="provider_pictures"),
    path("provider/pictures/<int:pk>/", gallery_views.picture_act, name="picture_act"),
    path("mall/<number:number>/ask/", asking_views.product_ask, name="product_ask"),
    path("center/inquiries/", asking_views.inquiry_own, name="inquiry_own"),
    path("provider/inquiries/", asking_views.inquiry_list, name="inquiry_list"),
    path("provider/inquiries/<int:pk>/", asking_views.inquiry, name="inquiry"),
    path("ratings/", rating_views.rating_list, name="rating_list"),
    path("ratings/<int:pk>/answer/", rating_views.rating_answer, name="rating_answer"),
    path("ratings/<int:pk>/hide/", rating_views.rating_hide, name="rating_hide"),
    path(ADMISSION, admission_views.admission_home, name="admission_home"),
    path(f"{ADMISSION}start/", admission_views.admission_start, name="admission_start"),
    path(f"{ADMISSION}laboratories/", admission_views.admission_laboratories, name="admission_laboratories"),
    path(f"{ADMISSION}read/<uuid:pk>/", admission_views.admission_read, name="admission_read"),
    path(f"{ADMISSION}<number:number>/", admission_views.admission_detail, name="admission_detail"),
    path(f"{ADMISSION}<number:number>/edit/", admission_views.admission_edit, name="admission_edit"),
    path(f"{ADMISSION}<number:number>/check/", admission_views.admission_check, name="admission_check"),
    path(f"{ADMISSION}<number:number>/submit/", admission_views.admission_submit, name="admission_submit"),
    path(f"{ADMISSION}<number:number>/<slug:step>/", admission_views.admission_move, name="admission_move"),
    path(SHEETS, sheet_views.sheet_list, name="sheet_list"),
    path(f"{SHEETS}new/<slug:kind>/", sheet_views.sheet_new, name="sheet_new"),
    path(f"{SHEETS}template/<slug:kind>/", sheet_views.sheet_template, name="sheet_template"),
    path(f"{SHEETS}<int:pk>/", sheet_views.sheet_rows, name="sheet_rows"),
    path(f"{SHEETS}<int:pk>/progress/", sheet_views.sheet_progress, name="sheet_progress"),
    path(f"{SHEETS}<int:pk>/publish/", sheet_views.sheet_publish, name="sheet_publish"),
    path(f"{SHEETS}<int:pk>/undo/", sheet_views.sheet_undo, name="sheet_undo"),
    path("desk/admissions/", admission_views.admission_list, name="admission_list"),
    path("desk/acts/", desk_views.desk_act_list, name="desk_act_list"),
    path("desk/acts/<int:pk>/", desk_views.desk_act_report, name="desk_act_report"),
    path("desk/acts/<int:pk>/progress/", desk_views.desk_act_progress, name="desk_act_progress"),
    path("curator/categories/", desk_views.curator_categories, name="curator_categories"),
    path("curator/categories/new/", desk_views.curator_categories_new, name="curator_categories_new"),
    path("curator/categories/<int:key>/move/", desk_views.curator_categories_move, name="curator_categories_move"),
    path(
        "curator/categories/<int:key>/", desk_views.curator_row, {"room": "categories"}, name="curator_categories_row"
    ),
    *curated("products", "number"),
    *curated("providers", "int"),
    *curated("laboratories", "number"),
    *curated("batches", "int"),
]
