"""Runs the same program on another host by SSH. Nothing is installed there: the modules go through standard input."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import threading

from . import places, tools
from .refusal import Refusal
from .request import choice, flag, whole, word

PACKAGE = __package__
UNREACHED = re.compile(r"^ssh: |banner exchange|kex_exchange_identification|ssh_exchange_identification|permission denied"
                       r"|host key verification failed|too many authentication failures", re.IGNORECASE | re.MULTILINE)
"""ssh's words when there was no session."""
LASTING = re.compile(r"permission denied|host key verification failed|not known|authentication failures|no address associated",
                     re.IGNORECASE)
LOST = re.compile(r"server .*not responding|closed by|broken pipe|connection reset|client_loop", re.IGNORECASE)
STARTER = "import sys;i=sys.stdin.buffer;exec(i.read(int(i.readline())))"

LOADER = """
import importlib.abc, importlib.util, json, os, sys
given = json.loads(bytes.fromhex({given!r}))
class Carried(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name in given["modules"]:
            return importlib.util.spec_from_loader(name, self, is_package=name == given["package"])
    def exec_module(self, module):
        exec(compile(given["modules"][module.__name__], module.__name__, "exec"), module.__dict__)
sys.dont_write_bytecode = True
os.environ.update(given["directories"])
sys.meta_path.insert(0, Carried())
remote = importlib.import_module(given["package"] + ".remote")
remote.follow()
sys.exit(importlib.import_module(given["package"] + ".program").serve(given["verb"], given["payload"], given["seconds"]))
"""


def run(request):
    """What the program on the host answers: its exit code, standard output and standard error."""
    given = {"package": PACKAGE, "modules": _modules(), "verb": request.verb, "payload": request.payload,
             "seconds": request.deadline.seconds, "directories": places.told()}
    program = LOADER.format(given=json.dumps(given).encode().hex()).encode()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command(request), stdin=subprocess.PIPE, stdout=output, stderr=errors)
        try:
            _send(process, b"%d\n%b" % (len(program), program))
            process.wait(request.deadline.left() + 2)
        except subprocess.TimeoutExpired:
            _lost(request)
            raise Refusal(f"The host {request.site('ssh_host')} did not answer within {request.deadline.seconds} seconds:"
                          " look at its load, or give the action more time", passes=True) from None
        finally:
            process.kill()
            process.wait()
        output.seek(0)
        errors.seek(0)
        return _judged(request, process.returncode, output.read(), errors.read().decode("utf-8", "replace"))


def command(request):
    """The command line of ssh."""
    host = word("ssh_host", request.site("ssh_host"), r"[0-9A-Za-z][0-9A-Za-z.:_-]{0,252}", "a host's name or address")
    checking = choice("ssh_host_key_checking", request.site("ssh_host_key_checking", "yes"), ("yes", "accept-new", "no"))
    words = [tools.find("ssh"), "-T", "-x", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=10",
             "-o", f"StrictHostKeyChecking={checking}", "-p", str(whole("ssh_port", request.site("ssh_port", "22"), 1, 65535))]
    user, key, known = (request.site(name) for name in ("ssh_user", "ssh_key_file", "ssh_known_hosts_file"))
    if user:
        words += ["-l", word("ssh_user", user, r"[0-9A-Za-z_][0-9A-Za-z._-]{0,63}", "a user's name")]
    if key:
        words += ["-i", _readable("ssh_key_file", key), "-o", "IdentitiesOnly=yes"]
    if known:
        words += ["-o", "UserKnownHostsFile=" + shlex.quote(_readable("ssh_known_hosts_file", known))]
    sudo = "sudo -n " if flag("ssh_sudo", request.site("ssh_sudo", "false")) else ""
    return words + ["--", host, f"{sudo}python3 -c {shlex.quote(STARTER)}"]


def follow():
    """On the host: ends this program when the one that asked has gone away."""
    def watch():
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
    threading.Thread(target=watch, daemon=True).start()


def _modules():
    folder = os.path.dirname(os.path.abspath(__file__))
    modules = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                modules[PACKAGE if name == "__init__.py" else f"{PACKAGE}.{name[:-3]}"] = file.read()
    return modules


def _send(process, data):
    try:
        process.stdin.write(data)
        process.stdin.flush()
    except BrokenPipeError:
        pass


def _judged(request, code, output, errors):
    where = request.site("ssh_host")
    if code == 255 and not output:
        unreached = bool(UNREACHED.search(errors))
        if not unreached:
            _lost(request)
        raise Refusal(f"The host {where} cannot be reached by SSH: {errors.strip()[-400:]}."
                      " Check ssh_host, ssh_port, ssh_user, ssh_key_file and the host's key in known_hosts",
                      passes=(unreached or bool(LOST.search(errors))) and not LASTING.search(errors))
    if code == 127 and not output:
        raise Refusal(f"python3 is missing on {where}: apt-get install python3")
    if not output:
        _lost(request)
        raise Refusal(f"The program on {where} gave no answer (exit code {code}): {errors.strip()[-400:]}")
    sys.stderr.write(errors)
    return code, output.decode("utf-8", "replace")


def _lost(request):
    """The program may have been begun there; one that is left alone ends itself, and cleans up what it can."""
    request.traces.begun = True
    request.traces.leftovers = request.verb in ("create", "deploy")


def _readable(key, path):
    path = places.inside(key, path, "keys")
    if not os.access(path, os.R_OK):
        raise Refusal(f"The file {path} of the detail {key} cannot be read: put it there,"
                      " readable to the user that Drover runs extensions as")
    return path
