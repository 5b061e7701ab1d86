/**
 * Rewards that other programs compute: a process of the user's own, a service, or a helper JVM that can be killed.
 * Batches of texts go out as JSON; values with reasons come back, within time limits. Imports reward.
 */
@NullMarked
package io.solera.reward.outside;

import org.jspecify.annotations.NullMarked;
