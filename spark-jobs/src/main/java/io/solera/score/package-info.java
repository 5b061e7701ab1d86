/** Scoring tables. */
@NullMarked
package io.solera.score;

import org.jspecify.annotations.NullMarked;
