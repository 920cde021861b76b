"""Where secrets go and what they are trusted by: never to a place that a lower level names than the secret's own."""

import os
import re

from hyperv_contract import Refusal

LEVELS = ("extension", "resourcemap", "host")
CERTIFICATES = "DROVER_DIRECTORIES_CERTIFICATES"


def keep(levels, secret, *addresses):
    """Refuses addresses that are set at a lower level than the secret that goes there."""
    of = _lowest(levels, secret)
    for address in addresses:
        to = _lowest(levels, address)
        if of is not None and to is not None and to > of:
            raise Refusal(f"The detail {address} of the {LEVELS[to]} must not decide where the {secret} of the {LEVELS[of]} goes. "
                          f"Set {secret} of the {LEVELS[to]}, too")


def _lowest(levels, name):
    found = [place for place, level in enumerate(LEVELS) if _text(levels, level, name)]
    return found[-1] if found else None


def _text(levels, level, name):
    details = levels.get(level) if isinstance(levels, dict) else None
    return str(details.get(name) or "").strip() if isinstance(details, dict) else ""


def certificates(path):
    """The path of a file with certificates, refused unless it is below a directory that the server allows."""
    if path is None:
        return None
    if not path.startswith("/") or ".." in path.split("/") or re.search(r"[\x00-\x1f\x7f]", path):
        raise Refusal(f"The detail ca_file is {path!r}; it must be an absolute path without '..'")
    told = os.environ.get(CERTIFICATES)
    real = os.path.realpath(path)
    places = [os.path.realpath(place) for place in (told or "").split(",") if place]
    if told is not None and not any(real.startswith(place.rstrip("/") + "/") for place in places):
        raise Refusal(f"The file {path} of the detail ca_file is not below an allowed directory ({told or 'there is none'}). "
                      "Put it there, or have the server's setting drover.extensions.allowed-directories.certificates changed")
    return real
