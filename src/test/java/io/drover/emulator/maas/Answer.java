package io.drover.emulator.maas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** An answer of MAAS: JSON, or a line of text for what it refuses. */
record Answer(int status, String type, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer json(int status, Object value) {
        try {
            return new Answer(status, "application/json", JSON.writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static Answer text(int status, String line) {
        return new Answer(status, "text/plain", line);
    }
}
