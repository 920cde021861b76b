package io.drover.bench;

import io.drover.DroverApplication;
import io.drover.access.Accounts;
import io.drover.access.Actor;
import io.drover.access.ApiKeys;
import io.drover.extension.Extensions;
import io.drover.inventory.ClusterSpec;
import io.drover.inventory.Clusters;
import io.drover.inventory.HostSpec;
import io.drover.inventory.Hosts;
import io.drover.inventory.NewNic;
import io.drover.inventory.NewVm;
import io.drover.inventory.TemplateSpec;
import io.drover.inventory.Templates;
import io.drover.operation.OperationState;
import io.drover.operation.Operations;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole application with its defaults, and an inventory of scripts that do nearly nothing. */
final class Application implements AutoCloseable {
    private static final int HOSTS = 4;

    private final OperationEnds ends = new OperationEnds();
    private final ServletWebServerApplicationContext context;
    private final Actor admin;

    Application(Path home, Path extensions, Database database) {
        List<String> arguments = new ArrayList<>(database.arguments());
        arguments.add("--drover.home=" + home.toAbsolutePath());
        arguments.add("--drover.extensions.directories=extensions," + extensions.toAbsolutePath());
        arguments.add("--server.port=0");
        arguments.add("--drover.retention.operations=forever");
        arguments.add("--drover.retention.texts=forever");
        arguments.add("--logging.level.root=WARN");
        arguments.add("--logging.level.io.drover=WARN");
        this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(DroverApplication.class)
                .initializers(made -> ends.addTo((GenericApplicationContext) made))
                .run(arguments.toArray(String[]::new));
        this.admin = bean(Accounts.class).actor("admin").orElseThrow();
        bean(Templates.class).create(new TemplateSpec("tiny-for-any", null, null, null, null), admin);
        for (var name : List.of("Trivial", "Slow")) {
            site(name);
        }
    }

    private void site(String name) {
        bean(Clusters.class).create(new ClusterSpec(name, null, null), admin);
        for (int host = 1; host <= HOSTS; host++) {
            bean(Hosts.class).create(new HostSpec(name + "-" + host, name, null, null), admin);
        }
        bean(Extensions.class).map(name, name, Map.of(), admin);
    }

    /** The ids of new VMs that run, evenly on the hosts. */
    List<String> deploy(String site, int count) throws Exception {
        List<UUID> begun = new ArrayList<>();
        List<String> vms = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            var vm = new NewVm(
                    site.toLowerCase(java.util.Locale.ROOT) + "-" + UUID.randomUUID(),
                    "tiny-for-any",
                    "small",
                    List.of(NewNic.in("demo")),
                    null,
                    site + "-" + (1 + number % HOSTS),
                    Map.of());
            var operation = operations().deploy(vm, admin, null);
            begun.add(operation.id());
            vms.add(operation.vmId().toString());
        }
        for (var operation : begun) {
            awaitSuccess(operation);
        }
        return vms;
    }

    UUID ask(String verb, String vm) {
        return operations().request(verb, vm, admin, null).id();
    }

    void awaitSuccess(UUID operation) throws Exception {
        var state = ends.await(operation);
        if (state != OperationState.SUCCEEDED) {
            throw new IllegalStateException("Operation ended: " + operations().get(operation));
        }
    }

    /** The payload of some status call, as its record has it. */
    String payload() {
        return jdbc().sql("SELECT payload FROM action WHERE verb = 'status' ORDER BY requested_at LIMIT 1")
                .query(String.class)
                .single();
    }

    String apiKey() {
        return bean(ApiKeys.class).create(null, "bench", null, admin).text();
    }

    URI address() {
        return URI.create("http://localhost:" + context.getWebServer().getPort());
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    Actor admin() {
        return admin;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    private Operations operations() {
        return bean(Operations.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
