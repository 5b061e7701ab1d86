package io.solera.train.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.config.DiversityFilterSettings;
import io.solera.config.DiversityFilterSettings.Name;
import io.solera.rl.BucketPenalty;
import org.junit.jupiter.api.Test;

class TestDiversityFilter {
    private static final String TOLUENE = "Cc1ccccc1";
    private static final String ETHYLBENZENE = "CCc1ccccc1";
    private static final String PROPYLBENZENE = "CCCc1ccccc1";
    private static final String PICOLINE = "Cc1ccccn1";

    @Test
    void aBucketTakesAsManyAsItsSize() {
        DiversityFilter filter = filter(settings(Name.IDENTICAL_MURCKO_SCAFFOLD, 2, BucketPenalty.STEP));
        assertThat(filter.factor(TOLUENE, 0.9)).isEqualTo(1);
        assertThat(filter.factor(ETHYLBENZENE, 0.9)).isEqualTo(1);
        assertThat(filter.factor(PROPYLBENZENE, 0.9)).isZero();
        assertThat(filter.factor(PICOLINE, 0.9)).isEqualTo(1);
        assertThat(filter.memory().buckets()).containsEntry("c1ccccc1", 3).hasSize(2);
        assertThat(filter.memory().full(2)).isEqualTo(1);
    }

    @Test
    void aKnownMoleculeGetsNothingHoweverItIsWritten() {
        DiversityFilter filter = filter(settings(Name.IDENTICAL_MURCKO_SCAFFOLD, 25, BucketPenalty.STEP));
        filter.factor(TOLUENE, 0.9);
        assertThat(filter.factor("c1ccccc1C", 0.9)).isZero();
        assertThat(filter.memory().buckets()).containsEntry("c1ccccc1", 1);
    }

    @Test
    void whatIsNotGoodEnoughOrHasNoScoreIsNotRemembered() {
        DiversityFilter filter = filter(settings(Name.IDENTICAL_MURCKO_SCAFFOLD, 1, BucketPenalty.STEP));
        assertThat(filter.factor(TOLUENE, 0.39)).isEqualTo(1);
        assertThat(filter.factor(TOLUENE, Double.NaN)).isEqualTo(1);
        assertThat(filter.factor("c1cccc", 0.9)).isEqualTo(1);
        assertThat(filter.memory().isEmpty()).isTrue();
    }

    @Test
    void topologyForgetsElementsAndBonds() {
        DiversityFilter filter = filter(settings(Name.IDENTICAL_TOPOLOGICAL_SCAFFOLD, 1, BucketPenalty.STEP));
        assertThat(filter.factor(TOLUENE, 0.9)).isEqualTo(1);
        assertThat(filter.factor(PICOLINE, 0.9)).isZero();
        assertThat(filter.memory().buckets()).containsOnlyKeys("C1CCCCC1");
    }

    @Test
    void similarScaffoldsShareABucketAlsoAfterTheMemoryWasWritten() {
        DiversityFilterSettings near =
                new DiversityFilterSettings(Name.SCAFFOLD_SIMILARITY, 25, 0.4, 0.05, BucketPenalty.LINEAR, 0.5, true);
        DiversityFilter filter = filter(near);
        assertThat(filter.factor(TOLUENE, 0.9)).isEqualTo(1 - 1 / 25.0);
        LearnerMemory kept = LearnerMemory.of(new LearnerMemory(filter.memory(), ReplayMemory.EMPTY).text());
        assertThat(kept.diversity()).isEqualTo(filter.memory());
        DiversityFilter later = new DiversityFilter(near, kept.diversity());
        assertThat(later.factor(PICOLINE, 0.9)).isEqualTo(1 - 2 / 25.0);
        assertThat(later.memory().buckets()).containsOnlyKeys("c1ccccc1");
        DiversityFilter strict = filter(
                new DiversityFilterSettings(Name.SCAFFOLD_SIMILARITY, 25, 0.4, 1, BucketPenalty.LINEAR, 0.5, true));
        strict.factor(TOLUENE, 0.9);
        strict.factor(PICOLINE, 0.9);
        assertThat(strict.memory().buckets()).hasSize(2);
    }

    @Test
    void theSameMoleculeIsWorthLess() {
        DiversityFilter filter = filter(settings(Name.PENALIZE_SAME_SMILES, 25, BucketPenalty.STEP));
        assertThat(filter.factor(TOLUENE, 0.1)).isEqualTo(1);
        assertThat(filter.factor(TOLUENE, 0.1)).isEqualTo(0.5);
        assertThat(filter.factor(TOLUENE, 0.1)).isEqualTo(0.5);
    }

    private static DiversityFilterSettings settings(Name name, int size, BucketPenalty penalty) {
        return new DiversityFilterSettings(name, size, 0.4, 0.4, penalty, 0.5, true);
    }

    private static DiversityFilter filter(DiversityFilterSettings settings) {
        return new DiversityFilter(settings, DiversityMemory.EMPTY);
    }
}
