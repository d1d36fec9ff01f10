"""Files as writers send them, with their author's name wherever a camera, an editor of pictures or Word writes it."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from accounts.models import User
from blog.editorial import drafting
from blog.models import Post
from tests.word.making import NAMED, PACKAGE, drawing, paragraph, run, word_file

ARTIST, COPYRIGHT, OWNER = 0x013B, 0x8298, 0xA430


def photograph(kind: str, name: str) -> SimpleUploadedFile:
    """Return a picture that names its author in EXIF, XMP, comments and text, in its file name and after its end."""
    image, out = Image.new("RGB", (48, 36), "#0c5a45"), io.BytesIO()
    exif = Image.Exif()
    exif[ARTIST] = exif[COPYRIGHT] = exif[OWNER] = name
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{name}"/></rdf:RDF></x:xmpmeta>'
    ).encode()
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", name)
        texts.add_text("Copyright", name, zip=True)
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
        image.save(out, kind, pnginfo=texts, exif=exif)
    elif kind == "JPEG":
        image.save(out, kind, exif=exif, xmp=xmp, comment=name.encode())
    else:
        image.save(out, kind, exif=exif, xmp=xmp)
    out.write(name.encode())
    ending = {"JPEG": "jpg"}.get(kind, kind.lower())
    return SimpleUploadedFile(f"{name}.{ending}", out.getvalue(), content_type=f"image/{kind.lower()}")


def document(name: str) -> io.BytesIO:
    """Return a Word file that names its author in its properties, comments, tracked changes and pictures."""
    who = f'w:author="{name}" w:initials="XQ" w:date="2026-03-01T09:00:00Z"'
    changed = (
        f'<w:ins w:id="1" {who}>{run("a second shelf")}</w:ins>'
        f'<w:del w:id="2" {who}><w:r><w:delText>by {name}</w:delText></w:r></w:del>'
    )
    asked = (
        '<w:commentRangeStart w:id="0"/>' + run("two rows") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    core = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{name}</dc:creator><cp:lastModifiedBy>{name}</cp:lastModifiedBy></cp:coreProperties>"
    )
    comments = f'<w:comments {NAMED}><w:comment w:id="0" {who}>{paragraph(f"Ask {name}.")}</w:comment></w:comments>'
    return io.BytesIO(
        word_file(
            paragraph("The hive stands on the roof of the depot, and nobody owns it. " * 12),
            paragraph(run("Between them are ") + asked + run(" and ") + changed),
            paragraph(drawing('r:embed="pic1"', "A hive.", name=name)),
            pictures={"pic1": photograph("PNG", name).read()},
            parts={
                "docProps/core.xml": core,
                "docProps/app.xml": f"<Properties><Manager>{name}</Manager><Company>{name}</Company></Properties>",
                "word/comments.xml": comments,
                "word/people.xml": f'<w15:people xmlns:w15="x"><w15:person w15:author="{name}"/></w15:people>',
            },
        )
    )


def illustrate(post: Post, *, name: str, by: User, at: dt.datetime) -> None:
    """Put a picture of each kind into a piece, and one before it."""
    shown = ""
    for kind in ("JPEG", "PNG", "WEBP"):
        picture = drafting.add_picture(post=post, file=photograph(kind, name), alt="A hive.", by=by, at=at)
        shown += f'<p><img src="{picture.file.url}" alt="A hive." width="48" height="36"></p>'
    text = drafting.Text(body=post.working.body + shown, lead_picture=picture)
    drafting.save_text(post=post, text=text, by=by, at=at, based_on=post.working_id)
    post.refresh_from_db()
