"""prepare and create: from a template or an ISO to a running VM, or to nothing at all."""
import random

from answers import number
from machines import mark
from plans import Iso, Template
from problems import Cancelled, OutOfTime, Problem, Refused

ANYWHERE = 12
CANCELLED_SECONDS = 4


class Creation:
    """Makes the VM of the call."""

    def __init__(self, api, settings, machines, work, power, deletion):
        self._api = api
        self._settings = settings
        self._machines = machines
        self._work = work
        self._power = power
        self._deletion = deletion

    # --- prepare -----------------------------------------------------------------------------------------------------

    def prepare(self):
        """Chooses the VM's number; the same again as long as it is free or the VM has it."""
        found = self._machines.find()
        if not found:
            self._refuse_namesake()
        if found:
            vmid = found.vmid
        elif self._settings.vmid and self._machines.is_free(self._settings.vmid):
            vmid = self._settings.vmid
        else:
            vmid = self._next(0)
        return {"details": {"proxmox_vmid": str(vmid)}}

    def _next(self, attempt):
        """A free number, further off the lowest one the more often others were faster."""
        vmid = number(self._api.get("/cluster/nextid"), "/cluster/nextid") + random.randrange(1 + 8 * attempt)
        return vmid if self._machines.is_free(vmid) else self._next(attempt + 1)

    # --- create ------------------------------------------------------------------------------------------------------

    def create(self):
        """Leaves the VM running; a second call finds it so. What a failure leaves behind is removed."""
        self._settings.verify()
        plan = (Iso if self._settings.from_iso else Template)(self._settings, self._machines)
        self._await_unmarked()
        machine = self._machines.settled(self._machines.find())
        if machine and (machine.suspended or self._power.is_running(machine)):
            return self._power.start(machine) + " as %s" % machine
        known = machine is not None
        try:
            if machine is None:
                self._refuse_namesake()
                plan.check()
                machine = self._make(plan)
            plan.finish(machine, self._work)
            self._power.start(machine)
            return "Instance created as %s" % machine
        except Problem as problem:
            raise self._undone(problem, known) from problem
        except Exception as fault:  # an answer of a shape that no documentation has
            self._undone(Problem(str(fault)), known)
            raise

    def _refuse_namesake(self):
        other = self._machines.namesake()
        if other:
            raise Problem("%s. Rename it in Proxmox or remove it, then deploy again" % other)

    def _await_unmarked(self):
        """A VM that Proxmox is just creating has no mark yet: wait until it shows whose it is."""
        vmid = self._settings.vmid
        if vmid and self._settings.from_iso:
            try:
                self._machines.settled(self._machines.read(self._settings.node, vmid))
            except Refused as refused:
                if refused.status != 403:
                    raise

    def _make(self, plan):
        vmid = self._settings.vmid
        if not vmid or not self._machines.is_free(vmid):
            vmid = self._next(0)
        for attempt in range(1, ANYWHERE + 1):
            try:
                return self._make_as(plan, vmid)
            except Refused as refused:
                if refused.status in (401, 403) or attempt == ANYWHERE or self._machines.is_free(vmid):
                    raise
            vmid = self._next(attempt)
        raise Problem("No free VM number was found in %d attempts: try again" % ANYWHERE)

    def _make_as(self, plan, vmid):
        def made():
            machine = self._machines.settled(self._machines.read(self._settings.node, vmid))
            return machine if machine and self._owns(machine) else None

        path, parameters = plan.request(vmid)
        parameters["description"] = "%s\n\nManaged by Drover as %s. Keep the line above: by it Drover knows its VM." % (
            mark(self._settings.vm_id, vmid), self._settings.internal_name)
        if self._settings.pool:
            parameters["pool"] = self._settings.pool
        self._work.change("Creating VM %d from %s" % (vmid, plan), "POST", path, made, final=True, **parameters)
        machine = made()
        if not machine:
            raise Problem("VM %d is not on node %s although Proxmox said it was created: look at the node's tasks"
                          % (vmid, self._settings.node))
        return machine

    def _owns(self, machine):
        return mark(self._settings.vm_id, machine.vmid) in (machine.config.get("description") or "").split()

    def _undone(self, problem, known):
        """Removes what this call made of the VM; the problem, with what is left if that fails. What was there before stays."""
        self._api.spend_reserve(CANCELLED_SECONDS if isinstance(problem, Cancelled) else None)
        self._work.abort()
        traces = self._api.traces
        traces.leftovers = True
        if known:
            return problem
        try:
            if traces.begun:
                self._deletion.delete()
            traces.leftovers = traces.begun = False
            return problem
        except (Problem, KeyError, ValueError) as second:
            kind = type(problem) if isinstance(problem, (Cancelled, OutOfTime)) else Problem
            return kind("%s. Besides, the half-made VM could not be removed: %s" % (str(problem).rstrip("."), second))
