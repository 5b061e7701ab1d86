/** Rewards from a frozen policy. */
@NullMarked
package io.solera.reward.policy;

import org.jspecify.annotations.NullMarked;
