"""Photographs as cameras and phones leave them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from catalog.gallery import making, services

RED, BLUE = (200, 40, 40), (40, 60, 200)


def photo(size=(1200, 800), form="JPEG", *, turned=False, noise=False, mode="RGB", profile=False):
    """Left half red, right half blue; turned: held so that the camera wrote it lying on its side; noise: hard to make small."""
    image = Image.effect_noise(size, 90).convert("RGB") if noise else Image.new("RGB", size, RED)
    if not noise:
        image.paste(BLUE, (size[0] // 2, 0, *size))
    kept = {"icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()} if profile else {}
    if turned:
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned by 90 degrees to the right
        kept["exif"] = exif
    out = io.BytesIO()
    image.convert(mode).save(out, form, **kept)
    return out.getvalue()


def upload(name="设备.jpg", **how):
    return SimpleUploadedFile(name, photo(**how))


def added(world, *names, owner=None, role="product", **how):
    """Photographs of the world's product, or of another owner, whose sizes are made."""
    owner = owner or world.product
    files = [upload(name, **how) for name in names or ("设备.jpg",)]
    services.add_pictures(owner, files, role=role, by=world.provider_member)
    pictures = list(owner.pictures.filter(role=role))
    for picture in pictures:
        making.make(picture.pk)
        picture.refresh_from_db()
    return pictures
