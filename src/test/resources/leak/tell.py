#!/usr/bin/env python3
"""Tells everything it was given, in every spelling, wherever a program can tell something."""
import base64, html, json, shlex, sys, textwrap
from urllib.parse import quote, quote_plus


def secrets(node):
    if isinstance(node, dict):
        for value in node.values():
            yield from secrets(value)
    elif isinstance(node, list):
        for value in node:
            yield from secrets(value)
    elif isinstance(node, str) and "Lk" in node:
        yield node


def spellings(text):
    raw = text.encode()
    yield from (text, json.dumps(text), json.dumps(text, ensure_ascii=False), json.dumps(json.dumps(text)))
    yield json.dumps(text).replace("/", "\\/")
    yield "".join("\\u%04x" % ord(c) for c in text if ord(c) < 65536)
    yield from (quote(text), quote(text, safe=""), quote_plus(text), quote(quote(text)))
    yield "".join("%%%02x" % b for b in raw)
    for user in ("", "u:", "ab:", "svc:"):
        yield base64.b64encode(user.encode() + raw).decode()
        yield base64.urlsafe_b64encode(user.encode() + raw).decode().rstrip("=")
    yield base64.encodebytes(b"root:" + raw * 3).decode()
    yield base64.b64encode(("$p='" + text).encode("utf-16-le")).decode()
    yield base64.b64encode(json.dumps({"password": text}).encode()).decode()
    yield from (html.escape(text), html.escape(html.escape(text)))
    yield "".join("&#%d;" % ord(c) for c in text)
    yield "".join("&#x%x;" % ord(c) for c in text)
    yield from (shlex.quote(text), repr(text), ascii(text), repr(raw), raw.hex(), raw.hex(":"))
    yield "'" + text.replace("'", "'\\''") + "'"
    yield textwrap.indent(text, "        ")
    yield text.replace("\n", "\r\n")
    yield "\n---\n".join(text.split("\n"))


def main():
    verb, payload_text = sys.argv[1], open(sys.argv[2]).read()
    payload = json.loads(payload_text)
    told = sorted(set(secrets(payload)))
    lines = [line for text in told for line in spellings(text)]
    words = "\n".join(lines)
    if verb == "prepare":
        details = {"root_password": "Lk-prepared-0kq7Zw", "greeting": "in as " + " ".join(told)}
        print(json.dumps({"vncPassword": "LkVnc9Qx", "details": details}))
    elif verb == "create" and "works" in payload_text:
        sys.stderr.write(words)
        print(json.dumps({"status": "success", "message": words}))
    elif verb == "create":
        sys.stderr.write(words)
        print("x" * 470 + words)
        sys.exit(3)
    elif verb == "Tell":
        sys.stderr.write(words)
        print(json.dumps({"printmessage": "true", "message": {"all": lines, "told": told}}))
    elif verb == "status":
        print(json.dumps({"status": "success", "power_state": told[0], "message": words}))
    else:
        sys.stderr.write(words)
        print(json.dumps({"status": "error", "error": "cannot " + verb + ": " + words}))
        sys.exit(1)


main()
