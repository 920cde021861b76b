"""Turns QEMU's pictures into PNG."""

import re
import struct
import zlib

from .refusal import Refusal

HEADER = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


def read_ppm(data):
    """Width, height and pixels, three bytes each."""
    header = HEADER.match(data)
    if not header:
        raise Refusal("QEMU gave no picture: start the VM with a screen")
    return int(header[1]), int(header[2]), data[header.end():]


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
