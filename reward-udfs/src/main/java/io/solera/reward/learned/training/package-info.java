/**
 * Training of reward networks with Deeplearning4j, which is imported only here and never used for scoring. Labelled
 * texts go in; weights, and metrics on a held-out part, come out.
 */
@NullMarked
package io.solera.reward.learned.training;

import org.jspecify.annotations.NullMarked;
