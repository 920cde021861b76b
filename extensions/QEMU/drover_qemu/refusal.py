"""What a person is told when something cannot be done, and what Drover is told besides."""

import json

TRY_AGAIN = 75
"""Exit code that asks to be called again later: EX_TEMPFAIL of sysexits.h."""
REPEATABLE = ("prepare", "start", "stop", "delete", "status", "statuses", "getconsole", "ListSnapshots", "DeleteSnapshot",
              "Screendump")
"""Verbs that end in the same state however often they are called."""


class Refusal(Exception):
    """Ends the program with an error whose text says what was wrong and what to do about it. What passes may be tried again."""

    def __init__(self, text, passes=False):
        super().__init__(text)
        self.passes = passes


class Traces:
    """What a call has done so far that a second one could do twice, or that is still there."""

    def __init__(self):
        self.begun = False
        self.leftovers = False


def answer(refusal, verb, traces):
    """Exit code and JSON. It may be tried again if that helps and cannot do twice what must be done once."""
    said = {"status": "error", "error": str(refusal)}
    if traces.leftovers:
        said["leftovers"] = True
    elif getattr(refusal, "passes", False) and (verb in REPEATABLE or not traces.begun):
        said["retryable"] = True
    return TRY_AGAIN if "retryable" in said else 1, json.dumps(said)
