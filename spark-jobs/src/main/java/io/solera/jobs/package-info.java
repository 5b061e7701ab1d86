/**
 * The command line, one class per command; {@code Solera} has the list. Options go in; an exit code comes out. No
 * package imports it.
 */
@NullMarked
package io.solera.jobs;

import org.jspecify.annotations.NullMarked;
