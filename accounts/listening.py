"""What the accounts do when allauth or Django tells of something, and what they add to the blog's lists at the start.

Those are signals of libraries, which have no other way to tell; between our apps there are none.
"""

from allauth.account.signals import email_confirmed, password_reset, user_signed_up
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, pre_save

from accounts import first_sign_in
from accounts.archiving.port import Comments
from accounts.commenting import alerting, editing, letter_words, moderation_letters
from accounts.models import Badge
from accounts.own_data import kept_blocks
from accounts.signing_in import second_factors, sessions
from accounts.verifying import following, reminding
from accounts.verifying import letter_words as badge_letters
from blog.archive import discussions
from blog.editorial.letters import reminders


def begin() -> None:
    """Add letters, what falls due, and the comments to what the blog has, and listen. Once, at the start."""
    letter_words.register_letters()
    moderation_letters.register_letters()
    badge_letters.register_letters()
    discussions.register(Comments())
    reminders.register(reminding.remind_due)
    reminders.register(alerting.remind_due)
    # Not a reminder, but due with them
    reminders.register(editing.forget_deleted)
    # Allauth removes an address by itself, and the badge that rests on it goes along
    post_delete.connect(following.note_that_it_is_gone, sender=Badge, dispatch_uid="accounts.badge_is_gone")
    email_confirmed.connect(first_sign_in.drop_unproven_password, dispatch_uid="accounts.drop_unproven_password")
    email_confirmed.connect(kept_blocks.after_confirming, dispatch_uid="accounts.kept_block_of_an_address")
    user_signed_up.connect(kept_blocks.after_signing_up, dispatch_uid="accounts.kept_block_of_an_account")
    password_reset.connect(first_sign_in.drop_unproven_providers, dispatch_uid="accounts.drop_unproven_providers")
    pre_save.connect(sessions.keep_little, sender=UserSession, dispatch_uid="accounts.keep_little")
    user_logged_in.connect(sessions.begun, dispatch_uid="accounts.session_begun")
    user_logged_in.connect(second_factors.signed_in, dispatch_uid="accounts.signed_in")
    authenticator_added.connect(second_factors.added, dispatch_uid="accounts.factor_added")
    authenticator_removed.connect(second_factors.removed, dispatch_uid="accounts.factor_removed")
