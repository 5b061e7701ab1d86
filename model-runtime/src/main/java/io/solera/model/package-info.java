/**
 * Policy networks on PyTorch: generation, likelihoods and gradients. Parameters and token ids go in; samples,
 * log-probabilities and gradients come out. Together with {@code model.imported} the only package that imports ai.djl.
 * Native memory is freed at the end of the step that allocated it.
 */
@NullMarked
package io.solera.model;

import org.jspecify.annotations.NullMarked;
