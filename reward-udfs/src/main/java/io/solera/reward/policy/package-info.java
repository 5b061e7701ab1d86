/**
 * Rewards from a frozen policy, such as fluency. A text goes in; a number from its log-probabilities comes out. Imports
 * model.
 */
@NullMarked
package io.solera.reward.policy;

import org.jspecify.annotations.NullMarked;
