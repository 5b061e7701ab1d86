/**
 * Likelihood training: pretraining, and supervised fine-tuning. Texts go in, a policy comes out; gradients of
 * micro-batches are summed in their order. Imports train's rooms, model and store.
 */
@NullMarked
package io.solera.train.likelihood;

import org.jspecify.annotations.NullMarked;
