package io.solera.model;

import io.solera.checkpoint.Gpt2Config;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The networks of this JVM, lent to one task at a time and kept for the next: their native memory is allocated once for each shape
 * and concurrent task. A lent network holds whatever parameters its last user left.
 */
public final class NetworkPool {
    private static final Map<Gpt2Config, Deque<Gpt2>> IDLE = new ConcurrentHashMap<>();

    private NetworkPool() {}

    /** A network that is given back on close. */
    public record Lease(Gpt2 network) implements AutoCloseable {
        @Override
        public void close() {
            Deque<Gpt2> idle = idle(network.config());
            synchronized (idle) {
                if (!idle.contains(network)) {
                    idle.push(network);
                }
            }
        }
    }

    public static Lease lease(Gpt2Config config) {
        Deque<Gpt2> idle = idle(config);
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return new Lease(idle.pop());
            }
        }
        return new Lease(new Gpt2(config));
    }

    private static Deque<Gpt2> idle(Gpt2Config config) {
        return IDLE.computeIfAbsent(config, shape -> new ArrayDeque<>());
    }
}
