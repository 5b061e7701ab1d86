/** Properties of DNA sequences. */
@NullMarked
package io.solera.reward.dna;

import org.jspecify.annotations.NullMarked;
