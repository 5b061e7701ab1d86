/**
 * Rewards for tables. A table and calls of rewards go in; the same rows with columns of values and reasons come out, in
 * parts that a second run does not repeat. Imports table, reward.catalogue and store.storage.
 */
@NullMarked
package io.solera.score;

import org.jspecify.annotations.NullMarked;
