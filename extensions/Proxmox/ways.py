"""Where secrets go and what they are trusted by: never to a place that a lower level names than the secret's own."""

from problems import Problem

LEVELS = ("extension", "resourcemap", "host")


def keep(levels, secret, *addresses):
    """Refuses addresses that are set at a lower level than the secret that goes there."""
    of = _lowest(levels, secret)
    for address in addresses:
        to = _lowest(levels, address)
        if of is not None and to is not None and to > of:
            raise Problem("The detail %s of the %s must not decide where the %s of the %s goes: set %s of the %s, too"
                          % (address, LEVELS[to], secret, LEVELS[of], secret, LEVELS[to]))


def _lowest(levels, name):
    found = [place for place, level in enumerate(LEVELS) if _text(levels, level, name)]
    return found[-1] if found else None


def _text(levels, level, name):
    details = levels.get(level) if isinstance(levels, dict) else None
    return str(details.get(name) or "").strip() if isinstance(details, dict) else ""
