package io.drover.emulator.proxmox;

import java.util.Map;

/** One request: its parameters are those of the query or the form; {@code body} says whether it had any content. */
record Call(String method, String path, Map<String, String> parameters, Map<String, String> headers, boolean body) {

    /** Method and path below {@code /api2/json}. */
    String line() {
        return method + " " + path;
    }
}
