package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.inventory.Creation;
import io.drover.inventory.VmState;
import io.drover.inventory.life.Ending;
import io.drover.inventory.life.StateTable.Next;
import io.drover.inventory.life.StateTable.Situation;
import io.drover.inventory.life.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts VMs into situations, asks a verb of each through the doors with an extension that ends as it is told, and looks. */
final class StateWalk {
    /** Logs each call, and ends the verb it is told about as it is told. Harms nothing that is foreign, but tells who tried. */
    private static final String PROGRAM = """
            #!/bin/sh
            dir=@DIR@
            vm=$(grep -o 'w0x-1-[0-9]*-VM' "$2" | head -n 1)
            read -r verb ending <"$dir/$vm.told"
            echo "$1" >>"$dir/$vm.calls"
            if [ "$1" = "$verb" ]; then case $ending in
                REFUSAL) echo '{"status":"error","message":"told to refuse"}'; exit 3 ;;
                TROUBLE) kill -9 $$ ;;
                LOST) kill -9 $PPID; exec sleep 60 ;;
                REPEATED) [ -e "$dir/$vm.once" ] || { : >"$dir/$vm.once"; kill -9 $PPID; exec sleep 60; } ;;
                CANCELLED) exec sleep 60 ;;
            esac; fi
            [ "$1" = status ] || [ ! -e "$dir/$vm.foreign" ] || echo "$vm $1" >>"$dir/harm"
            echo "$1" >>"$dir/$vm.done"
            echo '{"status":"success","power_state":"poweron"}'
            """;

    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final DroverClient admin;
    private final JdbcClient jdbc;
    private final Path told;
    private final AtomicInteger number = new AtomicInteger(1000);
    private UUID like = new UUID(0, 0);

    StateWalk(DroverClient admin, JdbcClient jdbc, Path told) {
        this.admin = admin;
        this.jdbc = jdbc;
        this.told = told;
    }

    String program() {
        return PROGRAM.replace("@DIR@", told.toString());
    }

    /** VMs are made like this one. */
    void like(UUID vm) {
        like = vm;
    }

    /**
     * What was seen of one combination.
     *
     * @param accepted whether the door let it in
     * @param offered the verbs that the VM's answer offered before
     * @param left the verbs that it offers afterwards
     * @param calls every call of the program, in order
     * @param done those that succeeded
     */
    record Seen(
            boolean accepted,
            List<String> offered,
            Next next,
            List<String> left,
            List<String> calls,
            List<String> done) {}

    /** @param power what was last seen of its power */
    Seen walk(Situation situation, Ending ending, String power) throws IOException, InterruptedException {
        var vm = new Vm(UUID.randomUUID(), "w0x-1-" + number.incrementAndGet() + "-VM");
        insert(vm, situation, power);
        if (situation.creation() == Creation.Never && !(situation.verb() == Verb.DEPLOY && ending != Ending.REFUSAL)) {
            Files.createFile(told.resolve(vm.name() + ".foreign"));
        }
        var verb = wire(situation.verb());
        Files.writeString(told.resolve(vm.name() + ".told"), verb + " " + ending + "\n");
        var offered = verbs(admin.vm(vm.id().toString()));
        var answer = ask(situation.verb(), vm.id());
        boolean accepted = answer.status() == 202;
        if (accepted) {
            drive(answer.json().path("id").asText(), ending, () -> lines(vm, "calls")
                    .contains(verb));
        } else {
            assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        }
        var after = admin.vm(vm.id().toString());
        var next = new Next(
                VmState.valueOf(after.path("state").asText()),
                Creation.valueOf(after.path("creation").asText()));
        return new Seen(accepted, offered, next, verbs(after), lines(vm, "calls"), lines(vm, "done"));
    }

    /** Where a foreign VM was touched. */
    List<String> harm() throws IOException {
        var path = told.resolve("harm");
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private record Vm(UUID id, String name) {}

    private interface Condition {
        boolean holds() throws IOException;
    }

    private DroverClient.Answer ask(Verb verb, UUID vm) {
        return switch (verb) {
            case DELETE -> admin.delete("/api/v1/vms/" + vm);
            case CUSTOM_ACTION -> admin.post("/api/v1/vms/" + vm + "/actions/Poke");
            default -> admin.post("/api/v1/vms/" + vm + "/" + verb.word());
        };
    }

    /** Presses the buttons that a waiting operation has until it has ended. */
    private void drive(String operation, Ending ending, Condition called) throws IOException, InterruptedException {
        var path = "/api/v1/operations/" + operation;
        var last = Instant.now().plus(PATIENCE);
        boolean cancel = false;
        for (var now = admin.operation(operation); ; now = admin.operation(operation)) {
            var state = now.path("state").asText();
            if (ENDED.contains(state)) {
                return;
            }
            assertThat(Instant.now()).as("%s still %s", ending, now).isBefore(last);
            if (ending == Ending.CANCELLED && !cancel && called.holds()) {
                cancel = admin.post(path + "/cancel").status() == 200;
            } else if (state.equals("WAITING")) {
                var why = now.path("waitingFor").asText();
                assertThat(why).isNotBlank();
                press(path, why);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void press(String operation, String why) {
        if (why.startsWith("Attempt")) {
            admin.post(operation + "/retry");
        } else if (why.startsWith("Incident")) {
            admin.post(operation + "/cancel").expecting(200);
        }
    }

    private void insert(Vm vm, Situation situation, String power) {
        boolean lives = situation.state() != VmState.Expunged;
        jdbc.sql("""
                        INSERT INTO vm (id, name, live_name, internal_name, state, power_state, owner_id, domain, template_id,
                            service_offering_id, cluster_id, host_id, last_host_id, wished_cluster_id, creation, created_at)
                        SELECT :id, :name, :live, :name, :state, :power, owner_id, domain, template_id, service_offering_id,
                            cluster_id, host_id, host_id, cluster_id, :creation, created_at
                        FROM vm WHERE id = :like
                        """)
                .param("id", vm.id())
                .param("name", vm.name())
                .param("live", lives ? vm.name() : null)
                .param("state", situation.state().name())
                .param("power", power)
                .param("creation", situation.creation().name())
                .param("like", like)
                .update();
    }

    private List<String> lines(Vm vm, String kind) throws IOException {
        var path = told.resolve(vm.name() + "." + kind);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private static List<String> verbs(JsonNode vm) {
        return StreamSupport.stream(vm.path("verbs").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String wire(Verb verb) {
        return verb == Verb.CUSTOM_ACTION ? "Poke" : verb.wireWord();
    }

    /** The verbs of calls. */
    static List<Verb> asked(List<String> calls) {
        var custom = Map.of("create", Verb.DEPLOY);
        return calls.stream()
                .map(call -> custom.getOrDefault(call, Verb.of(call)))
                .toList();
    }
}
