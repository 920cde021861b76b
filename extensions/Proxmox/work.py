"""Carrying out changes: waiting for tasks, trying again while a VM is locked, finding out what a lost answer hides."""
from answers import record, rows
from problems import Cancelled, OutOfTime, Problem, Refused, TaskFailed, Uncertain, is_locked

LOCKED_TRIES = 40


class Work:
    """Changes at Proxmox, each waited for until it is done."""

    def __init__(self, api):
        self._api = api
        self._running = None

    def change(self, what, method, path, done, final=False, **parameters):
        """Makes a change. `done` says whether it is made already; asked when the answer is lost or an error.
        `final` says that a task which failed has left nothing that would do."""
        lost = None
        for _ in range(3):
            try:
                self._unlocked(what, method, path, parameters)
                return
            except Uncertain as problem:
                lost = problem
                if self._appears(done, lost):
                    return
            except OutOfTime as over:
                raise lost or over
            except (Refused, TaskFailed) as problem:
                if not (final and isinstance(problem, TaskFailed)) and done():
                    return
                raise
        raise lost

    def repeat(self, what, method, path, **parameters):
        """Makes a change that may be made twice."""
        for attempt in range(3):
            try:
                self._unlocked(what, method, path, parameters)
                return
            except Uncertain:
                if attempt == 2 or self._api.deadline.left() < 1:
                    raise
                self._api.deadline.pause(min(0.5, self._api.deadline.left() / 2), what)

    def wait(self, what, upid):
        """Waits for a task and says how it failed if it did. Anything but a task's id is taken for done."""
        if not isinstance(upid, str) or not upid.startswith("UPID:"):
            return
        self._running = upid
        node, pause = upid.split(":")[1], 0.1
        while True:
            status = record(self._api, "/nodes/%s/tasks/%s/status" % (node, upid), "status")
            if status.get("status") == "stopped":
                break
            self._api.deadline.pause(pause, "%s was done" % what)
            pause = min(pause * 1.5, 2)
        self._running = None
        ending = str(status.get("exitstatus", "unknown"))
        if ending != "OK" and not ending.startswith("WARNINGS"):
            raise TaskFailed(what, ending, self._log(node, upid))

    def _unlocked(self, what, method, path, parameters):
        pause, before = 0.5, self._api.traces.begun
        for attempt in range(LOCKED_TRIES):
            try:
                self.wait(what, self._api.change(method, path, **parameters))
                return
            except (Refused, TaskFailed) as problem:
                ending = problem.text if isinstance(problem, Refused) else problem.ending
                if is_locked(ending):
                    self._api.traces.begun = before  # a task that gets no lock does nothing
                if not is_locked(ending) or attempt == LOCKED_TRIES - 1 or self._api.deadline.left() < pause + 1:
                    raise
            self._api.deadline.pause(pause, what, passes=True)
            pause = min(pause * 1.5, 5)

    def _appears(self, done, lost):
        try:
            for pause in (0.1, 0.4, 1.0, 1.5):
                if done():
                    return True
                self._api.deadline.pause(pause, "it was known whether a change had been made")
            return done()
        except OutOfTime:
            raise lost from None

    def abort(self):
        """Ends the task that was waited for last, if it may be running. It goes on where that is refused."""
        upid, self._running = self._running, None
        if not upid:
            return
        try:
            self._api.change("DELETE", "/nodes/%s/tasks/%s" % (upid.split(":")[1], upid))
        except Problem:
            return

    def _log(self, node, upid):
        try:
            lines = rows(self._api, "/nodes/%s/tasks/%s/log" % (node, upid), limit=500)
        except Cancelled:
            raise
        except Problem:  # what is known of the failure matters more
            return []
        return [str(line.get("t", "")).strip() for line in lines][-2:]
