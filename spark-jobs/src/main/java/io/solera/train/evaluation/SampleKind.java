package io.solera.train.evaluation;

import io.solera.config.TrainJob;
import io.solera.reward.alignment.Chain;
import io.solera.reward.catalogue.Input;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.reward.protein.ProteinRewards;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a policy writes, which decides how its samples are measured. */
public enum SampleKind {
    MOLECULES("known-molecules.bin"),
    PROTEINS("known-proteins.bin"),
    /** Anything else: no domain's measures are known for it. */
    TEXTS(null);

    /** Those whose samples are valid or not, and known or new. */
    public static final List<SampleKind> MEASURED = List.of(MOLECULES, PROTEINS);

    private final @Nullable String knownFile;

    SampleKind(@Nullable String knownFile) {
        this.knownFile = knownFile;
    }

    /**
     * What a run writes: molecules if some reward reads them, else what its first policy is known to have learned, else
     * proteins if some reward reads them.
     */
    static SampleKind of(TrainJob job, KnownSamples known) {
        if (job.writesMolecules()) {
            return MOLECULES;
        }
        if (!known.isEmpty()) {
            return known.kind();
        }
        boolean proteins = job.rewards().entrySet().stream()
                .flatMap(reward -> reward.getValue().entry(reward.getKey()).stream())
                .anyMatch(entry -> entry.input() == Input.PROTEIN);
        return proteins ? PROTEINS : TEXTS;
    }

    /** The file of a model folder with hashes of what the policy learned from. */
    String knownFile() {
        if (knownFile == null) {
            throw new IllegalStateException("no hashes of %s are kept".formatted(this));
        }
        return knownFile;
    }

    /** The form that all spellings of a sample share; empty where it is not valid. */
    public Optional<String> canonical(String text) {
        return switch (this) {
            case MOLECULES -> Molecules.canonicalSmiles(text);
            case PROTEINS -> ProteinRewards.isProtein(text) ? Optional.of(Chain.canonical(text)) : Optional.empty();
            case TEXTS -> Optional.of(text);
        };
    }

    /** How good samples are of this kind; null where nothing is known of it. */
    @Nullable
    Quality quality(List<String> samples, KnownSamples known) {
        KnownSamples same = known.kind() == this ? known : KnownSamples.none();
        return switch (this) {
            case MOLECULES -> MoleculeMeasures.of(samples, same);
            case PROTEINS -> ProteinMeasures.of(samples, same);
            case TEXTS -> null;
        };
    }
}
