/**
 * The algorithms of policy optimisation, a page each. Log-probabilities, scores and values of critics go in;
 * advantages, and the loss as c = dL/dlog pi, come out. A reader of PPO opens {@code Ppo}, and finds its formulas
 * called by name. Imports rl.
 */
@NullMarked
package io.solera.rl.algorithm;

import org.jspecify.annotations.NullMarked;
