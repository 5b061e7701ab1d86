/** Lists of the best distinct samples of a run, to take to the laboratory. */
@NullMarked
package io.solera.select;

import org.jspecify.annotations.NullMarked;
