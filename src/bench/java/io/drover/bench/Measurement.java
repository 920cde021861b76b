package io.drover.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What some clients did for a while, each asking again as soon as it was answered.
 *
 * @param rate calls per second
 * @param nanos how long each call took, sorted
 * @param cpu of one call, in milliseconds
 */
record Measurement(double rate, long[] nanos, CpuTime cpu) {

    static Measurement of(Contender contender, int clients, Duration length, @Nullable Long databaseServer)
            throws Exception {
        var threads = Executors.newFixedThreadPool(clients);
        try {
            var cpu = CpuTime.now(databaseServer);
            long begin = System.nanoTime();
            long end = begin + length.toNanos();
            List<Callable<List<Long>>> loops = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int number = client;
                loops.add(() -> loop(contender, number, end));
            }
            List<Long> nanos = new ArrayList<>();
            for (var loop : threads.invokeAll(loops)) {
                nanos.addAll(loop.get());
            }
            long took = System.nanoTime() - begin;
            var used = CpuTime.now(databaseServer).since(cpu);
            return of(nanos, took, used);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Lets a contender get hot: what it compiles while it is measured would count otherwise.
     *
     * @param calls how many it makes at least
     * @param longest how long it may take
     */
    static void warmUp(Contender contender, int clients, int calls, Duration longest) throws Exception {
        long end = System.nanoTime() + longest.toNanos();
        for (int made = 0; made < calls && System.nanoTime() < end; ) {
            made += of(contender, clients, Duration.ofSeconds(5), null).nanos.length;
        }
    }

    private static Measurement of(List<Long> nanos, long took, CpuTime used) {
        int calls = nanos.size();
        return new Measurement(
                calls * 1e9 / took,
                nanos.stream().mapToLong(Long::longValue).sorted().toArray(),
                new CpuTime(used.jvm() / calls, used.children() / calls, used.database() / calls));
    }

    private static List<Long> loop(Contender contender, int client, long end) throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
            contender.call(client);
            nanos.add(System.nanoTime() - begin);
        }
        return nanos;
    }

    /** In milliseconds. */
    double percentile(int percent) {
        return percentile(nanos, percent);
    }

    /** Of sorted nanoseconds, in milliseconds. */
    static double percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    /** All of them as one: the rates' median, every call's time, the mean of the processor time. */
    static Measurement merged(List<Measurement> rounds) {
        var nanos = rounds.stream()
                .flatMapToLong(round -> Arrays.stream(round.nanos))
                .sorted()
                .toArray();
        var rates = rounds.stream().mapToDouble(Measurement::rate).sorted().toArray();
        double calls = nanos.length;
        double jvm = rounds.stream()
                        .mapToDouble(one -> one.cpu.jvm() * one.nanos.length)
                        .sum()
                / calls;
        double children = rounds.stream()
                        .mapToDouble(one -> one.cpu.children() * one.nanos.length)
                        .sum()
                / calls;
        double database = rounds.stream()
                        .mapToDouble(one -> one.cpu.database() * one.nanos.length)
                        .sum()
                / calls;
        return new Measurement(rates[rates.length / 2], nanos, new CpuTime(jvm, children, database));
    }
}
