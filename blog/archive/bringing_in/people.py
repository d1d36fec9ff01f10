"""Names and topics of an archive, made to fit and brought in."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from blog.archive.bringing_in.fitting import Fitting, without_address
from blog.archive.bringing_in.run import Run
from blog.archive.records import Loss, Person, Topic, TopicKind, Weight
from blog.archive.report import Outcome
from blog.editorial.arriving import names, topics
from blog.editorial.arriving.names import ArrivingName
from blog.editorial.arriving.topics import ArrivingTopic

UNNAMED = "Unnamed writer"


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
        run.report.count("author", Outcome.KNOWN, len(people) - len(result.new))
        run.add_notes("author", result.notes)
        run.report.add(*(loss for key in result.new for loss in losses[key]))
        run.keep()
    run.files.forget()


def _name(run: Run, person: Person, portraits: dict[str, str], losses: dict[str, list[Loss]]) -> ArrivingName:
    fitting = Fitting("author", person.name or person.key)
    name = without_address(person.name)
    if name != person.name:
        fitting = Fitting("author", name)
        fitting.say("The name was a mail address; only the part before the @ is here.")
    most = names.LENGTHS
    shown = fitting.line(name, most["name"], "name")
    if not shown:
        shown = fitting.line(without_address(person.slug).replace("-", " "), most["name"], "name") or UNNAMED
        fitting.say(f"It had no name; it is “{shown}” here.")
    portrait = portraits.get(person.key, "")
    if portrait and run.files.picture_at(portrait) is None:
        fitting.say(f"The portrait {portrait} is not here: {run.files.why(portrait)}", Weight.LOST)
    arriving = ArrivingName(
        key=person.key,
        name=shown,
        slug=without_address(person.slug),
        about=fitting.words(person.about, most["about"], "description"),
        role=fitting.line(person.role, most["role"], "role"),
        organisation=fitting.line(person.organisation, most["organisation"], "organisation"),
        is_pen_name=person.is_pen_name,
        portrait=run.files.picture_at(portrait) if portrait else None,
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
    name = fitting.line(topic.name, topics.LENGTHS[kind], "name") or fitting.line(
        topic.slug or topic.key, topics.LENGTHS[kind], "name"
    )
    if topic.description and not topics.DESCRIPTIONS[kind]:
        fitting.say("Tags have no description here.", Weight.LOST)
    if topic.parent and topic.kind is TopicKind.CATEGORY:
        fitting.say("It lay within another category; here there are no levels.", Weight.NOTED)
    if topic.kind is TopicKind.CATEGORY:
        run.topic_names[topic.key] = name or "Topic"
    most = topics.DESCRIPTIONS[kind]
    arriving = ArrivingTopic(
        key=topic.key,
        name=name or "Topic",
        slug=topic.slug,
        description=fitting.words(topic.description, most, "description") if most else "",
        planned_parts=topic.planned_parts,
        addresses=_places(run, kind, topic.slug, topic.addresses),
    )
    losses.setdefault((topic.kind, topic.key), fitting.losses)
    return arriving


def tag_for(run: Run, category: str) -> int | None:
    """Return the key of the tag that stands for a further category of a piece, made when the first piece wants it."""
    key = ("tag", f"category~{category}")
    if key not in run.topics and category in run.topic_names:
        wanted = ArrivingTopic(key=key[1], name=run.topic_names[category])
        with transaction.atomic():
            result = topics.arrive(archive=run.archive, kind="tag", topics=[wanted], at=run.at)
        run.report.count("tag", Outcome.NEW, len(result.new))
        run.topics[key] = result.found[key[1]]
    return run.topics.get(key)


def _places(run: Run, kind: str, slug: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Return where a thing was found, the usual place with it."""
    usual = (run.site.whole(f"{kind}/{slug}/"),) if slug else ()
    return tuple(dict.fromkeys((*usual, *(run.site.whole(address) for address in addresses))))
