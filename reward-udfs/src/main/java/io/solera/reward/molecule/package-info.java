/**
 * Rewards on molecules, written as SMILES: the properties computed by the subpackages, similarity, scaffolds, alerts,
 * InChIKeys and drawings. Imports its subpackages; the CDK draws, and the InChI library writes InChIs.
 */
@NullMarked
package io.solera.reward.molecule;

import org.jspecify.annotations.NullMarked;
