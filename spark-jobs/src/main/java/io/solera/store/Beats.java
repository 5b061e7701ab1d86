package io.solera.store;

import java.time.Duration;

/**
 * Heartbeats of a driver that holds a run folder.
 *
 * @param every interval between beats
 * @param silence time without a beat, as observed by a waiting driver, after which the holder is considered gone
 */
record Beats(Duration every, Duration silence) {
    /** Nine missed beats: far more than a JVM pause, an HDFS failover or an NFS attribute cache takes. */
    static final Beats USUAL = new Beats(Duration.ofSeconds(10), Duration.ofSeconds(90));

    /** The pause between two checks. */
    Duration look() {
        Duration second = Duration.ofSeconds(1);
        return every.compareTo(second) < 0 ? every : second;
    }
}
