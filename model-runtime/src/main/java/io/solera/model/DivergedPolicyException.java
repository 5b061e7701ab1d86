package io.solera.model;

/** A policy whose logits are not finite numbers: its weights are damaged, or its training has diverged. */
public final class DivergedPolicyException extends IllegalStateException {
    public DivergedPolicyException(String message) {
        super(message);
    }
}
