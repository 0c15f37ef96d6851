"""Addresses of the review desk."""

from django.urls import path

from reviews import panel_views, receipt_views, views
from reviews.bulk import views as bulk_views
from reviews.claims import share_views
from reviews.claims import views as claim_views
from reviews.experts import views as experts
from reviews.lists import views as lists
from reviews.news import views as news
from reviews.panels import hearing_views as hearings
from reviews.panels import views as groups
from reviews.phrases import views as phrase_views
from reviews.picture import views as picture
from reviews.questions import urls as questions
from reviews.remarks import views as remarks_views
from reviews.rests import views as rests

MENU = (
    # the group in the menu of 用户中心, the label, the address
    ("市科技局", "全部事项", "turn_all_list"),
    ("市科技局", "工作情况", "picture"),
    ("市科技局", "专家库", "expert_list"),
    ("专家评审", "评审任务", "seat_list"),
    ("专家评审", "我的专家资料", "expert_mine"),
    ("评审专家", "专家库", "expert_list"),
    ("专家评审组", "评审组", "group_list"),
)

urlpatterns = [
    *questions.urlpatterns,
    path("receipts/<number:number>/", receipt_views.receipt_print, name="receipt_print"),
    path("desk/share/", share_views.turn_share, name="turn_share"),
    path("desk/", lists.turn_list, name="turn_list"),
    path("desk/done/", lists.turn_done_list, name="turn_done_list"),
    path("desk/all/", lists.turn_all_list, name="turn_all_list"),
    path("desk/views/", lists.view_list, name="view_list"),
    path("desk/views/save/", lists.view_save, name="view_save"),
    path("desk/views/<int:pk>/", lists.view_open, name="view_open"),
    path("desk/views/<int:pk>/rename/", lists.view_rename, name="view_rename"),
    path("desk/views/<int:pk>/delete/", lists.view_delete, name="view_delete"),
    path("desk/columns/<slug:name>/", lists.list_columns, name="list_columns"),
    path("desk/<int:pk>/", views.turn_detail, name="turn_detail"),
    path("desk/<int:pk>/news/", news.turn_news, name="turn_news"),
    path("desk/<int:pk>/opinion/", views.turn_opinion, name="turn_opinion"),
    path("desk/<int:pk>/letter/", views.turn_letter, name="turn_letter"),
    path("desk/<int:pk>/remark/", remarks_views.turn_remark, name="turn_remark"),
    path("desk/rests/<int:pk>/back/", rests.rest_back, name="rest_back"),
    path("desk/rests/<int:pk>/take/", rests.rest_take, name="rest_take"),
    path("desk/rests/<int:pk>/letter/", rests.rest_letter, name="rest_letter"),
    path("desk/rests/<int:pk>/sign/", rests.rest_sign, name="rest_sign"),
    path("desk/rests/<int:pk>/return/", rests.rest_return, name="rest_return"),
    path("desk/<int:pk>/transfer/", views.turn_transfer, name="turn_transfer"),
    path("desk/<int:pk>/panel/", panel_views.panel_form, name="panel_form"),
    path("desk/<int:pk>/panel/replace/", panel_views.panel_replace, name="panel_replace"),
    path("desk/<int:pk>/claim/", claim_views.turn_claim, name="turn_claim"),
    path("desk/<int:pk>/release/", claim_views.turn_release, name="turn_release"),
    path("desk/<int:pk>/skip/", claim_views.turn_skip, name="turn_skip"),
    path("desk/<int:pk>/take-over/", claim_views.turn_take_over, name="turn_take_over"),
    path("desk/<int:pk>/hand-over/", claim_views.turn_hand_over, name="turn_hand_over"),
    path("desk/<int:pk>/aside/", claim_views.turn_aside, name="turn_aside"),
    path("desk/<int:pk>/aside/end/", claim_views.turn_take_up, name="turn_take_up"),
    path("desk/bulk/", bulk_views.bulk_choose, name="bulk_choose"),
    path("desk/bulk/<int:pk>/", bulk_views.bulk_detail, name="bulk_detail"),
    path("desk/bulk/<int:pk>/letter/", bulk_views.bulk_letter, name="bulk_letter"),
    path("desk/bulk/<int:pk>/start/", bulk_views.bulk_start, name="bulk_start"),
    path("desk/bulk/<int:pk>/progress/", bulk_views.bulk_progress, name="bulk_progress"),
    path("desk/phrases/", phrase_views.phrase_list, name="phrase_list"),
    path("desk/phrases/new/", phrase_views.phrase_new, name="phrase_new"),
    path("desk/phrases/<int:pk>/", phrase_views.phrase_edit, name="phrase_edit"),
    path("desk/phrases/<int:pk>/delete/", phrase_views.phrase_delete, name="phrase_delete"),
    path("desk/picture/", picture.picture, name="picture"),
    path("desk/picture/open/", picture.picture_open, name="picture_open"),
    path("desk/picture/months/", picture.picture_months, name="picture_months"),
    path("desk/picture/reasons/", picture.picture_reasons, name="picture_reasons"),
    path("desk/picture/people/", picture.picture_people, name="picture_people"),
    path("experts/", experts.expert_list, name="expert_list"),
    path("experts/mine/", experts.expert_mine, name="expert_mine"),
    path("experts/mine/declare/", experts.expert_tie_declare, name="expert_tie_declare"),
    path("experts/mine/<int:pk>/end/", experts.expert_tie_end, name="expert_tie_end"),
    path("groups/", groups.group_list, name="group_list"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/new/experts/", groups.group_propose, name="group_propose"),
    path("groups/<int:pk>/", groups.group_detail, name="group_detail"),
    path("groups/<int:pk>/dissolve/", groups.group_dissolve, name="group_dissolve"),
    path("groups/<int:pk>/close/", groups.group_close, name="group_close"),
    path("groups/members/<int:pk>/replace/", groups.group_replace, name="group_replace"),
    path("hearings/<int:pk>/", hearings.hearing_detail, name="hearing_detail"),
    path("hearings/<int:pk>/answer/", hearings.hearing_answer, name="hearing_answer"),
    path("hearings/<int:pk>/words/", hearings.hearing_words, name="hearing_words"),
    path("hearings/<int:pk>/leave/", hearings.hearing_leave, name="hearing_leave"),
    path("desk/seats/", panel_views.seat_list, name="seat_list"),
    path("desk/seats/<int:pk>/", panel_views.seat_detail, name="seat_detail"),
    path("desk/seats/<int:pk>/word/", panel_views.seat_word, name="seat_word"),
    path("desk/seats/<int:pk>/recuse/", panel_views.seat_recuse, name="seat_recuse"),
]
