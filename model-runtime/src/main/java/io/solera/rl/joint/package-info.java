/**
 * One advantage per sample from several rewards. A rollout's shaped rewards and their weights go in; advantages, and
 * the coefficients of the rewards where they are added, come out. Imports rl, rl.blend and rl.measure.
 */
@NullMarked
package io.solera.rl.joint;

import org.jspecify.annotations.NullMarked;
