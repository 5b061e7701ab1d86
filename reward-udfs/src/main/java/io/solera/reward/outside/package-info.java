/** Rewards that other programs compute: a process of the user's own, a service, or a helper JVM that can be killed. */
@NullMarked
package io.solera.reward.outside;

import org.jspecify.annotations.NullMarked;
