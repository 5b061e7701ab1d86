package io.solera.doctor;

import java.io.Serializable;

/**
 * The outcome of a check in one place.
 *
 * @param check its name
 * @param place {@code driver}, {@code executor 2 on HOST}, or {@code cluster}
 */
public record Finding(String check, String place, Outcome outcome) implements Serializable {
    /** Of what belongs to no machine. */
    static final String CLUSTER = "cluster";

    static final String DRIVER = "driver";
}
