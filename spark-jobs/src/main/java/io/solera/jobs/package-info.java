/**
 * The command line, one class per command; {@code Solera} has the list. Options go in, an exit code comes out; nobody
 * imports it.
 */
@NullMarked
package io.solera.jobs;

import org.jspecify.annotations.NullMarked;
