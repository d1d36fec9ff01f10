"""Our own small forms."""

from django import forms

from accounts.forms.words import DisplayName


class DisplayNameForm(forms.Form):
    """Changing one's display name."""

    display_name = DisplayName()


class DeclineForm(forms.Form):
    """Declining an invitation, with a reason if one likes."""

    reason = forms.CharField(required=False, max_length=2000)
