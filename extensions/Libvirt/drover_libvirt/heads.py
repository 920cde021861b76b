"""What a file's first bytes say of it, so that nothing else than a disk is taken for one."""

from .refusal import Refusal

FORMATS = ((b"QFI\xfb", "qcow2"), (b"KDMV", "vmdk"), (b"COWD", "vmdk"), (b"# Disk Descriptor", "vmdk"), (b"vhdxfile", "vhdx"),
           (b"conectix", "vpc"), (b"QED\0", "qed"), (b"<<< ", "vdi"))
PACKED = ((b"\x1f\x8b", "gunzip"), (b"\xfd7zXZ", "unxz"), (b"BZh", "bunzip2"), (b"\x28\xb5\x2f\xfd", "unzstd"),
          (b"PK\x03\x04", "unzip"), (b"7z\xbc\xaf", "7z x"))


def look(key, path, image_format):
    """Refuses a file that is empty, packed, or a disk image of another format than raw that is said to be raw."""
    with open(path, "rb") as file:
        head = file.read(512)
    refuse(key, path, image_format, head)


def refuse(key, path, image_format, head):
    """The same for the first bytes of a file."""
    if not head:
        raise Refusal(f"The {key} {path} is empty: copy it there again, or correct the detail {key}")
    tool = next((tool for sign, tool in PACKED if head.startswith(sign)), None)
    if tool:
        raise Refusal(f"The {key} {path} is compressed: unpack it with {tool}, and set the detail {key} to what comes out")
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise Refusal(f"The {key} {path} is a web page: download it again, and look what the address answers")
    found = next((known for sign, known in FORMATS if head.startswith(sign)), "raw")
    if image_format == "raw" and found != "raw":
        told = "correct or remove the detail image_format" if key == "image" else f"convert it, or correct the detail {key}"
        raise Refusal(f"The {key} {path} is {found}, not raw as it would be used: {told}")
