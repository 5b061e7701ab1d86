package io.solera.store;

import java.time.Duration;

/**
 * Signs of life of a driver that holds a run folder.
 *
 * @param every how often there is one
 * @param silence without one, watched by who waits, after which the holder counts as gone
 */
record Beats(Duration every, Duration silence) {
    /** Nine missed ones: far above what a pause of the JVM, a failover of HDFS or an attribute cache of NFS takes. */
    static final Beats USUAL = new Beats(Duration.ofSeconds(10), Duration.ofSeconds(90));

    /** How long to wait between two looks. */
    Duration look() {
        Duration second = Duration.ofSeconds(1);
        return every.compareTo(second) < 0 ? every : second;
    }
}
