"""NTLM version 2 as a client (MS-NLMP), for hosts that take no Basic logins, which is how Windows comes.
Python's hashlib often lacks MD4 today, so it is here (RFC 1320). Transport security is TLS's business."""

import hashlib
import hmac
import os
import struct
import time

UNICODE, REQUEST_TARGET, NTLM, ALWAYS_SIGN = 0x1, 0x4, 0x200, 0x8000
EXTENDED, BITS_128, BITS_56 = 0x80000, 0x20000000, 0x80000000
FLAGS = UNICODE | REQUEST_TARGET | NTLM | ALWAYS_SIGN | EXTENDED | BITS_128 | BITS_56
TIMESTAMP = 7
ORDERS = (tuple(range(16)), (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15),
          (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15))
SHIFTS = ((3, 7, 11, 19), (3, 5, 9, 13), (3, 9, 11, 15))
ADDENDS = (0, 0x5A827999, 0x6ED9EBA1)
MIXES = (lambda x, y, z: x & y | ~x & z, lambda x, y, z: x & y | x & z | y & z, lambda x, y, z: x ^ y ^ z)


def md4(data):
    """The MD4 digest of the bytes."""
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack("<Q", 8 * len(data))
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    for start in range(0, len(padded), 64):
        words = struct.unpack("<16I", padded[start:start + 64])
        a, b, c, d = state
        for order, shifts, addend, mix in zip(ORDERS, SHIFTS, ADDENDS, MIXES):
            for step, word in enumerate(order):
                total = (a + mix(b, c, d) + words[word] + addend) & 0xFFFFFFFF
                shift = shifts[step % 4]
                a, b, c, d = d, (total << shift | total >> (32 - shift)) & 0xFFFFFFFF, b, c
        state = [(old + new) & 0xFFFFFFFF for old, new in zip(state, (a, b, c, d))]
    return struct.pack("<4I", *state)


def negotiate():
    """The first message: what this client can do."""
    return b"NTLMSSP\0" + struct.pack("<II", 1, FLAGS) + b"\0" * 16


def authenticate(challenge, username, password, now=None, nonce=None):
    """The third message: proof of the password for the host's challenge. ValueError if that is none."""
    flags, server_nonce, target = _read(challenge)
    domain, user = _split(username)
    moment = _timestamp(target)
    filetime = moment if moment is not None else int(((time.time() if now is None else now) + 11644473600) * 10**7)
    nonce = os.urandom(8) if nonce is None else nonce
    key = response_key(user, domain, password)
    nt_response = response(key, server_nonce, nonce, filetime, target)
    lm_response = b"\0" * 24 if moment is not None else _hmac(key, server_nonce + nonce) + nonce
    parts = (lm_response, nt_response, domain.encode("utf-16-le"), user.encode("utf-16-le"), b"", b"")
    head, body, offset = b"NTLMSSP\0" + struct.pack("<I", 3), b"", 64
    for part in parts:
        head += struct.pack("<HHI", len(part), len(part), offset + len(body))
        body += part
    return head + struct.pack("<I", FLAGS & (flags | REQUEST_TARGET)) + body


def response_key(user, domain, password):
    """The key made of the password (NTOWFv2)."""
    return _hmac(md4(password.encode("utf-16-le")), (user.upper() + domain).encode("utf-16-le"))


def response(key, server_nonce, nonce, filetime, target):
    """The answer to the host's nonce (NTLMv2_RESPONSE)."""
    blob = b"\x01\x01" + b"\0" * 6 + struct.pack("<Q", filetime) + nonce + b"\0" * 4 + target + b"\0" * 4
    return _hmac(key, server_nonce + blob) + blob


def _read(challenge):
    if len(challenge) < 48 or challenge[:12] != b"NTLMSSP\0" + struct.pack("<I", 2):
        raise ValueError("not an NTLM challenge")
    length, _, offset = struct.unpack("<HHI", challenge[40:48])
    if offset + length > len(challenge):
        raise ValueError("a cut NTLM challenge")
    return struct.unpack("<I", challenge[20:24])[0], challenge[24:32], challenge[offset:offset + length]


def _timestamp(target):
    at = 0
    while at + 4 <= len(target):
        kind, length = struct.unpack("<HH", target[at:at + 4])
        if kind == TIMESTAMP and length == 8:
            return struct.unpack("<Q", target[at + 4:at + 12])[0]
        if kind == 0:
            break
        at += 4 + length
    return None


def _split(username):
    domain, separator, user = username.partition("\\")
    return (domain, user) if separator else ("", username)


def _hmac(key, data):
    return hmac.new(key, data, hashlib.md5).digest()
