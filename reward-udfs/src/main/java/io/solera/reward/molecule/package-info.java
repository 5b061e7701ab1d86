/** Rewards on molecules, written as SMILES. */
@NullMarked
package io.solera.reward.molecule;

import org.jspecify.annotations.NullMarked;
