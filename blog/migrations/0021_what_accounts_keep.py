"""What the pages on privacy and the house rules say of accounts, comments and letters to subscribers."""

from django.db import migrations
from django.utils import timezone

PRIVACY = {
    "While you are signed in there are two cookies: one holds your session, for up to 60 days, the other protects the forms.": (
        "While you are signed in there are two cookies: one holds your session, for up to 60 days, the other protects the "
        "forms. A third stays for a year, is read on the account’s pages alone, and lets this browser be known again when "
        "you sign in; it names nobody. Of each session we keep the kind of browser and when it was last used, and no "
        "network address. If you use a passkey, its secret never leaves your device; the secret of an authenticator app "
        "is kept encrypted."
    ),
    "<h2>Why we may</h2>": (
        "<p>If you ask for the badge of a public servant, we send a code to the work address that you choose. The badge "
        "says that and nothing more; the address and the employer are shown to nobody.</p>"
        "<h2>When you follow by mail</h2>"
        "<p>We keep your address and what you follow, and nothing on whether you open a letter or follow a link in it. "
        "Every letter ends with a link that ends it. An address that was never confirmed goes after 30 days, one that "
        "follows nothing any more after 90.</p>"
        "<h2>Why we may</h2>"
    ),
    "<p>You can ask what we hold about you, have it corrected, have it deleted where nothing stands against that, get a copy, or object.": (
        "<p>On your account’s page you can download all that we hold about you, and erase your account; both work at "
        "once. You can also ask what we hold about you, have it corrected, have it deleted where nothing stands against "
        "that, get a copy, or object."
    ),
}
RULES = {
    "An editor reads your comments until the first one has been approved; after that they appear at once.": (
        "An editor reads your first comments, and later those with many links or certain words; the others appear at "
        "once. You can change a comment for fifteen minutes, and take it away at any time."
    ),
    "The same goes for a comment that should not be here: tell us where it is and what is wrong with it.": (
        "If a comment should not be here, use “Report” beside it; you hear what became of it. If something here is "
        "against the law or harms you, <a href=\"/accounts/complaint/\">make a formal complaint</a>; you need no account."
    ),
}


def say(apps, schema_editor):
    """Put the new sentences in the place of the old ones, as a version of the page.

    A page that somebody has changed keeps its text: these are the words of whoever runs the blog.
    """
    pages, versions = apps.get_model("blog", "PlainPage"), apps.get_model("blog", "PlainPageVersion")
    now = timezone.now()
    for slug, changes in {"privacy": PRIVACY, "house-rules": RULES}.items():
        page = pages.objects.filter(slug=slug).first()
        if page is None or versions.objects.filter(page=page).count() != 1:
            continue
        for old, new in changes.items():
            page.body = page.body.replace(old, new)
        page.changed_at = now
        page.save()
        versions.objects.create(
            page=page, written_at=now, title=page.title, standfirst=page.standfirst, body=page.body
        )


class Migration(migrations.Migration):
    dependencies = [("blog", "0020_word_files")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
