"""Forms of the desk. They carry what was typed; what is right and wrong about it, the editorial room says."""

from django import forms

from blog.editorial.identity import BylineDetails


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
    portrait = forms.Field(required=False)
    remove_portrait = forms.BooleanField(required=False)

    def details(self) -> BylineDetails:
        """Return what was typed, for the editorial room."""
        return BylineDetails(
            name=self.cleaned_data["name"],
            is_pen_name=self.cleaned_data["is_pen_name"],
            role=self.cleaned_data["role"],
            organisation=self.cleaned_data["organisation"],
            about=self.cleaned_data["about"],
        )
