/**
 * How update directions become one. The updates u_i of experts, or their Gram matrix alone, go in; coefficients alpha,
 * and the next parameters, come out. Imports rl.
 */
@NullMarked
package io.solera.rl.blend;

import org.jspecify.annotations.NullMarked;
