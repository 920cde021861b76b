"""What answers of MAAS have to be. One of another shape is told, with what came, and nothing is made of it."""

import json

from maas_contract import Refusal

KINDS = {dict: "an object", list: "a list", str: "text", bool: "a truth value", int: "a number", float: "a number", type(None): "nothing"}


def record(found, what):
    """The object that it is."""
    if not isinstance(found, dict):
        raise _strange(what, "an object", found)
    return found


def named(found, what, name):
    """The object that it is, with text by this name."""
    if not isinstance(record(found, what).get(name), str) or not found[name]:
        raise _strange(what, f"an object with a {name}", found)
    return found


def listed(found, what):
    """The list of objects that it is."""
    if not isinstance(found, list):
        raise _strange(what, "a list", found)
    return [record(one, f"one of {what}") for one in found]


def notes_of(fields):
    """What Drover wrote to a machine."""
    for name in ("workload_annotations", "owner_data"):
        if fields.get(name):
            return record(fields[name], name)
    return {}


def _strange(what, wanted, found):
    shown = "it has " + (", ".join(sorted(found)) or "nothing") if isinstance(found, dict) else json.dumps(found)
    return Refusal(f"MAAS answers with {KINDS.get(type(found), 'something')} where {wanted} belongs, {what} ({shown[:200]}). "
                   "Look whether the detail endpoint leads to the API 2.0 of MAAS, and what stands between it and Drover")
