package io.solera.train;

import io.solera.checkpoint.Policy;

/**
 * What a run is given beside its job.
 *
 * @param reference the policy that it starts from
 * @param known molecules that the reference was trained on
 * @param base where the reference came from
 */
public record RunInputs(
        Policy reference, RewardSet rewards, Prompts prompts, KnownMolecules known, StartingModel base) {
    /** With a reference of which no more is known. */
    public RunInputs(Policy reference, RewardSet rewards, Prompts prompts, KnownMolecules known) {
        this(reference, rewards, prompts, known, StartingModel.UNKNOWN);
    }
}
