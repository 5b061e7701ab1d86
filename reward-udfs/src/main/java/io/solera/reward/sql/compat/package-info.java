/** The seam to Catalyst, which is written in Scala: nothing above it names a type of Scala. */
@NullMarked
package io.solera.reward.sql.compat;

import org.jspecify.annotations.NullMarked;
