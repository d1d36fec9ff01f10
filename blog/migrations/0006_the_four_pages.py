"""The pages that every blog of this kind needs, with texts that are true of the software. Editors change them."""

from django.db import migrations
from django.utils import timezone

PAGES = [
    (
        "about",
        "About this blog",
        "Local government, written by the people who do it.",
        """
<p>This is a group blog. A handful of people who work in UK local government keep it going, and much of it is written by guests: officers who have seen something at work and have something to say about it.</p>
<h2>Who writes</h2>
<p>The name above a piece is the name its writer chose. Some write under a pen name, because their job is politically restricted or because it is easier to be frank that way. We know who they are, and we don’t tell. Role and organisation are those the writer had at the time. What people say here is their own, and not the view of their council.</p>
<h2>How a piece comes about</h2>
<p>An editor works with every guest. Nothing is published that its writers have not read in its last form and signed off. Where an editor introduces a piece, the introduction stands apart and carries the editor’s name.</p>
<h2>When we get something wrong</h2>
<p>We correct it, say so under the piece with the date, and keep the earlier text for anyone to read. If you find a mistake, use “Suggest a correction” at the end of the piece. If we take a piece down, its address says that we did.</p>
<h2>Write for us</h2>
<p>You need not be a writer, and it need not be finished. <a href="/contribute/">Tell us what you would write about</a>, or just <a href="/contact/">write to the editors</a>.</p>
""",
    ),
    (
        "house-rules",
        "House rules",
        "For comments, and for pieces too: disagree as you would across a table.",
        """
<p>We would like people to answer each other here. These rules are short so that they can be kept.</p>
<ol>
<li><p><strong>Talk about the work, not about the person.</strong> Say what is wrong with an argument as sharply as you like. No insults, no contempt, nothing that runs people down for who they are.</p></li>
<li><p><strong>Don’t name people who did not choose to be here.</strong> No residents, no colleagues, no casework. Nothing that is confidential where you work.</p></li>
<li><p><strong>Leave pen names alone.</strong> Don’t guess or hint who is behind one. A comment that does is taken down at once.</p></li>
<li><p><strong>Write only what you can stand by.</strong> No accusations against people or firms that you could not prove. Mind the rules of your own employer, above all in the weeks before an election.</p></li>
<li><p><strong>Stay with the subject.</strong> No advertising, and no link that has nothing to do with the piece.</p></li>
</ol>
<h2>What happens to a comment</h2>
<p>You need an account to comment, with a mail address that you have confirmed. The name you comment under may be a pen name. An editor reads your comments until the first one has been approved; after that they appear at once.</p>
<p>An editor can take a comment down. We write to its author and say why. Where others had answered it, a line says that a comment stood there. Whoever keeps breaking the rules can’t comment any more.</p>
<h2>If you think that we got it wrong</h2>
<p><a href="/contact/">Write to the editors.</a> Somebody other than the editor who decided will look at it, if there is anybody else. The same goes for a comment that should not be here: tell us where it is and what is wrong with it.</p>
""",
    ),
    (
        "privacy",
        "Privacy",
        "If you only read, we don’t know that you were here.",
        """
<p>Responsible for what this page describes: <strong>[To be filled in: the name and postal address of the person or body that runs this blog]</strong>.</p>
<h2>When you read</h2>
<p>Reading sets no cookies. There is no tracking, no statistics on visitors, no advertising, and nothing on our pages comes from anybody else’s server. The web server may write down the address that your request came from, for security. <strong>[To be filled in: whether the server’s log is kept, for how long, and who runs the server]</strong></p>
<h2>When you write to the editors</h2>
<p>The form takes your name, your mail address and your letter. They are sent to every editor by mail, and the letter is kept. The form sets one cookie, which protects it from being sent by somebody else in your name. It is gone when you close the browser.</p>
<h2>When you sign up, to comment or to write</h2>
<p>We keep your mail address, the name you choose, your password (not the password itself, but a value from which it can’t be worked out) and the day you joined. Your address is never shown, and we use it for letters about your account, your comments and your pieces alone. While you are signed in there are two cookies: one holds your session, for up to 60 days, the other protects the forms. Your browser also remembers that you have been on an account page, so that the comment form can be brought into the page, and keeps a copy of what you are writing until it is saved. Both stay in your browser.</p>
<p>Comments and pieces are public under the name you chose. Of a piece we keep every version, the letters about it, and who did what when: that is how a writer can be sure that nothing is changed behind their back.</p>
<p>If you write under a pen name, the tie between the name and your account is kept apart. Only people with a permission of its own can look, they must give a reason, and every look is recorded.</p>
<h2>Why we may</h2>
<p>Because you asked us to (your account, your letter, your piece), and because we have a legitimate interest in keeping the blog safe and answering for what it publishes. <strong>[To be filled in: check this against your own lawful bases, and say how long accounts and letters are kept]</strong></p>
<h2>What you can ask for</h2>
<p>You can ask what we hold about you, have it corrected, have it deleted where nothing stands against that, get a copy, or object. <a href="/contact/">Write to the editors</a>; you need give no reason.</p>
<p>If you are not content with our answer, you can complain to the Information Commissioner’s Office: <a href="https://ico.org.uk/make-a-complaint/">ico.org.uk/make-a-complaint</a>, telephone 0303 123 1113.</p>
""",
    ),
    (
        "accessibility",
        "Accessibility statement",
        "What works, what does not yet, and whom to tell.",
        """
<p>This statement is about the website at <strong>[To be filled in: the address of this blog]</strong>, run by <strong>[To be filled in: who runs it]</strong>. We want as many people as possible to be able to read it and to write for it. You should be able to:</p>
<ul>
<li>enlarge the text to 400 % without anything running off the screen,</li>
<li>get around with a keyboard alone,</li>
<li>read and listen with a screen reader,</li>
<li>read in light or dark, as your system is set, and without JavaScript,</li>
<li>print any piece.</li>
</ul>
<h2>How accessible it is</h2>
<p>The software was made to meet the <a href="https://www.w3.org/TR/WCAG22/">Web Content Accessibility Guidelines</a> version 2.2, level AA. <strong>[To be filled in after a test of this site: “This website is fully compliant” or “partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, due to the non-compliances listed below”]</strong></p>
<h2>What is not accessible</h2>
<p><strong>[To be filled in: each thing that fails, with the number of the success criterion, such as old pictures without a description (1.1.1), and by when it will be mended. Say apart what would be a disproportionate burden and what is not within the scope of the regulations. If nothing fails, say so.]</strong></p>
<h2>Tell us</h2>
<p>If you find something that does not work for you, or need a piece in another form (large print, easy read, audio, braille), <a href="/contact/">write to the editors</a>. Say which page it is and what you need. We will answer within <strong>[To be filled in: a number]</strong> days.</p>
<h2>If you are not content with our answer</h2>
<p>The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018, where they apply. If you’re not happy with how we respond to your complaint, contact the <a href="https://www.equalityadvisoryservice.com/">Equality Advisory and Support Service (EASS)</a>. If you are in Northern Ireland, contact the <a href="https://www.equalityni.org/">Equality Commission for Northern Ireland</a> instead.</p>
<h2>How this statement was made</h2>
<p>It was prepared on <strong>[To be filled in: date]</strong> and last reviewed on <strong>[To be filled in: date]</strong>. The site was last tested on <strong>[To be filled in: date]</strong>, by <strong>[To be filled in: who tested it, which pages, and how]</strong>.</p>
""",
    ),
]


def make(apps, schema_editor):
    """Make each page that isn't there, with its first version. `Masthead.footer_pages` lists them by default."""
    page_model, version = apps.get_model("blog", "PlainPage"), apps.get_model("blog", "PlainPageVersion")
    now = timezone.now()
    for position, (slug, title, standfirst, body) in enumerate(PAGES, 1):
        text = {"title": title, "standfirst": standfirst, "body": body.replace("\n", "")}
        page, is_new = page_model.objects.get_or_create(
            slug=slug, defaults={**text, "position": position, "changed_at": now}
        )
        if is_new:
            version.objects.create(page=page, written_at=now, **text)


class Migration(migrations.Migration):

    dependencies = [("blog", "0005_fill_lists")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
