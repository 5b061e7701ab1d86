/**
 * One step of one learner. A scored rollout goes in; the learner's next parameters, and what the step measured, come
 * out. The passes of a step are computed by one task or by all of them. Imports learner, rollout, rl and model.
 */
@NullMarked
package io.solera.train.update;

import org.jspecify.annotations.NullMarked;
