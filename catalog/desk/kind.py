"""What the trail calls the acts on the rows of the catalog."""

from catalog.models import Category, Inquiry, LabBatch, Laboratory, Product, Provider, Rating
from records.kinds import Kind, kind_of

ROW = {"row_made": "新增", "row_changed": "修改"}
PICTURES = {
    "picture_added": "上传图片",
    "picture_changed": "修改图片",
    "picture_moved": "调整图片次序",
    "picture_removed": "移除图片",
}
USE = {"put_out_of_use": "停用", "put_into_use": "恢复使用"}


@kind_of(Product)
class ProductKind(Kind):
    """A product: on the shelf or off it, with the mark or without."""

    steps = (
        ROW
        | PICTURES
        | {
            "shelf_on": "上架",
            "shelf_off": "下架",
            "mark_given": "加创新券标识",
            "mark_taken": "取消创新券标识",
            "hours": "机时",
        }
    )


@kind_of(Provider)
class ProviderKind(Kind):
    """A provider: in use or not."""

    steps = ROW | USE | PICTURES


@kind_of(Rating)
class RatingKind(Kind):
    """A rating: answered, hidden, shown again."""

    steps = {"rating_answered": "回复评价", "rating_hidden": "隐藏评价", "rating_shown": "恢复显示评价"}


@kind_of(Inquiry)
class InquiryKind(Kind):
    """A question: asked, answered, hidden."""

    steps = {"inquiry_asked": "提问", "inquiry_answered": "回答咨询", "inquiry_hidden": "隐藏咨询"}


@kind_of(Laboratory)
class LaboratoryKind(Kind):
    """A laboratory: on the list, paused, or removed."""

    steps = ROW | {"lab_listed": "恢复在册", "lab_paused": "暂停在册", "lab_removed": "退出名录"}


@kind_of(LabBatch)
class BatchKind(Kind):
    """A batch: published or not."""

    steps = ROW | {"batch_published": "发布批次", "batch_hidden": "撤下批次"}


@kind_of(Category)
class CategoryKind(Kind):
    """A category of 产品导航."""

    steps = ROW
