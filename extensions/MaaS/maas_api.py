"""MAAS's API 2.0 over HTTP with an API key (OAuth 1.0, PLAINTEXT signature)."""

import http.client
import json
import re
import socket
import ssl
import time
import urllib.parse
import uuid

import maas_ways as ways
from maas_contract import Refusal, flag, log

PAUSES = (0.3, 0.9, 2.7)
CONNECT_SECONDS = 10


class Unsure(Exception):
    """Nobody knows whether MAAS did what it was asked."""


class Conflict(Refusal):
    """MAAS cannot do this in its present state (409)."""


class Api:
    """A MAAS server. Reading is repeated when it fails for a moment; changes are not, they end as Unsure."""

    def __init__(self, call):
        self._call = call
        ways.keep(call.payload.get("externaldetails"), "apikey", "endpoint", "verify_tls_certificate", "ca_file")
        self._scheme, self._address, self._base = _address(call)
        self._key = _key(call)
        self._tls = _tls(call) if self._scheme == "https" else None

    def get(self, path, op=None, **query):
        """What MAAS has there, as JSON."""
        for pause in PAUSES + (None,):
            try:
                return self._ask("GET", path, op, query, None)
            except Unsure as trouble:
                if pause is None or self._call.seconds_left() < pause:
                    raise Refusal(f"{trouble}. Look whether MAAS is up, then try again", passes=True) from None
                log(f"{trouble}; trying again in {pause} s")
                time.sleep(pause)

    def post(self, path, op, **fields):
        """Has MAAS do an operation; Unsure if nobody knows whether it was done."""
        before, self._call.begun = self._call.begun, True
        try:
            return self._ask("POST", path, op, {}, fields)
        except Refusal:  # it did not begin
            self._call.begun = before
            raise

    def _ask(self, method, path, op, query, fields):
        pairs = ([("op", op)] if op else []) + list(query.items())
        target = self._base + path + ("?" + urllib.parse.urlencode(pairs) if pairs else "")
        headers = {"Authorization": self._authorization(), "Accept": "application/json"}
        body = None
        if fields is not None:
            body, headers["Content-Type"] = _multipart(fields)
        status, text = self._exchange(method, target, body, headers)
        return self._judge(status, text, f"{method} {path}" + (f" op={op}" if op else ""))

    def _exchange(self, method, target, body, headers):
        wait = max(1.0, min(60.0, self._call.seconds_left()))
        patience = min(CONNECT_SECONDS, wait)
        if self._tls:
            connection = http.client.HTTPSConnection(self._address, timeout=patience, context=self._tls)
        else:
            connection = http.client.HTTPConnection(self._address, timeout=patience)
        try:
            self._connect(connection)
            connection.sock.settimeout(wait)
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise Unsure(f"The connection to MAAS at {self._address} broke ({type(error).__name__})") from None
        finally:
            connection.close()

    def _connect(self, connection):
        for pause in PAUSES + (None,):
            try:
                return connection.connect()
            except ssl.SSLCertVerificationError as error:
                raise Refusal(f"The certificate of {self._address} cannot be trusted ({error.verify_message}). Name its "
                              "authority in the detail ca_file, or set verify_tls_certificate to false") from None
            except socket.gaierror as error:
                raise Refusal(f"The name of {self._address} is not known; correct the detail endpoint",
                              passes=error.errno == socket.EAI_AGAIN) from None
            except OSError as error:
                if pause is None or self._call.seconds_left() < pause:
                    raise Refusal(f"MAAS at {self._address} cannot be reached ({error}). Look whether it is up "
                                  "and whether the detail endpoint is right", passes=True) from None
                time.sleep(pause)

    def _judge(self, status, text, what):
        said = re.sub(r"\s+", " ", text).strip()[:500]
        if status == 401:
            raise Refusal(f"MAAS refuses the API key ({said}). Make a new key in MAAS (Preferences, API keys), set the "
                          "detail apikey to it, and see that the clocks of both machines agree")
        if status == 403:
            raise Refusal(f"The user of the API key may not do this in MAAS ({what}: {said}). Give it the right, "
                          "or unlock the machine")
        if status == 409:
            raise Conflict(said, passes="No available machine" not in said)
        if status == 429:
            raise Refusal(f"MAAS has too much to do ({what}: {said}). Try again later", passes=True)
        if status >= 500:
            raise Unsure(f"MAAS had trouble with {what} ({status}: {said})")
        if 300 <= status < 400:
            raise Refusal(f"{self._scheme}://{self._address} answers with a redirection ({status}); set the detail "
                          "endpoint to the address it leads to")
        if status >= 400:
            raise Refusal(f"MAAS refused {what} ({status}: {said})")
        try:
            return json.loads(text) if text.strip() else None
        except ValueError:
            raise Refusal(f"What answers {what} at {self._address} is not MAAS's API 2.0; "
                          "correct the detail endpoint") from None

    def _authorization(self):
        consumer, token, secret = (urllib.parse.quote(part, safe="") for part in self._key)
        parameters = {"oauth_version": "1.0", "oauth_nonce": uuid.uuid4().hex,
                      "oauth_timestamp": str(int(time.time())), "oauth_consumer_key": consumer, "oauth_token": token,
                      "oauth_signature_method": "PLAINTEXT",
                      "oauth_signature": urllib.parse.quote("&" + secret, safe="")}
        return "OAuth " + ", ".join(f'{name}="{value}"' for name, value in parameters.items())


def _address(call):
    endpoint = call.of_system("endpoint")
    if not endpoint:
        raise Refusal("The detail endpoint is missing: the address of MAAS, such as http://maas.example:5240/MAAS")
    try:
        parts = urllib.parse.urlsplit(endpoint if "://" in endpoint else "http://" + endpoint)
        port = parts.port
        if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]{0,252}|[0-9a-fA-F:.]{2,45}", parts.hostname or ""):
            raise ValueError(endpoint)
    except ValueError:
        raise Refusal("The detail endpoint must look like http://maas.example:5240/MAAS") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        raise Refusal("The detail endpoint must look like http://maas.example:5240/MAAS")
    path = re.sub(r"(/api(/2\.0)?)?/*$", "", parts.path)
    plain = parts.scheme == "http" and not port and not path  # MAAS's own port, as CloudStack takes it
    return parts.scheme, parts.netloc + (":5240" if plain else ""), (path or "/MAAS") + "/api/2.0/"


def _key(call):
    key = call.of_system("apikey")
    if not key:
        raise Refusal("The detail apikey is missing: MAAS's API key, three parts with colons between them")
    parts = key.split(":")
    if len(parts) != 3 or not all(parts):
        raise Refusal("The detail apikey must have three parts with colons between them, as MAAS shows it")
    return parts


def _tls(call):
    if not flag(call.of_system("verify_tls_certificate"), "verify_tls_certificate", True):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    authority = ways.certificates(call.of_system("ca_file"))
    try:
        return ssl.create_default_context(cafile=authority)
    except (OSError, ssl.SSLError) as error:
        raise Refusal(f"The detail ca_file names {authority}, which has no certificates: {error}") from None


def _multipart(fields):
    boundary = uuid.uuid4().hex
    lines = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            lines += [f"--{boundary}", f'Content-Disposition: form-data; name="{name}"', "", str(one)]
    lines += [f"--{boundary}--", ""]
    return "\r\n".join(lines).encode("utf-8"), f"multipart/form-data; boundary={boundary}"
