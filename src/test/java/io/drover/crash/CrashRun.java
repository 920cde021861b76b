package io.drover.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills servers at random moments while clients keep them busy, and looks at what is left. */
final class CrashRun {
    private static final int KILLS_BETWEEN_RESTS = 15;

    private final Plan plan;
    private final Random random;
    private final Findings findings = new Findings();
    private final Journal journal;
    private final List<Node> nodes = new ArrayList<>();

    CrashRun(Plan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.journal = new Journal(plan.arguments().size() > 1);
    }

    /** Does what was planned and says what was found. */
    Findings run() throws IOException, InterruptedException {
        Findings.say("Seed " + plan.seed() + ", " + plan.kills() + " kills, " + plan.directory());
        var end = new Thread(this::end);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            start();
            var api = new Api(nodes.stream().map(Node::address).toList(), password(), findings);
            var settlement = new Settlement(api, journal, findings, nodes);
            try (var load = new Load(api, journal, findings, plan.seed())) {
                load.begin();
                TimeUnit.SECONDS.sleep(3);
                killAll(load, settlement);
            }
            settlement.await();
            new Verdict(api, journal, new Ledger(simulator(api), findings), findings).reach();
        } finally {
            end();
            Runtime.getRuntime().removeShutdownHook(end);
        }
        findings.figure("actions whose program the harness killed", journal.killedPrograms());
        Findings.say("Figures\n" + findings.figures());
        Findings.say(findings.violations().size() + " violations, seed " + plan.seed());
        return findings;
    }

    private void start() throws IOException, InterruptedException {
        nodes.addAll(plan.nodes());
        for (var node : nodes) {
            node.start();
        }
        for (var node : nodes) {
            node.awaitReady();
        }
    }

    private void killAll(Load load, Settlement settlement) throws IOException, InterruptedException {
        int kills = 0;
        int rest = KILLS_BETWEEN_RESTS;
        while (kills < plan.kills()) {
            var victim = nodes.get(random.nextInt(nodes.size()));
            TimeUnit.MILLISECONDS.sleep(random.nextInt(random.nextBoolean() ? 1000 : 6000));
            kill(victim, ++kills, "ready");
            while (kills < plan.kills() && random.nextInt(100) < 15) {
                victim.start();
                TimeUnit.MILLISECONDS.sleep(
                        random.nextInt((int) victim.lastStart().toMillis()));
                kill(victim, ++kills, "starting");
            }
            victim.start();
            victim.awaitReady();
            if (kills >= rest && kills < plan.kills()) {
                rest = kills + KILLS_BETWEEN_RESTS;
                load.pause();
                settlement.await();
                load.goOn();
            }
        }
    }

    private void kill(Node victim, int number, String when) throws InterruptedException {
        victim.kill();
        findings.count("kills of a server that was " + when);
        var programs = new Programs(victim.home());
        var line = "Kill " + number + " of " + victim.home().getFileName() + " (" + when + ")";
        if (random.nextInt(100) < 10) {
            var killed = programs.killAll();
            journal.programsKilled(killed);
            findings.count("kills of a server with its programs");
            Findings.say(line + " with its programs " + killed);
        } else {
            Findings.say(
                    line + ", " + programs.alive().values().stream().distinct().count() + " programs go on");
        }
        WholeRead.of(victim.home(), line, findings);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(2000));
    }

    private String password() throws IOException {
        for (var node : nodes) {
            if (Files.exists(node.home().resolve("initial-admin-password"))) {
                return node.password();
            }
        }
        throw new IllegalStateException("No server has the initial administrator's password");
    }

    private static Path simulator(Api api) throws InterruptedException {
        return Path.of(api.get("/api/v1/hosts/sim-1")
                .body()
                .path("details")
                .path("state_dir")
                .asText());
    }

    private void end() {
        for (var node : nodes) {
            node.end();
            new Programs(node.home()).killAll();
        }
    }
}
