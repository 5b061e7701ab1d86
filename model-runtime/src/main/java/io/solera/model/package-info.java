/** Policy networks on PyTorch: generation, likelihoods, gradients, optimiser. */
@NullMarked
package io.solera.model;

import org.jspecify.annotations.NullMarked;
