/** Spark's settings, which it gives as Scala's pairs. Imports Spark. */
@NullMarked
package io.solera.cluster.compat;

import org.jspecify.annotations.NullMarked;
