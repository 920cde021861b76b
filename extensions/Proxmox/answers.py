"""What answers of Proxmox have to be. One of another shape is told, with what came, and nothing is made of it."""
import json
import re

from problems import Problem, Refused

KINDS = {dict: "an object", list: "a list", str: "text", bool: "a truth value", int: "a number", float: "a number", type(None): "nothing"}


def parse(text):
    """The JSON document, or None."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def refused(status, phrase, text, request):
    """The refusal that an error status is, with all that the answer says of its reason."""
    document = parse(text)
    said = document if isinstance(document, dict) else {}
    errors, message = said.get("errors"), said.get("message")
    if not isinstance(errors, dict):
        errors = {"errors": errors} if errors else {}
    plain = text.decode("utf-8", "replace").strip()
    if document is None and plain and not plain.startswith("<"):
        errors = {"answer": plain[:500]}
    reason = message if isinstance(message, str) else phrase or ""
    return Refused(status, reason.strip() or (phrase or "").strip(), errors, request)


def record(api, path, /, *needed, **parameters):
    """The object that is there; a problem if it is none, or has nothing by a name that is needed."""
    return _record(api.get(path, **parameters), path, needed)


def rows(api, path, /, *needed, **parameters):
    """The list of objects that is there; a problem if it is none, or one of them has nothing by a name that is needed."""
    found = api.get(path, **parameters)
    if not isinstance(found, list):
        raise _strange(path, "a list", found)
    return [_record(row, path, needed) for row in found]


def number(value, what):
    """A whole number that Proxmox answered with."""
    if not re.fullmatch(r"\d{1,16}", str(value)):
        raise _strange(what, "a whole number", value)
    return int(value)


def named(value, what, *needed):
    """What a request answered, if it is an object that has all these names."""
    return _record(value, what, needed)


def _record(found, path, needed):
    if not isinstance(found, dict):
        raise _strange(path, "an object", found)
    missing = [name for name in needed if found.get(name) in (None, "")]
    if missing:
        raise _strange(path, "an object with %s" % " and ".join(missing), found)
    return found


def _strange(path, wanted, found):
    shown = "it has " + (", ".join(sorted(found)) or "nothing") if isinstance(found, dict) else json.dumps(found)
    return Problem("Proxmox answers %s with %s where %s belongs (%s): check that the detail url leads to the API of Proxmox VE 7 "
                   "or newer, and what stands between it and Drover" % (path, KINDS.get(type(found), "something"), wanted, shown[:200]))
