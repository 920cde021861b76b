package io.drover.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The forms in which a report is written. */
public enum ReportFormat {
    /** For people. */
    TEXT {
        @Override
        public String write(Report report) {
            return TextReport.of(report);
        }
    },
    /** For programs: {@link Report} as it is, times in ISO-8601. */
    JSON {
        @Override
        public String write(Report report) {
            try {
                return MAPPER.writeValueAsString(report) + "\n";
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    /** For build servers: each check is a test case. Warnings are in its output. */
    JUNIT {
        @Override
        public String write(Report report) {
            return JunitReport.of(report);
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The report in this form, ending with a line break. */
    public abstract String write(Report report);
}
