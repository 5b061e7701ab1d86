package io.solera.model;

import io.solera.checkpoint.NetworkConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The networks of this JVM, lent to one task at a time and kept for the next: their native memory is allocated once for each shape
 * and concurrent task. A lent network holds whatever parameters its last user left.
 */
public final class NetworkPool {
    private static final Map<NetworkConfig, Deque<Network>> IDLE = new ConcurrentHashMap<>();

    private NetworkPool() {}

    /** A network that is given back on close. */
    public record Lease(Network network) implements AutoCloseable {
        @Override
        public void close() {
            Deque<Network> idle = idle(network.config());
            synchronized (idle) {
                if (!idle.contains(network)) {
                    idle.push(network);
                }
            }
        }
    }

    public static Lease lease(NetworkConfig config) {
        Deque<Network> idle = idle(config);
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return new Lease(idle.pop());
            }
        }
        return new Lease(Network.of(config));
    }

    private static Deque<Network> idle(NetworkConfig config) {
        return IDLE.computeIfAbsent(config, shape -> new ArrayDeque<>());
    }
}
