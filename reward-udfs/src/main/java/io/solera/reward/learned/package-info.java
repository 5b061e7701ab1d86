/** Rewards learned from tables of molecules: networks of Deeplearning4j on fingerprints. */
@NullMarked
package io.solera.reward.learned;

import org.jspecify.annotations.NullMarked;
