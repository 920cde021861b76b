"""The HTTP side of Proxmox's API: one request, its answer, and what to do when there is none."""
import http.client
import socket
import ssl
import time
from urllib.parse import quote, urlencode

from answers import parse, refused
from problems import PASSING, OutOfTime, Refused, Traces, Uncertain, Unreached

READ_SECONDS = 60
CONNECT_SECONDS = 10
ATTEMPTS = 5
MAX_ANSWER = 32 * 1024 * 1024


class Deadline:
    """The moment until which work may go on."""

    def __init__(self, seconds):
        self._end = time.monotonic() + seconds

    def left(self):
        """Seconds that are left; at least 0."""
        return max(0.0, self._end - time.monotonic())

    def pause(self, seconds, what, passes=False):
        """Waits, or says that there is no time to wait for `what`, which may pass by itself."""
        if self.left() <= seconds:
            raise OutOfTime("The time for the call was over before %s: raise the verb's timeout in the extension's "
                            "manifest, or look at the tasks of the node in Proxmox for what takes so long" % what, passes)
        time.sleep(seconds)


class Api:
    """Proxmox's API with a token. Proxies of the environment are not used and redirects are not followed."""

    def __init__(self, endpoint, seconds, reserve=0, traces=None):
        self.traces = traces or Traces()
        self._endpoint = endpoint
        self._context = tls(endpoint.verify)
        self._last = Deadline(seconds)
        self.deadline = Deadline(max(0.5, seconds - reserve)) if reserve else self._last

    def spend_reserve(self, at_most=None):
        """Makes the time usable that was held back for cleaning up."""
        self.deadline = self._last
        if at_most is not None and self._last.left() > at_most:
            self.deadline = Deadline(at_most)

    def get(self, path, /, **parameters):
        """Reads; tried again when the connection or the server fails."""
        last = None
        for attempt in range(ATTEMPTS):
            self._rest(attempt, last)
            try:
                return self._exchange("GET", path, parameters)
            except (Unreached, Uncertain) as problem:
                last = problem
                if getattr(problem, "lasting", False):
                    raise
            except Refused as problem:
                last = problem
                if problem.status < 500 and problem.status != 429 or problem.status == 501 or problem.missing:
                    raise
                if problem.status == 500 and attempt >= 2:
                    raise
        raise last

    def change(self, method, path, **parameters):
        """Sends once. Sent again only if nothing can have arrived; Uncertain if it may have."""
        last, before = None, self.traces.begun
        for attempt in range(ATTEMPTS):
            self._rest(attempt, last)
            self.traces.begun = True
            try:
                return self._exchange(method, path, parameters)
            except (Unreached, Refused) as problem:
                status = getattr(problem, "status", 595)
                if status in PASSING and status not in (429, 595):
                    raise Uncertain(str(problem)) from problem
                last, self.traces.begun = problem, before
                if status not in (429, 595) or getattr(problem, "lasting", False):
                    raise
        raise last

    def repeat(self, method, path, **parameters):
        """Sends a change that may be made twice, until there is an answer."""
        lost = None
        for attempt in range(ATTEMPTS):
            self._rest(attempt, lost)
            try:
                return self.change(method, path, **parameters)
            except Uncertain as problem:
                lost = problem
        raise lost

    def _rest(self, attempt, last):
        if last is None:
            return
        seconds = min(0.2 * 2 ** attempt, 3.0)
        if self.deadline.left() <= seconds:
            raise last
        time.sleep(seconds)

    def _exchange(self, method, path, parameters):
        connection = self._connect()
        target, body, headers = self._request(method, path, parameters)
        try:
            connection.sock.settimeout(self._patience(method))
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            text = response.read(MAX_ANSWER)
        except (OSError, http.client.HTTPException) as failure:
            raise Uncertain("The connection to Proxmox at %s broke before the answer to %s %s came (%s): check the "
                            "network and the service pveproxy" % (self._endpoint, method, path, name_of(failure))) from failure
        finally:
            connection.close()
        return self._answer(response, text, "%s %s" % (method, path))

    def _connect(self):
        left = self.deadline.left()
        if left <= 0:
            raise OutOfTime("The time for the call was over: raise the verb's timeout in the extension's manifest")
        connection = http.client.HTTPSConnection(
            self._endpoint.host, self._endpoint.port, timeout=min(CONNECT_SECONDS, left), context=self._context)
        try:
            connection.connect()
        except (OSError, http.client.HTTPException) as failure:
            connection.close()
            raise unreached(self._endpoint, failure) from failure
        return connection

    def _patience(self, method):
        """Seconds to wait for an answer: not all that are left, so that a lost one can be looked into."""
        share, most = (0.4, 20) if method == "GET" else (0.6, READ_SECONDS)
        return max(0.1, min(most, self.deadline.left() * share))

    def _request(self, method, path, parameters):
        target = "/api2/json" + quote(path, safe="/:@!-._~")
        headers = {"Authorization": self._endpoint.authorization, "Accept": "application/json"}
        encoded = urlencode(parameters)
        if method in ("POST", "PUT"):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return target, encoded.encode("ascii"), headers
        return target + ("?" + encoded if encoded else ""), None, headers

    def _answer(self, response, text, request):
        if response.status != 200:
            raise refused(response.status, response.reason, text, request)
        document = parse(text)
        if isinstance(document, dict) and "data" in document:
            return document["data"]
        raise Unreached("What answers at %s is not Proxmox's API: check the detail url" % self._endpoint, lasting=True)


def tls(verify):
    """The TLS context; without verification any certificate will do."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def name_of(failure):
    """A short name of a network failure."""
    if isinstance(failure, (socket.timeout, TimeoutError)):
        return "no answer in time"
    return str(failure) or type(failure).__name__


def unreached(endpoint, failure):
    """Says why no connection came about."""
    if isinstance(failure, ssl.SSLCertVerificationError):
        return Unreached("The certificate of Proxmox at %s is not trusted (%s): install its CA on Drover's nodes "
                         "(/usr/local/share/ca-certificates, then update-ca-certificates) and name the host in the detail "
                         "url as the certificate does, or set the detail verify_tls_certificate to false"
                         % (endpoint, failure.verify_message), lasting=True)
    if isinstance(failure, ssl.SSLError):
        return Unreached("No TLS connection to Proxmox at %s (%s): check the port in the detail url, normally 8006"
                         % (endpoint, failure.reason or failure), lasting=not isinstance(failure, ssl.SSLEOFError))
    if isinstance(failure, socket.gaierror):
        return Unreached("The name %s cannot be resolved (%s): check the detail url and the name servers of Drover's node"
                         % (endpoint.host, failure.strerror), lasting=failure.errno != socket.EAI_AGAIN)
    return Unreached("Proxmox cannot be reached at %s (%s): check the detail url, firewalls and the service pveproxy"
                     % (endpoint, name_of(failure)))
