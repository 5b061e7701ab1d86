/**
 * Options that several commands share, each with what the commands ask of it: what a user wrote goes in, checked settings come
 * out. Imports what commands import, and no command.
 */
@NullMarked
package io.solera.jobs.options;

import org.jspecify.annotations.NullMarked;
