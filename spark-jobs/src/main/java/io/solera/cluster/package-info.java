/**
 * What Spark's cluster is when a stage is made: how many tasks it runs, which settings its file systems have, and which
 * folders its machines share. Imports Spark.
 */
@NullMarked
package io.solera.cluster;

import org.jspecify.annotations.NullMarked;
