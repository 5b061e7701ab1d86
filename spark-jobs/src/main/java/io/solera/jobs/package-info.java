/** The command line. */
@NullMarked
package io.solera.jobs;

import org.jspecify.annotations.NullMarked;
