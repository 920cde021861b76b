"""Where details may lead: below the directories that the server allows, which it names in the environment."""

import os
import re

from .refusal import Refusal

PREFIX = "DROVER_DIRECTORIES_"


def told():
    """The directories as the environment has them, to be handed on to another host."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}


def allowed(name):
    """The directories of this name; nothing if nobody says, as when the program is called by hand."""
    value = os.environ.get(PREFIX + name.upper())
    return None if value is None else [path for path in value.split(",") if path]


def inside(key, path, name, follow=True):
    """The path with its symbolic links resolved, refused unless it is below one of these directories."""
    look(key, path)
    resolve = os.path.realpath if follow else os.path.normpath
    real, places = resolve(path), allowed(name)
    if places is not None and not any(_below(real, resolve(place)) for place in places):
        raise Refusal(f"The {key} {path} is not below an allowed directory ({', '.join(places) or 'there is none'}): put it"
                      f" there, or have the server's setting drover.extensions.allowed-directories.{name} changed")
    return real


def look(key, path):
    """Refuses what is no plain path or name."""
    if re.search(r"[\x00-\x1f\x7f]", path) or path.startswith(("-", "~")) or ".." in path.split("/"):
        raise Refusal(f"The detail {key} is {path!r}: it must be a path without '..' and control characters, not begun by - or ~")
    if not path.startswith("/") and ":" in path.split("/")[0]:
        raise Refusal(f"The detail {key} is {path!r}: it must be a path, without a protocol before it")


def _below(path, place):
    return path == place or path.startswith(place.rstrip("/") + "/")
