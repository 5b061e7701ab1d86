/**
 * Policy networks on PyTorch: generation, likelihoods and gradients. Parameters and token ids go in; samples,
 * log-probabilities and gradients come out. With its room imported, the only place that imports ai.djl; native memory
 * ends with the step that took it.
 */
@NullMarked
package io.solera.model;

import org.jspecify.annotations.NullMarked;
