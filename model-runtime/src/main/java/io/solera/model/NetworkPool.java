package io.solera.model;

import io.solera.checkpoint.NetworkConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The networks of this JVM, lent to one task at a time and kept for the next: their native memory is allocated once for
 * each shape, device and concurrent task. A lent network still has the parameters of its last user.
 */
public final class NetworkPool {
    private static final Map<Key, Deque<Network>> IDLE = new ConcurrentHashMap<>();

    private NetworkPool() {}

    private record Key(NetworkConfig config, Device device) {}

    /** A network that is returned to the pool on close. */
    public record Lease(Network network) implements AutoCloseable {
        @Override
        public void close() {
            Deque<Network> idle = idle(network.config(), network.device());
            synchronized (idle) {
                if (!idle.contains(network)) {
                    idle.push(network);
                }
            }
        }
    }

    /** A network on the processor. */
    public static Lease lease(NetworkConfig config) {
        return lease(config, Device.CPU);
    }

    public static Lease lease(NetworkConfig config, Device device) {
        Deque<Network> idle = idle(config, device);
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return new Lease(idle.pop());
            }
        }
        return new Lease(Network.of(config, device));
    }

    private static Deque<Network> idle(NetworkConfig config, Device device) {
        return IDLE.computeIfAbsent(new Key(config, device), shape -> new ArrayDeque<>());
    }
}
