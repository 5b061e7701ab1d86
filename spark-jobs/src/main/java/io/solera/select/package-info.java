/**
 * Lists of the best distinct samples of a run, to take to the laboratory. Committed rounds and thresholds go in, a
 * ranked list comes out. Imports store, table.output and train's rooms.
 */
@NullMarked
package io.solera.select;

import org.jspecify.annotations.NullMarked;
