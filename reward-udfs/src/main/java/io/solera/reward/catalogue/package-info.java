/**
 * The one list of rewards, an entry each, with definition, reference and deviation. A call such as {@code qed} or
 * {@code activity(model=gsk3)} goes in, a reward comes out. Entries are suppliers, so that a rule loads no native
 * library. Imports all rewards.
 */
@NullMarked
package io.solera.reward.catalogue;

import org.jspecify.annotations.NullMarked;
