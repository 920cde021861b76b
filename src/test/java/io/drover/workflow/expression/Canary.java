package io.drover.workflow.expression;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/** Sings when somebody has got hold of it: when it is made, or called. */
public final class Canary implements Serializable {
    private static final long serialVersionUID = 1;
    private static final AtomicInteger SUNG = new AtomicInteger();

    /** For whoever makes objects of classes by name. */
    public Canary() {
        sing();
    }

    /** For whoever calls methods. */
    public static String sing() {
        return "sung " + SUNG.incrementAndGet();
    }

    static int sung() {
        return SUNG.get();
    }
}
