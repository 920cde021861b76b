"""Values of a payload, taken apart and checked."""
import re

from problems import Problem


class Endpoint:
    """The address of the API and the token for it."""

    def __init__(self, host, port, authorization, verify):
        self.host, self.port, self.authorization, self.verify = host, port, authorization, verify

    def __str__(self):
        return "https://%s:%d" % ("[%s]" % self.host if ":" in self.host else self.host, self.port)


def mapping(value, name):
    """The object, {} if there is none."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Problem("The payload's %s must be an object" % name)
    return value


def number(value, name, least, most):
    """The value as a whole number within bounds."""
    text = str(value).strip()
    if not re.fullmatch(r"\d{1,16}(\.0+)?", text) or not least <= int(text.split(".")[0]) <= most:
        raise Problem("%s is %s: it must be a whole number from %d to %d" % (name, text or "blank", least, most))
    return int(text.split(".")[0])
