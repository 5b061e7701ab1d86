/**
 * What a learned network reads: fingerprints, one-hot sequences, or hidden states of a policy. A text goes in;
 * features, or the reason why there are none, come out. Imports model, for hidden states, and reward.molecule's rooms.
 */
@NullMarked
package io.solera.reward.learned.encoding;

import org.jspecify.annotations.NullMarked;
