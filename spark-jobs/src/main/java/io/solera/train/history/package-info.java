/**
 * What is said of a run: the card, the metrics, the summary, the best round, and whether the run stops. Committed
 * rounds go in; files of the run folder come out. Imports evaluation, learner and store.
 */
@NullMarked
package io.solera.train.history;

import org.jspecify.annotations.NullMarked;
