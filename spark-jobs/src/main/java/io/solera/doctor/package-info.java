/**
 * What {@code solera doctor} looks at, on the driver and on every executor: what a machine has, whether native
 * libraries load, a training step, rewards, the run folder, clocks, and whether it is the same everywhere. {@link
 * io.solera.doctor.Checks} is the list; a session goes in, findings in words come out. Imports Spark, Hadoop's file
 * systems, and what it tries.
 */
@NullMarked
package io.solera.doctor;

import org.jspecify.annotations.NullMarked;
