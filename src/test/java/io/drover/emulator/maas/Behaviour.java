package io.drover.emulator.maas;

/** How the emulated MAAS and its machines behave; tests set what they need. */
final class Behaviour {
    /** How often a deploying machine is seen before it is deployed. */
    volatile int looksToDeploy = 2;
    /** How often a machine is seen releasing or erasing before it is ready. */
    volatile int looksToRelease = 1;

    /** What is answered with status 200 to an operation, such as {@code machines/ read}, instead of what it gives. */
    final java.util.Map<String, String> answers = new java.util.concurrent.ConcurrentHashMap<>();

    volatile boolean failsDeployments;
    volatile boolean failsReleases;
    volatile boolean ignoresSoftOff;
    volatile boolean ignoresPowerOn;
    volatile boolean powerUnknown;
    /** A MAAS before 3.0, without workload annotations. */
    volatile boolean old;
    /** Whether lists of machines are not filtered by their agent's name. */
    volatile boolean ignoresAgentName;
}
