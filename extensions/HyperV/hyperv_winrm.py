"""The shell of WinRM (WS-Management and MS-WSMV): one command in a shell of its own."""

import base64
import re
import time
import uuid
import xml.etree.ElementTree as xml
from xml.sax.saxutils import escape

from hyperv_contract import Ended, Refusal, log
from hyperv_http import Broken, Connection

S = "http://www.w3.org/2003/05/soap-envelope"
A = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
W = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"
CMD = SHELL + "/cmd"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
TIMED_OUT = "2150858793"  # of the operation, not of the command: ask again
QUOTA = re.compile(r"maximum number of|quota|exceeded|too many|is busy", re.IGNORECASE)
PATIENCE = 20


class Fault(Exception):
    """The host's SOAP fault, with its number."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class OutOfTime(Exception):
    """The command lasted longer than it may; it was ended."""


class Winrm:
    """Runs commands on one host."""

    def __init__(self, call):
        self._connection = Connection(call)
        self.address = self._connection.address

    def run(self, command, seconds):
        """Exit code, stdout and stderr of a command. Broken if nobody knows what became of it."""
        try:
            shell = self._create()
            try:
                return self._command(shell, command, time.monotonic() + seconds)
            except Ended:
                self._connection.close()  # half an answer may be waiting there
                raise
            finally:  # ends what still runs in it
                self._delete(shell)
        except Fault as fault:
            raise Refusal(f"WinRM on {self.address} answers with fault {fault.code}: {fault}. The event log "
                          "Microsoft-Windows-WinRM of the host tells more", passes=bool(QUOTA.search(str(fault)))) from None

    def _create(self):
        body = (f'<rsp:Shell xmlns:rsp="{SHELL}" IdleTimeOut="PT180.000S"><rsp:InputStreams>stdin</rsp:InputStreams>'
                "<rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>")
        options = {"WINRS_NOPROFILE": "TRUE", "WINRS_CODEPAGE": "65001"}
        answer = self._ask(TRANSFER + "/Create", None, body, options)
        found = answer.find(f".//{{{SHELL}}}ShellId")
        if found is None:
            found = answer.find(f".//{{{W}}}Selector[@Name='ShellId']")
        if found is None or not found.text:
            raise Fault("none", "the new shell has no id")
        return found.text

    def _command(self, shell, command, end):
        body = f'<rsp:CommandLine xmlns:rsp="{SHELL}"><rsp:Command>{escape(command)}</rsp:Command></rsp:CommandLine>'
        options = {"WINRS_CONSOLEMODE_STDIN": "TRUE", "WINRS_SKIP_CMD_SHELL": "FALSE"}
        found = self._ask(SHELL + "/Command", shell, body, options).find(f".//{{{SHELL}}}CommandId")
        if found is None or not found.text:
            raise Fault("none", "the command has no id")
        outputs = {"stdout": b"", "stderr": b""}
        while True:
            code = self._receive(shell, found.text, outputs)
            if code is not None:
                self._signal(shell, found.text)
                return code, outputs["stdout"].decode("utf-8", "replace"), outputs["stderr"].decode("utf-8", "replace")
            if time.monotonic() > end:
                self._signal(shell, found.text)
                raise OutOfTime()

    def _receive(self, shell, command, outputs):
        body = (f'<rsp:Receive xmlns:rsp="{SHELL}"><rsp:DesiredStream CommandId="{escape(command)}">stdout stderr'
                "</rsp:DesiredStream></rsp:Receive>")
        try:
            answer = self._ask(SHELL + "/Receive", shell, body)
        except Fault as fault:
            if fault.code == TIMED_OUT:
                return None
            raise
        try:
            for stream in answer.iter(f"{{{SHELL}}}Stream"):
                if stream.text and stream.get("Name") in outputs:
                    outputs[stream.get("Name")] += base64.b64decode(stream.text)
            state = answer.find(f".//{{{SHELL}}}CommandState")
            if state is None or not (state.get("State") or "").endswith("/Done"):
                return None
            return int(state.findtext(f"{{{SHELL}}}ExitCode") or 0)
        except ValueError:
            raise Broken(f"WinRM on {self.address} answered with what no command prints") from None

    def _signal(self, shell, command):
        body = (f'<rsp:Signal xmlns:rsp="{SHELL}" CommandId="{escape(command)}">'
                f"<rsp:Code>{SHELL}/signal/terminate</rsp:Code></rsp:Signal>")
        self._quietly(SHELL + "/Signal", shell, body)

    def _delete(self, shell):
        self._quietly(TRANSFER + "/Delete", shell, "")

    def _quietly(self, action, shell, body):
        try:
            self._ask(action, shell, body)
        except (Fault, Broken, Refusal) as trouble:  # the host ends an idle shell by itself
            log(f"A shell on {self.address} could not be tidied up: {trouble}")

    def _ask(self, action, shell, body, options=None):
        message = _envelope(f"https://{self.address}/wsman", action, shell, body, options)
        status, answer = self._connection.send(message.encode("utf-8"), PATIENCE + 15)
        try:
            document = xml.fromstring(answer)
        except xml.ParseError:
            raise Broken(f"WinRM on {self.address} answered with broken XML") from None
        fault = document.find(f".//{{{S}}}Fault")
        if fault is None and status == 200:
            return document
        raise _fault(fault)


def _fault(fault):
    detail = None if fault is None else fault.find(".//{http://schemas.microsoft.com/wbem/wsman/1/wsmanfault}WSManFault")
    text = "" if fault is None else " ".join((fault.findtext(f".//{{{S}}}Text") or "").split())
    if detail is not None and not text:
        text = " ".join("".join(detail.itertext()).split())
    return Fault("none" if detail is None else detail.get("Code") or "none", text or "no reason given")


def _envelope(to, action, shell, body, options):
    select = "" if shell is None else (f'<w:SelectorSet><w:Selector Name="ShellId">{escape(shell)}</w:Selector>'
                                       "</w:SelectorSet>")
    choose = "" if not options else "<w:OptionSet>" + "".join(
        f'<w:Option Name="{name}">{value}</w:Option>' for name, value in options.items()) + "</w:OptionSet>"
    return (f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{S}" xmlns:a="{A}" xmlns:w="{W}"><s:Header>'
            f'<a:To>{escape(to)}</a:To><a:ReplyTo><a:Address s:mustUnderstand="true">{A}/role/anonymous</a:Address>'
            f'</a:ReplyTo><a:Action s:mustUnderstand="true">{action}</a:Action>'
            f'<a:MessageID>uuid:{str(uuid.uuid4()).upper()}</a:MessageID>'
            f'<w:ResourceURI s:mustUnderstand="true">{CMD}</w:ResourceURI>'
            '<w:MaxEnvelopeSize s:mustUnderstand="true">153600</w:MaxEnvelopeSize>'
            '<w:Locale xml:lang="en-US" s:mustUnderstand="false"/>'
            f"<w:OperationTimeout>PT{PATIENCE}.000S</w:OperationTimeout>{select}{choose}</s:Header>"
            f"<s:Body>{body}</s:Body></s:Envelope>")
