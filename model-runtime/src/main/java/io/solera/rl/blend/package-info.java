/**
 * Combines several update directions into one. The updates u_i of experts, or only their Gram matrix, go in;
 * coefficients alpha and the next parameters come out. Imports rl.
 */
@NullMarked
package io.solera.rl.blend;

import org.jspecify.annotations.NullMarked;
