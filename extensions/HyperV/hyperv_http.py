"""A connection to WinRM on a Hyper-V host: HTTPS, with an NTLM or Basic login."""

import base64
import http.client
import re
import socket
import ssl
import time
import urllib.parse

import hyperv_ntlm as ntlm
import hyperv_ways as ways
from hyperv_contract import Refusal, flag

HOST = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,252}|[0-9a-fA-F:.]{2,45}")
PAUSES = (0.3, 0.9, 2.7)
CONNECT_SECONDS = 10


class Broken(Exception):
    """The connection broke, or the host had trouble: nobody knows whether the request took effect."""


class Connection:
    """Carries SOAP messages to one host. NTLM logs a connection in, so one is kept open."""

    def __init__(self, call):
        self._call = call
        ways.keep(call.payload.get("externaldetails"), "password", "url", "verify_tls_certificate", "ca_file", "authentication")
        self.address = _address(call)
        self._username, self._password = _login(call)
        self._basic = _basic(call)
        self._tls = _tls(call)
        self._http = None

    def send(self, message, wait):
        """The status and body of the answer to a message; Broken if there is none."""
        try:
            fresh = self._http is None or self._http.sock is None
            status, answer, headers = self._exchange(message, wait)
            if status == 401 and not fresh:  # the login of this connection is over
                self.close()
                status, answer, headers = self._exchange(message, wait)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Broken(f"The connection to WinRM on {self.address} broke ({type(error).__name__})") from None
        if status == 401:
            self._refuse(headers)
        if status not in (200, 500) or status == 500 and "soap" not in (headers.get("Content-Type") or ""):
            self.close()
            self._judge(status)
        return status, answer

    def close(self):
        """Closes the connection; the next message opens another."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _exchange(self, message, wait):
        if self._http is None or self._http.sock is None:
            self._open()
            authorization = self._log_in()
        else:
            authorization = self._basic_header() if self._basic else None
        if self._http.sock is not None:
            self._http.sock.settimeout(wait)
        return self._post(message, authorization)

    def _post(self, message, authorization):
        headers = {"Content-Type": "application/soap+xml;charset=UTF-8", "User-Agent": "Drover"}
        if authorization:
            headers["Authorization"] = authorization
        self._http.request("POST", "/wsman", message, headers)
        response = self._http.getresponse()
        return response.status, response.read(), response.headers

    def _open(self):
        for pause in PAUSES + (None,):
            try:
                self._http = http.client.HTTPSConnection(self.address, timeout=CONNECT_SECONDS, context=self._tls)
                return self._http.connect()
            except ssl.SSLCertVerificationError as error:
                raise Refusal(f"The certificate of {self.address} cannot be trusted ({error.verify_message}). Name its "
                              "authority in the detail ca_file, or set verify_tls_certificate to false") from None
            except socket.gaierror as error:
                raise Refusal(f"The name of {self.address} is not known; correct the detail url",
                              passes=error.errno == socket.EAI_AGAIN) from None
            except OSError as error:
                self.close()
                if pause is None or self._call.seconds_left() < pause:
                    raise Refusal(f"WinRM on {self.address} cannot be reached ({error}). Look whether the host is up, "
                                  "has an HTTPS listener and lets this address in", passes=True) from None
                time.sleep(pause)

    def _log_in(self):
        if self._basic:
            return self._basic_header()
        status, _, headers = self._post(b"", "Negotiate " + base64.b64encode(ntlm.negotiate()).decode("ascii"))
        if status >= 500 or status == 429:
            self._judge(status)
        offered = re.search(r"(?:Negotiate|NTLM)\s+([A-Za-z0-9+/=]+)", ",".join(headers.get_all("WWW-Authenticate") or []))
        try:
            challenge = base64.b64decode(offered.group(1)) if offered else b""
            proof = ntlm.authenticate(challenge, self._username, self._password)
        except ValueError:
            self._refuse(headers)
        return "Negotiate " + base64.b64encode(proof).decode("ascii")

    def _basic_header(self):
        return "Basic " + base64.b64encode(f"{self._username}:{self._password}".encode("utf-8")).decode("ascii")

    def _refuse(self, headers):
        self.close()
        offers = {line.split()[0] for line in headers.get_all("WWW-Authenticate") or [] if line.split()}
        wanted = "Basic" if self._basic else "Negotiate"
        if wanted not in offers:
            raise Refusal(f"WinRM on {self.address} takes no {wanted} login (it offers {', '.join(sorted(offers)) or 'none'}). "
                          "Set the detail authentication to ntlm or basic, or allow it in the host's WinRM service")
        raise Refusal(f"WinRM on {self.address} refuses the login of {self._username}. Correct the details username and "
                      "password; a local account may need the form HOST\\name, and has to be an administrator or in the "
                      "groups Remote Management Users and Hyper-V Administrators")

    def _judge(self, status):
        self.close()
        if status >= 500 or status == 429:
            raise Broken(f"WinRM on {self.address} had trouble (HTTP {status})")
        raise Refusal(f"{self.address} does not answer as WinRM does (HTTP {status}); correct the detail url")


def _address(call):
    url = call.of_system("url")
    if not url:
        raise Refusal("The detail url is missing: the host's address, such as https://hyperv1.example:5986")
    parts = urllib.parse.urlsplit(url if "://" in url else "https://" + url)
    try:
        port = parts.port or 5986
    except ValueError:
        port = 0
    if parts.scheme != "https" or "@" in parts.netloc or not port or not HOST.fullmatch(parts.hostname or ""):
        raise Refusal("The detail url must look like https://hyperv1.example:5986; WinRM without TLS is not spoken")
    return f"[{parts.hostname}]:{port}" if ":" in parts.hostname else f"{parts.hostname}:{port}"


def _login(call):
    found = {name: call.of_system(name) for name in ("username", "password")}
    for name, value in found.items():
        if not value:
            raise Refusal(f"The detail {name} is missing: it is needed to log in to the host")
    return found["username"], found["password"]


def _basic(call):
    wanted = (call.of_system("authentication") or "ntlm").lower()
    if wanted not in ("ntlm", "basic"):
        raise Refusal(f"The detail authentication is {wanted!r}; it must be ntlm or basic")
    return wanted == "basic"


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
