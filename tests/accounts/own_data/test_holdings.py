"""The guard: every key to an account and every field with an address says what its archive and its erasure do."""

from django.apps import apps
from django.db.models import CASCADE, PROTECT, SET_NULL, EmailField

from accounts.models import User
from accounts.own_data.archive import SECTIONS
from accounts.own_data.holdings import HOLDINGS, Fate
from accounts.own_data.sections import BY_HAND

ENDS = {CASCADE: {Fate.GONE, Fate.BY_ITSELF}, SET_NULL: {Fate.CUT, Fate.GONE}, PROTECT: {Fate.PASSED_ON, Fate.GONE}}
# Of somebody who has left it says nothing that the row's own end does not say
NOT_OURS = {"admin.LogEntry"}


def fields() -> dict[tuple[str, str], object]:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.get_fields():
            if one.concrete and not one.many_to_many and (one.related_model is User or isinstance(one, EmailField)):
                found[model._meta.label, one.name] = one
    return found


def test_whatever_leads_to_an_account_or_holds_an_address_has_a_row_here():
    rows = [(one.model, one.name) for one in HOLDINGS]
    assert sorted(rows) == sorted(fields()), "Say in accounts/own_data/holdings.py what becomes of it."


def test_what_becomes_of_it_agrees_with_what_the_database_would_do():
    found = fields()
    wrong = []
    for one in HOLDINGS:
        its = found[one.model, one.name]
        if its.is_relation and one.model not in NOT_OURS:
            wrong += [] if one.fate in ENDS[its.remote_field.on_delete] else [(one.model, one.name)]
    assert wrong == []


def test_each_is_in_the_archive_or_says_why_not():
    assert [one for one in HOLDINGS if not one.section and not one.why] == []
    assert [one for one in HOLDINGS if one.fate not in {Fate.GONE, Fate.CUT} and not one.why and not one.section] == []
    assert {one.section for one in HOLDINGS if one.section} == set(SECTIONS)
    made = {one.section for one in HOLDINGS if one.section and not one.columns and not one.at}
    assert made == set(BY_HAND)
