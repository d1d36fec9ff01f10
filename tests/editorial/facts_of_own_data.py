"""What must never be false of pictures of accounts and of kept blocks."""

from accounts.models import AccountPicture, KeptBlock, PictureTakenAway
from tests.factories import NOW, UserFactory

FALSE_OF_OWN_DATA = {
    "account_picture_has_a_file": lambda: AccountPicture.objects.create(user=UserFactory(), taken_in_at=NOW),
    "picture_taken_away_has_a_reason": lambda: PictureTakenAway.objects.create(user=UserFactory(), at=NOW),
    "kept_block_has_a_reason": lambda: KeptBlock.objects.create(address_hash="x", blocked_at=NOW),
    "kept_block_has_a_hash": lambda: KeptBlock.objects.create(address_hash="", reason="x", blocked_at=NOW),
}
