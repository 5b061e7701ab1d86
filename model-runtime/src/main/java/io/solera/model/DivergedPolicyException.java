package io.solera.model;

import io.solera.problem.Category;
import io.solera.problem.Problem;

/** A policy whose logits are not finite numbers: its weights are damaged, or its training has diverged. */
public final class DivergedPolicyException extends IllegalStateException implements Problem {
    public DivergedPolicyException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }
}
