/**
 * The inputs of learned networks: fingerprints, one-hot sequences, or hidden states of a policy. A text goes in;
 * features, or the reason why there are none, come out. Imports model, for hidden states, and the subpackages of
 * reward.molecule.
 */
@NullMarked
package io.solera.reward.learned.encoding;

import org.jspecify.annotations.NullMarked;
