/**
 * What Spark's metrics system shows of Solera's work, on the driver and on executors. Imports Spark and its library of
 * metrics.
 */
@NullMarked
package io.solera.meter;

import org.jspecify.annotations.NullMarked;
