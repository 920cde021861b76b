package io.drover.operation;

import static io.drover.operation.OperationFixtures.ANN;
import static io.drover.operation.OperationFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.operation.Operation.Failure;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which of several failures is told. */
@JdbcTest
@Import(OperationRepository.class)
class OperationFailuresTests {
    @Autowired
    private OperationRepository operations;

    @Autowired
    private JdbcClient jdbc;

    /** What the operation is for; its failures as verb:code, - for no verb; the code and the message that are told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy | deploy:exit-code                                 | exit-code  | deploy exit-code",
                "deploy | deploy:timed-out stop:died delete:exit-code      | timed-out  | deploy timed-out",
                "deploy | prepare:exit-code deploy:died                    | exit-code  | prepare exit-code",
                "deploy | -:patch-refused stop:died                        | patch-refused | - patch-refused",
                "delete | stop:exit-code delete:died                       | died       | delete died",
                "deploy | deploy:foreign-vm stop:foreign-vm                | foreign-vm | deploy foreign-vm",
                "deploy | deploy:died stop:foreign-vm delete:foreign-vm    | foreign-vm | stop foreign-vm. Before that, deploy died",
                "deploy | deploy:timed-out stop:died delete:foreign-vm     | foreign-vm | delete foreign-vm. Before that, deploy timed-out",
                "deploy | -:patch-refused stop:foreign-vm                  | foreign-vm | stop foreign-vm. Before that, - patch-refused",
                "deploy | deploy:died delete:foreign-vm -:not-seen         | foreign-vm | delete foreign-vm. Before that, deploy died",
                "delete | stop:foreign-vm delete:foreign-vm                | foreign-vm | stop foreign-vm",
                "delete | stop:died delete:foreign-vm                      | foreign-vm | delete foreign-vm. Before that, stop died",
            })
    void aForeignVmIsToldWhateverFailedBefore(String wanted, String failures, String code, String message) {
        var operation = UUID.randomUUID();
        operations.add(operation, OperationFixtures.vm(jdbc, ANN), wanted, ANN, NOW);
        var noted = new OperationFailures(jdbc, operations);

        for (var failure : failures.split(" ")) {
            var parts = failure.split(":");
            var verb = parts[0].equals("-") ? null : parts[0];
            noted.note(operation, verb, new Failure(parts[1], parts[0] + " " + parts[1]));
        }

        assertThat(operations.find(operation).orElseThrow().error()).isEqualTo(new Failure(code, message));
    }
}
