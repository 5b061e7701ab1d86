/**
 * The boundary to Catalyst, which is written in Scala: no other package uses a Scala type. Expressions go in, and
 * Spark's own classes come out. Imports only Spark.
 */
@NullMarked
package io.solera.reward.sql.compat;

import org.jspecify.annotations.NullMarked;
