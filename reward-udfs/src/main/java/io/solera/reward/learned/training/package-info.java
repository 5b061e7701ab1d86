/**
 * Training of reward networks, on Deeplearning4j, which is imported here alone and scores nothing. Labelled texts go
 * in; weights, and measures on a held-out part, come out.
 */
@NullMarked
package io.solera.reward.learned.training;

import org.jspecify.annotations.NullMarked;
