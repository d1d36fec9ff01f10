"""YAML from strangers: plain values alone, bounded in size, depth and number, and without aliases."""

from typing import Any

import yaml

MOST_CHARACTERS = 256 * 1024
MOST_PARTS = 20_000
MOST_DEPTH = 20
MOST_DIGITS = 18


class YamlError(Exception):
    """It isn't YAML, or not such as is read. The text is part of a sentence."""


def load_yaml(written: str, *, most_characters: int = MOST_CHARACTERS, most_parts: int = MOST_PARTS) -> Any:
    """Return what YAML says: mappings, lists, text, numbers, dates. Raises YamlError.

    Tags such as `!!python/object` mean nothing here, and anchors aren't followed: ten lines of them are gigabytes.
    """
    if len(written) > most_characters:
        raise YamlError("it is longer than front matter is")
    try:
        _bound(written, most_parts)
        return yaml.load(written, Loader=_Loader)  # noqa: S506  A safe loader, with less
    except YamlError:
        raise
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError, AttributeError) as error:
        problem = getattr(error, "problem", None) or str(error)
        raise YamlError(" ".join(str(problem).split())[:150]) from error


class _Loader(yaml.CSafeLoader):
    """The safe loader; a number that is too long is text."""

    def construct_yaml_int(self, node: yaml.ScalarNode) -> Any:
        value = self.construct_scalar(node)
        # Base 60 (1:30) is a time of day to whoever wrote it, not a number
        if len(value) > MOST_DIGITS or ":" in value:
            return value
        return super().construct_yaml_int(node)

    def construct_yaml_float(self, node: yaml.ScalarNode) -> Any:
        value = self.construct_scalar(node)
        return value if ":" in value else super().construct_yaml_float(node)

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except (ValueError, OverflowError):
            return self.construct_scalar(node)


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_yaml_float)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def _bound(written: str, most_parts: int) -> None:
    depth = 0
    for number, event in enumerate(yaml.parse(written, Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent) or number > most_parts:
            raise YamlError("it has anchors that are used again, or too many parts")
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if depth > MOST_DEPTH:
            raise YamlError("it is nested too deeply")
