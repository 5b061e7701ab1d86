/** The Spark session of a command, and how it ends. Imports Spark. */
@NullMarked
package io.solera.jobs.session;

import org.jspecify.annotations.NullMarked;
