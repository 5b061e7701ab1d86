/**
 * Molecules as graphs: atoms, bonds, rings, stereo, and how an atom is perceived. The other rooms build one or read
 * one. Imports reward, for tables of elements.
 */
@NullMarked
package io.solera.reward.molecule.graph;

import org.jspecify.annotations.NullMarked;
