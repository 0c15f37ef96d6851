"""Pictures of articles: the acts of whoever writes, and the file that everybody fetches."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from catalog.gallery.serving import content_of
from news.desk.views import detail_page, writers_only
from news.models import Article, ArticlePicture
from news.pictures import services
from news.pictures.forms import AltForm, PictureForm
from news.tasks import make_article_picture
from records.people import PersonRequest
from records.pictures.sizes import SIZES

SECONDS = 300  # for which a picture may be kept: what is withdrawn goes
BEHIND = "#desk-pictures"


@require_POST
@writers_only
def article_add_picture(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a picture beside the text, which names it."""
    article, form = get_object_or_404(Article, pk=pk), PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return detail_page(request, article, picture=form)
    alt, file = form.cleaned_data["alt"], form.cleaned_data["picture"]
    made = services.add_picture(article, file, alt=alt, by=request.user)
    messages.success(request, f"已上传。在正文要放图片的地方写“{made.token}”，单独成一段；修改文章时也可以点“插入”。")
    return redirect(f"{article_page(article)}{BEHIND}")


@require_POST
@writers_only
def article_keep_picture(request: PersonRequest, pk: int) -> HttpResponse:
    """Other words for a picture, or away with it."""
    picture = get_object_or_404(ArticlePicture.objects.select_related("article", "paper"), pk=pk)
    if request.POST.get("act") == "remove":
        services.remove_picture(picture, by=request.user)
        messages.success(request, f"已移除{picture.token}。")
        return redirect(f"{article_page(picture.article)}{BEHIND}")
    form = AltForm(request.POST, picture=picture)
    if not form.is_valid():
        return detail_page(request, picture.article, described=form)
    services.describe_picture(picture, alt=form.cleaned_data["alt"], by=request.user)
    messages.success(request, f"已保存{picture.token}的说明。")
    return redirect(f"{article_page(picture.article)}{BEHIND}")


def article_page(article: Article) -> str:
    """The page of the article for whoever writes."""
    return redirect("article_detail", article.pk).url


@login_not_required
@require_safe
def article_picture(request: HttpRequest, size: str, key: str) -> HttpResponse:
    """A made size: of an article that is shown for everybody, else for whoever writes; the original leaves by no such way."""
    rows = ArticlePicture.objects.filter(made_at__isnull=False).select_related("article")
    found = get_object_or_404(rows, key=key)
    is_public = found.article.is_shown
    if size not in SIZES or not (is_public or may_write(request, found)):
        raise Http404
    response = HttpResponse(content_of(found, size, make_article_picture), content_type="image/webp")
    shared = "private" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"  # its answer may bring a cookie
    response["Cache-Control"] = f"{shared}, max-age={SECONDS}" if is_public else "private, no-store"
    return response


def may_write(request: HttpRequest, found: ArticlePicture) -> bool:
    """Whether the person publishes; asked only where the article is not for everybody."""
    user = request.user
    return user.is_authenticated and ArticlePicture.objects.visible_to(user).filter(pk=found.pk).exists()
