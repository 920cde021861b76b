"""What can go wrong with Proxmox, each with a message that says what to do about it."""
import re


TRY_AGAIN = 75
"""Exit code that asks to be called again later: EX_TEMPFAIL of sysexits.h."""
REPEATABLE = ("prepare", "start", "stop", "delete", "status", "statuses", "getconsole", "listsnapshots")
"""Verbs that end in the same state however often they are called."""
PASSING = (429, 502, 503, 504, 595, 596, 599)


class Traces:
    """What a call has done so far that a second one could do twice, or that is still there."""

    def __init__(self):
        self.begun = False
        self.leftovers = False


class Problem(Exception):
    """Something a person has to hear about; its text names the remedy. What passes by itself may be tried again."""

    passes = False

    def answer(self, verb, traces):
        """Exit code and answer. It may be tried again if that helps and cannot do twice what must be done once."""
        said = {"status": "error", "error": str(self)}
        if traces.leftovers:
            said["leftovers"] = True
        elif self.passes and (verb in REPEATABLE or not traces.begun):
            said["retryable"] = True
        return TRY_AGAIN if "retryable" in said else 1, said


class OutOfTime(Problem):
    """The time that Drover gives the call is over. `passes` if it was spent on waiting for something else to end."""

    def __init__(self, text, passes=False):
        super().__init__(text)
        self.passes = passes


class Cancelled(Problem):
    """Drover asked the call to end."""


class Unreached(Problem):
    """No request got through, so nothing happened. `lasting` means that trying again does not help."""

    def __init__(self, text, lasting=False):
        super().__init__(text)
        self.lasting = lasting
        self.passes = not lasting


class Uncertain(Problem):
    """The request may have been carried out, but the answer did not arrive."""

    passes = True


class TaskFailed(Problem):
    """A task of Proxmox ended badly. `ending` is its exit status."""

    def __init__(self, what, ending, log):
        detail = ending.rstrip(". ")
        told = [line for line in log if line and line.replace("TASK ERROR: ", "").rstrip(". ") not in detail]
        if told:
            detail += " (its log ends with: %s)" % " / ".join(told)
        super().__init__("%s failed on Proxmox: %s. %s" % (what, detail, remedy(ending)))
        self.ending = ending
        self.passes = is_passing(" ".join([ending] + log))


class Refused(Problem):
    """Proxmox answered with an error status."""

    def __init__(self, status, reason, errors, request):
        self.status = status
        self.reason = reason
        self.request = request
        self.details = "; ".join("%s: %s" % (name, str(text).strip()) for name, text in sorted(errors.items()))
        super().__init__(explain(status, self.text, request))
        self.passes = status in PASSING or is_passing(self.text)

    @property
    def text(self):
        """The reason and what Proxmox said about single parameters."""
        return (self.reason + (" " + self.details if self.details else "")).strip()

    @property
    def missing(self):
        """Whether the VM or the volume that the request named is not there."""
        return self.status in (404, 500) and "does not exist" in self.reason


LOCKED = re.compile(r"is locked(?! \(suspended\))|can't (?:lock file|ac?quire lock)|got lock request timeout"
                    r"|got lock timeout(?! - aborting)|(?:unable|failed) to ac?quire (?:\S+ )?lock|could not ac?quire lock"
                    r"|cfs-lock '[^']*' error: (?:no quorum|pve cluster filesystem not online|got lock)"
                    r"|giving up waiting for lock|failed to get \S+ lock", re.IGNORECASE)
"""Words of a request or task that got no lock, and so did nothing. What fails under a lock names it, too, but has another reason."""
PASSING_WORDS = re.compile(r"cluster not ready|no quorum|cluster filesystem not online|too many (?:workers|connections)|got timeout"
                           r"|got lock timeout|(?:device or )?resource busy|(?:dataset|image|device|target) is busy|has watchers"
                           r"|resource temporarily unavailable|already in progress", re.IGNORECASE)


def is_locked(text):
    """Whether the text says that the VM or its storage is busy with something else, which passes."""
    return bool(LOCKED.search(text))


def is_passing(text):
    """Whether the text says something that passes by itself."""
    return is_locked(text) or bool(PASSING_WORDS.search(text))


def explain(status, text, request):
    """Says what an error status of Proxmox means and what to do."""
    if status == 401:
        return ("Proxmox refused the API token (401 %s): check the details user, token and secret, "
                "and on Proxmox that the token exists and has not expired" % text)
    if status == 403:
        return denied(text)
    if status in (595, 596, 599):
        return ("The Proxmox server could not reach the node (%d %s): check that the node is online and that "
                "the detail node is its name as the cluster shows it, not a host name or an address" % (status, text))
    if status in (404, 501):
        return ("Proxmox does not know %s (%d %s): check the detail url and that the server runs Proxmox VE 7 or newer"
                % (request, status, text))
    if status in (502, 503, 504):
        return "Proxmox is not available (%d %s): check its services pveproxy and pvedaemon, then try again" % (status, text)
    return "Proxmox refused %s (%d %s). %s" % (request, status, text, remedy(text))


def denied(text):
    """Says which privilege the token lacks, and where."""
    found = re.search(r"\((/[^,)]*), *([^)]+)\)", text)
    if not found:
        return ("The API token may not do this (403 %s): give the token, and its user, a role with the privileges "
                "that the README of the extension lists" % text)
    path, privileges = found.group(1), found.group(2).replace("|", " or ")
    return ("The API token lacks the privilege %s on %s (403): give the token, and its user, a role that has it "
            "on that path, for example with 'pveum acl modify %s --tokens ... --roles ...'" % (privileges, path, path))


REMEDIES = (
    (r"is locked \(suspended\)", "The VM is suspended to disk: start it, then it goes on from there"),
    (r"is locked", "Wait until the backup, migration or snapshot that holds the lock is over; if none runs, "
                   "remove the lock on the node with 'qm unlock <vmid>'"),
    (r"protection", "Switch the VM's protection off in Proxmox"),
    (r"no space|not enough|out of space|free space|data space|quota", "Free space on the storage, or choose another with the detail storage"),
    (r"bridge .* does not exist|no such bridge", "Set the detail network_bridge to a bridge of the node"),
    (r"hostname lookup|no such cluster node|no such node", "Set the detail node to the node's name as the cluster shows it"),
    (r"storage .* does not exist|no such storage|storage .* is not (available|online)|not configured for content",
     "Set the detail storage to a storage of the node that takes disk images"),
    (r"volume .* does not exist|no such volume|no such iso", "Set the detail iso_path to an ISO that is on the node, such as local:iso/debian.iso"),
    (r"linked clone", "Set the detail is_full_clone to true, or keep the template on a storage that can make linked clones"),
    (r"cannot allocate memory|not enough memory|out of memory", "Free memory on the node or choose a smaller service offering"),
    (r"kvm virtuali[sz]ation", "Enable virtualization in the node's firmware"),
    (LOCKED, "The VM or its storage is busy with another task: try again when it is over"),
    (PASSING_WORDS, "Something on Proxmox is busy or not ready: try again when it is"),
    (r"parameter verification failed", "Correct the detail that the message names"),
)


def remedy(text):
    """What to do about a message of Proxmox."""
    for pattern, advice in REMEDIES:
        if re.search(pattern, text, 0 if isinstance(pattern, re.Pattern) else re.IGNORECASE):
            return advice
    return "The task log of the node in Proxmox tells more"
