"""How somebody appears beside their comments: under which name, and with which picture."""

import datetime as dt
import io
import uuid
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.commenting.permissions import require_moderator
from accounts.models import AccountPicture, Comment, PictureTakenAway, User
from accounts.models.pictures import FOLDER, SIDES, rendition_names
from blog import keys
from blog.editorial import pictures
from blog.editorial.letters.writing import write_letter
from blog.editorial.refusals import EditorialRefusal, IncompleteError
from blog.editorial.upkeep.purges import mark
from blog.prose import clean_text

MAX_REASON = 1000
BEHIND = "white"  # What is seen through the transparent parts of a picture


def rename(*, user: User, display_name: str, at: dt.datetime) -> None:
    """Give an account another display name, and record that pages with its comments are out of date."""
    with transaction.atomic():
        user.display_name = display_name
        user.save(update_fields=["display_name"])
        renew(user=user, at=at)


def renew(*, user: User, at: dt.datetime) -> None:
    """Record that pages with comments of an account are out of date, after a change to its name or picture.

    Those with comments under a byline’s name show neither. They stay as they are: pages made anew at one moment would
    tell that a pen name and a display name are one account.
    """
    shown = Comment.objects.public().filter(user=user, author__isnull=True)
    discussions = [keys.discussion(pk) for pk in shown.order_by().values_list("post_id", flat=True).distinct()]
    if discussions:
        mark(*discussions, keys.COMMENTS, at=at)


def show_picture(*, user: User, file: IO[bytes] | None, at: dt.datetime) -> AccountPicture:
    """Give an account a picture, instead of the one that it had.

    In this order: checks the upload and makes its square renditions anew from the pixels, so that nothing else that
    was in the file is kept (IncompleteError: missing, not a picture, too large); writes them under a random name and
    the row; removes the files of the one before once that is certain; and renews the pages.
    """
    if file is None:
        raise IncompleteError({"file": _("Choose a picture.")})
    made = _squares(pictures.reencode(file)[0][0])
    name = f"{FOLDER}/{uuid.uuid4().hex}.jpg"
    for side, each in rendition_names(name).items():
        default_storage.save(each, ContentFile(made[side]))
    with transaction.atomic():
        locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        _forget_files(locked)
        picture, _is_new = AccountPicture.objects.update_or_create(
            user=locked, defaults={"file": name, "taken_in_at": at}
        )
        renew(user=locked, at=at)
    return picture


def remove_picture(*, user: User, at: dt.datetime) -> bool:
    """Remove an account’s picture and its files, and renew the pages that show it; return whether there was one."""
    with transaction.atomic():
        _forget_files(user)
        is_gone = bool(AccountPicture.objects.filter(user=user).delete()[0])
        if is_gone:
            renew(user=user, at=at)
    return is_gone


def take_picture_away(*, user: User, reason: str, by: User, at: dt.datetime) -> PictureTakenAway:
    """Take the picture of an account away, as a moderator. Its owner reads the reason in a letter.

    In one transaction: checks who may (PermissionDenied) and the reason (IncompleteError), removes the picture and
    renews the pages (EditorialRefusal if there is none any more), writes down who did it and why, and the letter.
    """
    require_moderator(by)
    reason = clean_text(reason)
    if not reason:
        raise IncompleteError({"reason": _("Write the reason; the owner of the picture reads it.")})
    if len(reason) > MAX_REASON:
        raise IncompleteError({"reason": _("Shorten the reason to {most} characters.").format(most=MAX_REASON)})
    with transaction.atomic():
        if not remove_picture(user=user, at=at):
            raise EditorialRefusal(_("This account has no picture now."))
        row = PictureTakenAway.objects.create(user=user, reason=reason, by=by, at=at)
        if user.is_active and user.pk != by.pk:
            write_letter(
                "to_reader/picture_taken_away",
                to_address=user.email,
                to_name=user.display_name,
                to_user=user,
                at=at,
                reason=reason,
            )
    return row


def _squares(content: bytes) -> dict[int, bytes]:
    """Return the middle of a picture as square JPEGs, by their sides."""
    made = {}
    with Image.open(io.BytesIO(content)) as source:
        if source.has_transparency_data:
            seen = source.convert("RGBA")
            image = Image.new("RGB", seen.size, BEHIND)
            image.paste(seen, mask=seen.getchannel("A"))
        else:
            image = source.convert("RGB")
    for side in SIDES:
        out = io.BytesIO()
        square = ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)
        square.info = {}
        square.save(out, "JPEG", quality=82, progressive=True, optimize=True)
        made[side] = out.getvalue()
    return made


def _forget_files(user: User) -> None:
    """Remove the files of an account’s picture, once the transaction is certain."""
    for name in AccountPicture.objects.filter(user=user).values_list("file", flat=True):
        for each in rendition_names(name).values():
            transaction.on_commit(partial(default_storage.delete, each))
