/**
 * Options shared by several commands. User input goes in; checked settings come out. Imports what commands import, but
 * no command.
 */
@NullMarked
package io.solera.jobs.options;

import org.jspecify.annotations.NullMarked;
