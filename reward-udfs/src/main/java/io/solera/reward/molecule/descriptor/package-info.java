/**
 * Numbers of a molecule: logP, polar surface, drug-likeness, synthetic accessibility and counts, compared with RDKit's.
 * A molecule goes in, a number comes out. Imports graph, smiles, smarts and fingerprint.
 */
@NullMarked
package io.solera.reward.molecule.descriptor;

import org.jspecify.annotations.NullMarked;
