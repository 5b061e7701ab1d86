/** What Spark's lines have differently, a source folder per Scala line. */
@NullMarked
package io.solera.jobs.compat;

import org.jspecify.annotations.NullMarked;
