/**
 * Molecules as graphs: atoms, bonds, rings, stereo, and the perceived properties of atoms. The other packages build or
 * read them. Imports reward, for tables of elements.
 */
@NullMarked
package io.solera.reward.molecule.graph;

import org.jspecify.annotations.NullMarked;
