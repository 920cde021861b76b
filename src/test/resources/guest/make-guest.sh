#!/bin/sh
# Builds the tests' guest from Debian packages: make-guest.sh <directory>
# Leaves there vmlinuz, initrd.gz and template.qcow2, a disk that boots them by itself, and prints their sizes.
# Needs apt-get and dpkg of Debian, and qemu-utils, syslinux, mtools, dosfstools. Needs no root.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"

PATH=$PATH:/usr/sbin:/sbin
for tool in apt-get apt-cache dpkg dpkg-deb gzip qemu-img mkfs.vfat mcopy syslinux; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install qemu-utils syslinux mtools dosfstools" >&2; exit 1; }
done
[ "$(dpkg --print-architecture)" = amd64 ] || { echo 'The guest is built on amd64 only' >&2; exit 1; }

# What it was made from; the same again needs no work.
recipe=$(cat "$here"/* | sha256sum)
if [ -f recipe ] && [ "$(cat recipe)" = "$recipe" ]; then
    ls -l vmlinuz initrd.gz template.qcow2
    exit 0
fi
rm -rf recipe work
mkdir -p work/packages work/unpacked work/root

fetch() {
    image=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
    [ -n "$image" ] || { echo 'There is no package linux-image-cloud-amd64: run apt-get update on a Debian' >&2; exit 1; }
    (cd work/packages && apt-get download -q "$image" busybox-static >/dev/null 2>apt.log) || { cat work/packages/apt.log >&2; exit 1; }
    for package in work/packages/*.deb; do dpkg-deb -x "$package" work/unpacked; done
}

# Everything the guest has: busybox, the modules that its devices need, and init.
fill_root() {
    modules=$(ls -d work/unpacked/lib/modules/* work/unpacked/usr/lib/modules/* 2>/dev/null | head -n 1)
    root=work/root
    mkdir -p $root/bin $root/proc $root/sys $root/dev $root/modules
    cp "$(ls work/unpacked/bin/busybox work/unpacked/usr/bin/busybox 2>/dev/null | head -n 1)" $root/bin/busybox
    cp "$here/init" "$here/lease" $root/
    chmod 755 $root/init $root/lease
    for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci failover net_failover virtio_net virtio_blk button evdev; do
        file=$(find "$modules/kernel" -name "$module.ko*" | head -n 1)
        case $file in
            '') continue ;;
            *.xz) xz -dc "$file" >"$root/modules/$module.ko" ;;
            *) cp "$file" "$root/modules/$module.ko" ;;
        esac
    done
    (cd $root && find . | ./bin/busybox cpio -o -H newc 2>/dev/null) | gzip -9 >initrd.gz
    cp work/unpacked/boot/vmlinuz-* vmlinuz
}

# 26 MiB, of which the last two belong to no file system: there the guest counts how often it has booted.
make_template() {
    printf 'DEFAULT guest\nPROMPT 0\nLABEL guest\n KERNEL vmlinuz\n INITRD initrd.gz\n APPEND console=tty0 console=ttyS0 quiet\n' >work/syslinux.cfg
    truncate -s 24M work/template.img
    mkfs.vfat -F 16 -n GUEST work/template.img >/dev/null
    mcopy -i work/template.img vmlinuz initrd.gz work/syslinux.cfg ::
    syslinux --install work/template.img
    truncate -s 26M work/template.img
    qemu-img convert -c -O qcow2 work/template.img work/template.qcow2
    mv work/template.qcow2 template.qcow2
}

fetch
fill_root
make_template
rm -rf work
printf '%s\n' "$recipe" >recipe
ls -l vmlinuz initrd.gz template.qcow2
