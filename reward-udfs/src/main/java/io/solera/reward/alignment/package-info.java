/**
 * How alike two protein chains are: alignments with BLOSUM62, shared k-mers, and the nearest of some references.
 * Sequences go in, a share comes out. Imports reward.
 */
@NullMarked
package io.solera.reward.alignment;

import org.jspecify.annotations.NullMarked;
