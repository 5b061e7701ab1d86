package io.solera.train;

import io.solera.checkpoint.Policy;

/**
 * What a run is given beside its job.
 *
 * @param reference the policy that it starts from
 * @param known molecules that the reference was trained on
 */
public record RunInputs(Policy reference, RewardSet rewards, Prompts prompts, KnownMolecules known) {}
