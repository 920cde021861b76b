package io.drover.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What somebody might put into a detail to reach further than it is meant to. */
public enum Hostile {
    /** Places of the server's, of its users' and of others. */
    PLACE(
            "/",
            "/etc/shadow",
            "/etc",
            "/root/.ssh/id_rsa",
            "/proc/self/environ",
            "/dev/sda",
            "/srv/images/../../etc/shadow",
            "/srv/imagesX/a.qcow2",
            "../../etc/shadow",
            "x/../../../etc/shadow",
            "..",
            "~/.ssh/id_rsa",
            "~root/x",
            "%2e%2e/%2e%2e/etc/shadow",
            "/srv/images/%2e%2e/x",
            "C:\\Windows\\System32\\config\\SAM",
            "D:\\vhd\\..\\other\\disk0.vhdx",
            "D:\\vhdX\\disk0.vhdx",
            "D:\\templates\\a.vhdx:stream",
            "D:/vhd/a",
            "\\\\evil.invalid\\share\\a.vhdx",
            "\\\\?\\C:\\secret.vhdx",
            "\\\\.\\PhysicalDrive0"),
    /** What a program takes for an option. */
    OPTION("-oProxyCommand=id", "--help", "-", "-c/bin/sh"),
    /** What a program takes for something else than a file or an address. */
    PROTOCOL(
            "file:///etc/shadow",
            "json:{\"driver\":\"file\",\"filename\":\"/etc/shadow\"}",
            "nbd:unix:/tmp/x",
            "nbd://evil.invalid/x",
            "fat:/etc",
            "ssh://u@evil.invalid/x",
            "http://user:secret@evil.invalid/",
            "https://user@evil.invalid/",
            "https://evil.invalid/#x",
            "https://evil.invalid/x?y=z",
            "https://evil.invalid/%2e%2e/x",
            "https://-evil/",
            "https://evil.invalid:0/",
            "gopher://evil.invalid/",
            "javascript:alert(1)"),
    /** What a connection URI of libvirt runs, reads or believes. */
    CONNECTION(
            "qemu+ssh://payload.json@h/system?command=/bin/bash",
            "qemu+ssh://h/system?netcat=/tmp/x",
            "qemu+ssh://h/system?proxy=netcat",
            "qemu+ssh://h/system?socket=/tmp/x",
            "qemu+ssh://h/system?keyfile=/root/.ssh/id_rsa",
            "qemu+ssh://h/system?known_hosts=/tmp/x",
            "qemu+ssh://h/system?no_verify=1",
            "qemu+ssh://h/system?%63ommand=/bin/bash",
            "qemu+ssh://h/system?mode=auto;command=/bin/bash",
            "qemu+ssh://h/system?mode=auto&command=/bin/bash",
            "qemu+ssh://h/system?name=test:///default",
            "qemu+ssh://-oProxyCommand=id/system",
            "qemu+ssh://-oProxyCommand=id@h/system",
            "qemu+ssh://user:password@h/system",
            "qemu+ext:///system?command=/bin/bash",
            "qemu+libssh://h/system",
            "qemu+libssh2://h/system",
            "qemu+tls://h/system?pkipath=/tmp/x",
            "QEMU+SSH://h/system?command=id",
            "test:///default",
            "test:///etc/shadow",
            "esx://h/system",
            "qemu:///embed?root=/tmp/x",
            "qemu:///system/../x"),
    /** What ends a line, a text or a record. */
    CONTROL("a\nb", "a\r\nX-Header: y", "\na", "a\n", "a\u0000b", "a\u001b[2J", "\u007f"),
    /** What a shell does something with. */
    SHELL("$(id)", "`id`", "a;id", "a|id", "a&&id", "a>b", "'\"", "a b;c"),
    /** What adds an option to another one. */
    COMMA("a,file=/etc/shadow", "host,x=/etc/shadow", "vmbr0,tag=1", "local,import-from=/etc/shadow");

    private final List<String> values;

    Hostile(String... values) {
        this.values = List.of(values);
    }

    /** The values of this kind. */
    List<String> examples() {
        return values;
    }

    /** All values with their kinds, with those that are about this home, too. */
    public static Stream<Map.Entry<Hostile, String>> all(Path home) {
        List<Map.Entry<Hostile, String>> all = new ArrayList<>();
        for (var kind : values()) {
            kind.examples().forEach(value -> all.add(Map.entry(kind, value)));
        }
        for (var place : List.of("", "keys/secrets.key", "drover.mv.db", "initial-admin-password", "vms/../keys/x")) {
            all.add(Map.entry(PLACE, home.resolve(place).toString()));
        }
        return all.stream();
    }
}
