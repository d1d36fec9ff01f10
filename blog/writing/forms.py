"""Forms of the desk. They carry what was typed; what is right and wrong about it, the editorial room says."""

from django import forms

from blog.editorial.names.identity import BylineDetails, Portrait


class Typed(forms.CharField):
    """A field that takes whatever was typed; cleaning and limits are in the editorial room."""

    def __init__(self) -> None:
        super().__init__(required=False, strip=False)

    def to_python(self, value: object) -> str:
        """Drop NUL, which says nothing and which a database may refuse."""
        return str(super().to_python(value) or "").replace("\x00", "")


class BylineForm(forms.Form):
    """How a writer wants to appear."""

    name = Typed()
    is_pen_name = forms.BooleanField(required=False)
    role = Typed()
    organisation = Typed()
    about = Typed()
    portrait = forms.FileField(required=False, allow_empty_file=True)
    remove_portrait = forms.BooleanField(required=False)

    def appearance(self) -> tuple[BylineDetails, Portrait]:
        """Return what was typed, for the editorial room."""
        typed = dict(self.cleaned_data)
        portrait = Portrait(typed.pop("portrait"), is_removed=typed.pop("remove_portrait"))
        return BylineDetails(**typed), portrait
