/**
 * SMARTS patterns, with RDKit's meaning and a limit on steps. A pattern and a molecule go in; matches come out. Imports
 * graph.
 */
@NullMarked
package io.solera.reward.molecule.smarts;

import org.jspecify.annotations.NullMarked;
