package io.solera.config;

import io.solera.rl.BucketPenalty;
import io.solera.rl.Setting;
import java.io.Serializable;

/**
 * A memory of what a learner has already found, so that finding the same molecule again earns nothing (T. Blaschke et
 * al., Memory-assisted reinforcement learning for diverse molecular de novo design, J. Cheminform. 12, 68, 2020). Names
 * and defaults are REINVENT's.
 *
 * @param name what falls into the same bucket
 * @param bucketSize molecules that a bucket takes
 * @param minScore what a molecule must have to be remembered; not of {@code penalize-same-smiles}
 * @param minSimilarity of scaffolds that share a bucket, ECFP4 Tanimoto; of {@code scaffold-similarity}
 * @param penalty how the score falls as a bucket fills
 * @param penaltyMultiplier what the score of a known molecule is multiplied with; of {@code penalize-same-smiles}
 * @param purgeBetweenStages whether each stage begins with an empty memory
 */
public record DiversityFilterSettings(
        Name name,
        int bucketSize,
        double minScore,
        double minSimilarity,
        BucketPenalty penalty,
        double penaltyMultiplier,
        boolean purgeBetweenStages)
        implements Serializable {
    /** The filters. */
    public enum Name {
        IDENTICAL_MURCKO_SCAFFOLD,
        /** All atoms are carbon, all bonds single. */
        IDENTICAL_TOPOLOGICAL_SCAFFOLD,
        SCAFFOLD_SIMILARITY,
        PENALIZE_SAME_SMILES
    }

    public DiversityFilterSettings {
        Setting.atLeastOne("bucket-size", bucketSize);
        Setting.fromZeroToOne("min-score", minScore);
        Setting.fromZeroToOne("min-similarity", minSimilarity);
        Setting.fromZeroToOne("penalty-multiplier", penaltyMultiplier);
    }

    static DiversityFilterSettings defaults() {
        return new DiversityFilterSettings(Name.IDENTICAL_MURCKO_SCAFFOLD, 25, 0.4, 0.4, BucketPenalty.STEP, 0.5, true);
    }
}
