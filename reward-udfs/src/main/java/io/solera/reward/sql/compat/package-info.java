/**
 * The seam to Catalyst, which is written in Scala: nothing above it names a type of Scala. Expressions go in, and
 * Spark's own classes come out. Imports Spark alone.
 */
@NullMarked
package io.solera.reward.sql.compat;

import org.jspecify.annotations.NullMarked;
