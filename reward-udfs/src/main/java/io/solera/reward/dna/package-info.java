/**
 * Properties of DNA sequences, with Biopython's definitions. A sequence goes in, a number comes out. Imports reward.
 */
@NullMarked
package io.solera.reward.dna;

import org.jspecify.annotations.NullMarked;
