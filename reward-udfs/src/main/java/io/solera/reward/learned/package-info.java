/** Rewards learned from tables of measurements: networks of Deeplearning4j on fingerprints, sequences and hidden states of policies. */
@NullMarked
package io.solera.reward.learned;

import org.jspecify.annotations.NullMarked;
