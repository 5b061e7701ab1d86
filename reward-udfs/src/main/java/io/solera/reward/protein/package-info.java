/**
 * Properties of protein sequences, with Biopython's definitions. A sequence goes in, a number comes out. Imports
 * reward.
 */
@NullMarked
package io.solera.reward.protein;

import org.jspecify.annotations.NullMarked;
