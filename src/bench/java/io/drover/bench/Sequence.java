package io.drover.bench;

import io.drover.workflow.Processes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One client, one operation of many service tasks in a row, against the bare script called as often by one client. */
final class Sequence {
    private static final int TASKS = 40;
    private static final int OPERATIONS = 8;

    private final String kind;
    private final Application application;
    private final Contender bare;
    private final String vm;

    Sequence(String kind, Application application, Contender bare, String vm) {
        this.kind = kind;
        this.application = application;
        this.bare = bare;
        this.vm = vm;
    }

    void run(PrintStream out) throws Exception {
        var processes = application.bean(Processes.class);
        var before = processes.diagram("vm-status");
        processes.load("vm-status", diagram(), application.admin());
        List<Long> steps = new ArrayList<>();
        List<Long> bareSteps = new ArrayList<>();
        for (int number = 0; number <= OPERATIONS; number++) {
            var measuredBare =
                    Measurement.of(bare, 1, Duration.ofMillis(500), null).nanos();
            var operation = application.ask("status", vm);
            application.awaitSuccess(operation);
            if (number > 0) {
                steps.addAll(steps(operation));
                for (long nanos : measuredBare) {
                    bareSteps.add(nanos);
                }
            }
        }
        processes.load("vm-status", before, application.admin());
        double step = median(steps);
        double floor = median(bareSteps);
        out.printf(
                Locale.ROOT,
                "%s: %d service tasks in a row, one client: p50 per step %.2f ms, p95 %.2f ms; bare p50 %.2f ms; 1.5 x bare + 3 ms = %.2f ms%n",
                kind,
                TASKS,
                step,
                Measurement.percentile(sorted(steps), 95),
                floor,
                1.5 * floor + 3);
    }

    /** From the intent of one action to that of the next. */
    private List<Long> steps(UUID operation) {
        var times = application
                .jdbc()
                .sql("SELECT requested_at FROM action WHERE operation_id = :operation ORDER BY requested_at")
                .param("operation", operation)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list();
        if (times.size() != TASKS) {
            throw new IllegalStateException(times.size() + " actions instead of " + TASKS);
        }
        List<Long> steps = new ArrayList<>();
        for (int number = 1; number < times.size(); number++) {
            steps.add(Duration.between(times.get(number - 1), times.get(number)).toNanos());
        }
        return steps;
    }

    private static byte[] diagram() {
        var text = new StringBuilder("""
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" targetNamespace="urn:drover:bench">
                <bpmn:process id="vm-status" isExecutable="true" camunda:historyTimeToLive="P30D"><bpmn:startEvent id="T0"/>
                """);
        for (int task = 1; task <= TASKS; task++) {
            text.append("""
                    <bpmn:sequenceFlow id="F%1$d" sourceRef="T%2$d" targetRef="T%1$d"/>
                    <bpmn:serviceTask id="T%1$d" name="Step %1$d" camunda:delegateExpression="${extensionExecutor}">
                    <bpmn:extensionElements><camunda:field name="verb" stringValue="status"/></bpmn:extensionElements></bpmn:serviceTask>
                    """.formatted(task, task - 1));
        }
        text.append("""
                <bpmn:sequenceFlow id="FE" sourceRef="T%d" targetRef="E"/><bpmn:endEvent id="E"/></bpmn:process></bpmn:definitions>
                """.formatted(TASKS));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static double median(List<Long> nanos) {
        return Measurement.percentile(sorted(nanos), 50);
    }

    private static long[] sorted(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
