/** What Spark's lines have differently, a source folder per Scala line. Imports Spark alone. */
@NullMarked
package io.solera.jobs.compat;

import org.jspecify.annotations.NullMarked;
