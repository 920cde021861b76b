package io.drover.secret;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The secrets that this process has lately had to do with. The log is kept clean of them; it belongs to the whole process, so
 * there is one of these. Only the newest are kept, since all would be too many to look for.
 */
public final class LiveSecrets {
    private static final int MOST = 4000;
    private static final int LONGEST = 16_384;

    private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();
    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();
    private static final Set<String> IN_ORDER = new LinkedHashSet<>();
    private static SecretText secrets = new SecretText();

    private LiveSecrets() {}

    /** Keeps this value out of the log from now on. */
    public static void remember(String value) {
        if (value.length() > LONGEST || Spellings.common(value) || !KNOWN.add(value)) {
            return;
        }
        LOCK.writeLock().lock();
        try {
            IN_ORDER.add(value);
            secrets.learn(value);
            if (IN_ORDER.size() > MOST) {
                forgetOldest();
            }
        } finally {
            LOCK.writeLock().unlock();
        }
    }

    /** The text without those secrets. */
    public static String mask(String text) {
        LOCK.readLock().lock();
        try {
            return secrets.mask(text);
        } finally {
            LOCK.readLock().unlock();
        }
    }

    private static void forgetOldest() {
        var oldest = IN_ORDER.iterator();
        while (IN_ORDER.size() > MOST / 2) {
            KNOWN.remove(oldest.next());
            oldest.remove();
        }
        secrets = new SecretText();
        IN_ORDER.forEach(secrets::learn);
    }
}
