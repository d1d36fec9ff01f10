"""Names and topics of an archive, made to fit and brought in."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from blog.archive.bringing_in.fitting import Fitting, without_address
from blog.archive.bringing_in.run import Run
from blog.archive.records import Loss, Person, Topic, TopicKind, Weight
from blog.archive.report import Outcome
from blog.editorial.arriving import arrivals, names, topics
from blog.editorial.arriving.names import ArrivingName
from blog.editorial.arriving.topics import ArrivingTopic
from blog.models import Arrival, ArrivalKind

UNNAMED = "Unnamed writer"
OF_A_CATEGORY = "category~"  # Before the key of a category that became a tag


def bring_people(run: Run, people: Sequence[Person]) -> None:
    """Bring names in; their portraits before them, if they can be had."""
    portraits = {one.key: run.site.whole(one.portrait) for one in people if one.portrait}
    run.files.want(portraits.values())
    losses = dict[str, list[Loss]]()
    fitted = [_name(run, one, portraits, losses) for one in people]
    with transaction.atomic():
        result = names.arrive(archive=run.archive, names=list({one.key: one for one in fitted}.values()), at=run.at)
        run.people |= result.found
        run.report.count("author", Outcome.NEW, len(result.new))
        run.report.count("author", Outcome.RENEWED, len(result.completed))
        run.report.count("author", Outcome.KNOWN, len(people) - len(result.new) - len(result.completed))
        run.add_notes("author", result.notes)
        run.report.add(*(loss for key in result.new for loss in losses[key]))
        run.keep()
    run.files.forget()


def _name(run: Run, person: Person, portraits: dict[str, str], losses: dict[str, list[Loss]]) -> ArrivingName:
    fitting = Fitting("author", person.name or person.key)
    name = without_address(person.name)
    if name != person.name:
        fitting = Fitting("author", name)
        fitting.say(_("The name was a mail address; only the part before the @ is here."))
    most = names.LENGTHS
    shown = fitting.line(name, most["name"], _("name"))
    if not shown:
        shown = fitting.line(without_address(person.slug).replace("-", " "), most["name"], _("name")) or UNNAMED
        fitting.say(_("It had no name; it is “{shown}” here.").format(shown=shown))
    portrait = portraits.get(person.key, "")
    if portrait and run.files.picture_at(portrait) is None:
        fitting.say(
            _("The portrait {portrait} is not here: {why}").format(portrait=portrait, why=run.files.why(portrait)),
            Weight.LOST,
        )
    arriving = ArrivingName(
        key=person.key,
        name=shown,
        slug=without_address(person.slug),
        about=fitting.words(person.about, most["about"], _("description")),
        role=fitting.line(person.role, most["role"], _("role")),
        organisation=fitting.line(person.organisation, most["organisation"], _("organisation")),
        is_pen_name=person.is_pen_name,
        portrait=run.files.picture_at(portrait) if portrait else None,
        lacks_portrait=bool(portrait) and run.files.picture_at(portrait) is None,
        addresses=_places(run, "author", person.slug, person.addresses),
    )
    losses[person.key] = fitting.losses
    return arriving


def bring_topics(run: Run, found: Sequence[Topic]) -> None:
    """Bring categories, tags and series in."""
    by_kind = defaultdict[TopicKind, dict[str, ArrivingTopic]](dict)
    losses = dict[tuple[TopicKind, str], list[Loss]]()
    for topic in found:
        by_kind[topic.kind].setdefault(topic.key, _topic(run, topic, losses))
    with transaction.atomic():
        for kind, some in by_kind.items():
            result = topics.arrive(archive=run.archive, kind=str(kind), topics=list(some.values()), at=run.at)
            run.topics |= {(str(kind), key): pk for key, pk in result.found.items()}
            run.report.count(str(kind), Outcome.NEW, len(result.new))
            run.report.count(str(kind), Outcome.KNOWN, len(some) - len(result.new))
            run.add_notes(str(kind), result.notes)
            run.report.add(*(loss for key in result.new for loss in losses[kind, key]))
        run.keep()


def _topic(run: Run, topic: Topic, losses: dict[tuple[TopicKind, str], list[Loss]]) -> ArrivingTopic:
    kind = str(topic.kind)
    fitting = Fitting(kind, topic.name or topic.key)
    name = fitting.line(topic.name, topics.LENGTHS[kind], _("name")) or fitting.line(
        topic.slug or topic.key, topics.LENGTHS[kind], "name"
    )
    if topic.description and not topics.DESCRIPTIONS[kind]:
        fitting.say(_("Tags have no description here."), Weight.LOST)
    if topic.parent and topic.kind is TopicKind.CATEGORY:
        fitting.say(_("It lay within another category; here there are no levels."), Weight.NOTED)
    if topic.kind is TopicKind.CATEGORY:
        run.topic_names[topic.key] = name or "Topic"
    most = topics.DESCRIPTIONS[kind]
    arriving = ArrivingTopic(
        key=topic.key,
        name=name or "Topic",
        slug=topic.slug,
        description=fitting.words(topic.description, most, _("description")) if most else "",
        planned_parts=topic.planned_parts,
        addresses=_places(run, kind, topic.slug, topic.addresses),
    )
    losses.setdefault((topic.kind, topic.key), fitting.losses)
    return arriving


def tag_for(run: Run, category: str) -> int | None:
    """Return the key of the tag that stands for a further category of a piece, made when the first piece wants it."""
    key = ("tag", f"{OF_A_CATEGORY}{category}")
    if key not in run.topics and category in run.topic_names:
        wanted = ArrivingTopic(key=key[1], name=run.topic_names[category])
        with transaction.atomic():
            result = topics.arrive(archive=run.archive, kind="tag", topics=[wanted], at=run.at)
        run.report.count("tag", Outcome.NEW if result.new else Outcome.KNOWN)
        run.topics[key] = result.found[key[1]]
    return run.topics.get(key)


def count_other_tags(run: Run) -> None:
    """Count the tags for further categories that came earlier, and that no piece has asked for in this run."""
    rows = Arrival.objects.filter(archive=run.archive, kind=ArrivalKind.TAG, key__startswith=OF_A_CATEGORY)
    asked = {arrivals.key_of(key) for kind, key in run.topics if kind == "tag"}
    run.report.count("tag", Outcome.KNOWN, len(set(rows.values_list("key", flat=True)) - asked))


def _places(run: Run, kind: str, slug: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Return where a thing was found, the usual place with it."""
    usual = (run.site.whole(f"{kind}/{slug}/"),) if slug else ()
    return tuple(dict.fromkeys((*usual, *(run.site.whole(address) for address in addresses))))
