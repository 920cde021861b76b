package io.drover.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OperationStartTests {
    private final UUID operation = UUID.randomUUID();

    @Test
    void knowsTheOperationThatThisThreadStarts() {
        OperationStart.of(operation, () -> {
            assertThat(OperationStart.isOf(operation.toString())).isTrue();
            assertThat(OperationStart.isOf(UUID.randomUUID().toString())).isFalse();
            assertThat(OperationStart.isOf(null)).isFalse();
            assertThat(CompletableFuture.supplyAsync(() -> OperationStart.isOf(operation.toString()))
                            .join())
                    .isFalse();
        });

        assertThat(OperationStart.isOf(operation.toString())).isFalse();
    }

    @Test
    void forgetsItWhenTheStartFails() {
        assertThatThrownBy(() -> OperationStart.of(operation, () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(OperationStart.isOf(operation.toString())).isFalse();
    }
}
