"""Files of no kind that is taken: what they seem to be, and the way from them to what is taken here."""

import puremagic

HEAD = 1024  # bytes that tell what a file is
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
PHONE = ("heif", "heic", "avif")  # as phones take pictures
WAYS = {  # what the file seems to be → what to do
    **dict.fromkeys(("exe", "elf", "dll", "class", "sh"), "程序不能作为材料，请改选材料本身的文件。"),
    **dict.fromkeys(PHONE, "请在相册里把照片导出为 JPG，或在相机设置里把格式改为“兼容性最佳”后重拍。"),
    **dict.fromkeys(("gif", "webp", "bmp", "tiff", "tif", "jp2", "ico"), "请用看图软件打开，打印为 PDF 后上传。"),
    **dict.fromkeys(("doc", "rtf", "xls", "ppt", "eps", "ps"), "请用 Word 或 WPS 打开，另存为 PDF 后上传。"),
    **dict.fromkeys(("rar", "7z", "gz", "bz2", "xz", "tar"), "请解压后逐个上传。"),
    **dict.fromkeys(("html", "htm", "svg"), "请在浏览器里打开，打印为 PDF 后上传。"),
    **dict.fromkeys(("mp4", "mov", "mp3", "wav", "avi"), "声音和影像不能作为材料，请上传文件或照片。"),
}
OF_PICTURES = dict.fromkeys(("gif", "webp", "bmp", "tiff", "tif", "jp2", "ico"), "请用看图软件打开，另存为 {} 后上传。")
NO_PICTURE = "这里放的是照片，请上传 {}。"  # of all that is no picture
SAME_FOR_ALL = "请用原来的软件打开，打印或另存为其中一种。"


def answer_to(data: bytes, wanted: str, *, of_pictures: bool = False) -> str:
    """What the content seems to be and what to do, for the person who renamed a file in good faith.

    wanted: the kinds that are taken here, named where the file itself shows no nearer way. of_pictures: none of them is a paper.
    """
    ending = _ending(data[:HEAD])
    seems = f"看起来是 {ending.upper()} 文件" if ending else "的内容无法识别"
    if of_pictures and ending not in PHONE:
        return f"{seems}，不能受理：{OF_PICTURES.get(ending, NO_PICTURE).format(wanted)}"
    way = WAYS.get(ending) or (WAYS["exe"] if data.startswith(PROGRAM_STARTS) else "")
    return f"{seems}，不能受理：{way}" if way else f"{seems}，此处只接收 {wanted}，{SAME_FOR_ALL}"


def _ending(head: bytes) -> str:
    try:
        return puremagic.from_string(head).lstrip(".").lower()
    except (puremagic.PureError, ValueError):
        return ""
