"""Turns pictures of screens into PNG."""

import re
import struct
import zlib

from .refusal import Refusal

HEADER = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


def read_ppm(data):
    """Width, height and pixels, three bytes each."""
    header = HEADER.match(data)
    if not header:
        raise Refusal("libvirt gave no picture: start the VM with a screen")
    return int(header[1]), int(header[2]), data[header.end():]


def read_png(data):
    """The same of a PNG as QEMU makes them: eight bits for each colour, not interlaced."""
    place, packed, shape = 8, b"", ()
    while place + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        if kind == b"IHDR":
            shape = struct.unpack(">IIBBBBB", data[place + 8:place + 21])
        elif kind == b"IDAT":
            packed += data[place + 8:place + 8 + length]
        place += 12 + length
    if shape[2:] not in ((8, 2, 0, 0, 0), (8, 6, 0, 0, 0)):
        raise Refusal("libvirt gave a picture of an unknown kind: look at the screen by getconsole")
    size = 3 if shape[3] == 2 else 4
    return shape[0], shape[1], b"".join(_rows(zlib.decompress(packed), size * shape[0], size))


def _rows(data, width, size):
    above = bytearray(width)
    for start in range(0, len(data), width + 1):
        row = bytearray(data[start + 1:start + 1 + width])
        if data[start]:
            _unfilter(data[start], row, above, size)
        above = row
        if size == 4:
            row = bytearray(row[at] for at in range(width) if at % 4 != 3)
        yield bytes(row)


def _unfilter(kind, row, above, size):
    """Adds to each byte what the PNG's filter foretold from its neighbours."""
    foretell = (_left, _up, _mean, _nearest)[kind - 1]
    for at, up in enumerate(above):
        left, corner = (row[at - size], above[at - size]) if at >= size else (0, 0)
        row[at] = (row[at] + foretell(left, up, corner)) & 255


def _left(left, _up, _corner):
    return left


def _up(_left, up, _corner):
    return up


def _mean(left, up, _corner):
    return (left + up) // 2


def _nearest(left, up, corner):
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    return left if to_left <= to_up and to_left <= to_corner else up if to_up <= to_corner else corner


def png(width, height, pixels):
    """The picture as a PNG file."""
    row = 3 * width
    lines = b"".join(b"\0" + pixels[start:start + row] for start in range(0, row * height, row))
    shape = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", shape) + _chunk(b"IDAT", zlib.compress(lines, 6)) + _chunk(b"IEND", b""))


def halved(width, height, pixels):
    """Every other pixel of every other line."""
    width, height, row = width // 2, height // 2, 3 * width
    lines = []
    for line in range(height):
        start = 2 * line * row
        whole = pixels[start:start + 6 * width]
        half = bytearray(3 * width)
        for colour in range(3):
            half[colour::3] = whole[colour::6]
        lines.append(bytes(half))
    return width, height, b"".join(lines)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
