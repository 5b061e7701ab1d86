/**
 * From SMILES to molecules and back: reading, valences, aromaticity and canonical spelling, equal to RDKit's. A string
 * goes in; a molecule, or the reason why it is none, comes out. Imports graph; the CDK writes canonical SMILES.
 */
@NullMarked
package io.solera.reward.molecule.smiles;

import org.jspecify.annotations.NullMarked;
