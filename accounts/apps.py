"""The accounts app."""

from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The accounts app, named as editors see it in the admin."""

    name = "accounts"
    verbose_name = _("Readers and comments")

    def ready(self) -> None:
        """Ask allauth to tell when an address is confirmed, and add the letters about comments to the blog’s."""
        from allauth.account.signals import email_confirmed, password_reset, user_signed_up  # noqa: PLC0415  Models need loaded apps
        from allauth.mfa.signals import authenticator_added, authenticator_removed  # noqa: PLC0415  The same
        from allauth.usersessions.models import UserSession  # noqa: PLC0415  The same
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415  The same
        from django.db.models.signals import pre_save  # noqa: PLC0415  The same

        from accounts.commenting import alerting, editing, moderation_letters  # noqa: PLC0415  The same
        from accounts.commenting.letter_words import register_letters  # noqa: PLC0415  The same
        from accounts.first_sign_in import drop_unproven_password, drop_unproven_providers  # noqa: PLC0415  The same
        from accounts.models import Badge  # noqa: PLC0415  The same
        from accounts.own_data import kept_blocks  # noqa: PLC0415  The same
        from accounts.signing_in import second_factors, sessions  # noqa: PLC0415  The same
        from accounts.verifying import following, reminding  # noqa: PLC0415  The same
        from accounts.verifying import letter_words as badge_letters  # noqa: PLC0415  The same
        from blog.editorial.letters import reminders  # noqa: PLC0415  The same

        register_letters()
        moderation_letters.register_letters()
        badge_letters.register_letters()
        reminders.register(reminding.remind_due)
        reminders.register(alerting.remind_due)
        # Not a reminder, but due with them
        reminders.register(editing.forget_deleted)
        # Allauth removes an address by itself, and the badge that rests on it goes along
        post_delete.connect(following.note_that_it_is_gone, sender=Badge, dispatch_uid="accounts.badge_is_gone")
        email_confirmed.connect(drop_unproven_password, dispatch_uid="accounts.drop_unproven_password")
        email_confirmed.connect(kept_blocks.after_confirming, dispatch_uid="accounts.kept_block_of_an_address")
        user_signed_up.connect(kept_blocks.after_signing_up, dispatch_uid="accounts.kept_block_of_an_account")
        password_reset.connect(drop_unproven_providers, dispatch_uid="accounts.drop_unproven_providers")
        pre_save.connect(sessions.keep_little, sender=UserSession, dispatch_uid="accounts.keep_little")
        user_logged_in.connect(sessions.begun, dispatch_uid="accounts.session_begun")
        user_logged_in.connect(second_factors.signed_in, dispatch_uid="accounts.signed_in")
        authenticator_added.connect(second_factors.added, dispatch_uid="accounts.factor_added")
        authenticator_removed.connect(second_factors.removed, dispatch_uid="accounts.factor_removed")
