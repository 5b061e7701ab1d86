/**
 * Rewards on molecules, written as SMILES: a catalogue of what the rooms below compute, similarity, scaffolds, alerts,
 * InChIKeys and drawings. Imports its rooms; the CDK draws, and the InChI library writes InChIs.
 */
@NullMarked
package io.solera.reward.molecule;

import org.jspecify.annotations.NullMarked;
