/**
 * One learner and its step. A scored rollout goes in; the learner's next parameters, and what the step measured, come
 * out. The algorithms, a page each, are here. Imports rollout, rl and model.
 */
@NullMarked
package io.solera.train.learner;

import org.jspecify.annotations.NullMarked;
