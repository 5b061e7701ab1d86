/**
 * Scores tables. A table and reward calls go in; the same rows with columns of values and reasons come out, in parts
 * that a resumed run does not repeat. Imports table, reward.catalogue and store.storage.
 */
@NullMarked
package io.solera.score;

import org.jspecify.annotations.NullMarked;
