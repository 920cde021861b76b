package io.drover.emulator.proxmox;

import java.util.regex.Pattern;

/** Checks the header that carries an API token. */
final class Token {

    private static final Pattern HEADER = Pattern.compile("PVEAPIToken=([^!\\s]+@[^!\\s]+)!([^=\\s]+)=(\\S+)");

    private Token() {}

    static void check(String header) {
        var token = HEADER.matcher(header == null ? "" : header);
        if (!token.matches()) {
            throw new Refusal(401, "No ticket");
        }
        if (!token.group(1).equals(ProxmoxEmulator.USER) || !token.group(2).equals(ProxmoxEmulator.TOKEN)) {
            throw new Refusal(401, "no such token '%s' for user '%s'".formatted(token.group(2), token.group(1)));
        }
        if (!token.group(3).equals(ProxmoxEmulator.SECRET)) {
            throw new Refusal(401, "invalid token value!");
        }
    }
}
