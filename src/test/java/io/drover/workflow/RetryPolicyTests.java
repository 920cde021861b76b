package io.drover.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTests {

    @ParameterizedTest
    @CsvSource({
        "R3/PT10S,3,PT10S",
        "R1/PT0S,1,PT0S",
        "R0/PT1M,1,PT1M",
        "R9999/P1D,9999,PT24H",
        "R2/P1DT2H3M4.5S,2,PT26H3M4.5S",
        "' R3/PT10S ',3,PT10S"
    })
    void readsACycle(String cycle, int attempts, Duration pause) {
        assertThat(RetryPolicy.parse(cycle, "task")).isEqualTo(new RetryPolicy(attempts, pause));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "PT10S",
                "R/PT10S",
                "R3",
                "R3/",
                "R3/P",
                "R3/10S",
                "R-1/PT1S",
                "R10000/PT1S",
                "R3/PT-5S",
                "R3/-PT5S",
                "R3/P1M",
                "R3/P1Y",
                "R3/PTS",
                "R3/PT10S,PT20S",
                "R3/PT99999999999999999999H",
                "${retry}"
            })
    void refusesAnythingElse(String cycle) {
        assertThatThrownBy(() -> RetryPolicy.parse(cycle, "Task_Deploy"))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("Task_Deploy")
                .hasMessageContaining("'" + cycle + "'");
    }
}
