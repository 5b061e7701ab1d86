package io.solera.fit;

import io.solera.lang.EnumText;
import io.solera.problem.RequestException;
import io.solera.reward.alignment.Clusters;
import io.solera.reward.learned.encoding.Alphabet;
import io.solera.reward.learned.encoding.OneHot;
import io.solera.reward.learned.training.Split;
import io.solera.rl.RandomKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which fifth of a table a network is judged on. */
public enum SplitBy {
    /** Molecules of frameworks that the network has not seen. */
    SCAFFOLD,
    RANDOM,
    /** Scaffolds, then random. */
    BOTH,
    /** Proteins of families that the network has not seen: {@link Clusters} at an identity of 0.5. */
    CLUSTER;

    private static final double FAMILY = 0.5;

    /**
     * The default of a kind where none is asked for.
     *
     * @throws RequestException where the kind has no scaffolds, or no families
     */
    public static SplitBy of(@Nullable SplitBy asked, LabelledKind kind) {
        boolean molecules = kind == LabelledKind.MOLECULE;
        if (asked == CLUSTER && kind != LabelledKind.SEQUENCE) {
            throw new RequestException("Invalid split: cluster (must be %s: only proteins have families)"
                    .formatted(molecules ? "scaffold, random or both" : "random"));
        }
        if (asked != null && asked != RANDOM && asked != CLUSTER && !molecules) {
            throw new RequestException(
                    "Invalid split: %s (must be random: only molecules have scaffolds)".formatted(asked.text()));
        }
        return asked != null ? asked : molecules ? BOTH : RANDOM;
    }

    public String text() {
        return EnumText.of(this);
    }

    /** The splits in their order. */
    List<SplitBy> each() {
        return this == BOTH ? List.of(SCAFFOLD, RANDOM) : List.of(this);
    }

    Split split(LabelledTable table, long seed) {
        RandomKey key = RandomKey.of(seed).with("split");
        return switch (this) {
            case SCAFFOLD -> Split.scaffold(table.scaffolds(), key);
            case CLUSTER -> Split.scaffold(families(table), key);
            case RANDOM, BOTH -> Split.random(table.texts().size(), key);
        };
    }

    private static List<String> families(LabelledTable table) {
        if (!(table.encoding() instanceof OneHot oneHot) || oneHot.alphabet() != Alphabet.PROTEIN) {
            throw new RequestException("Invalid split: cluster (must be random: only proteins have families)");
        }
        List<String> families = Clusters.of(table.texts().texts(), FAMILY);
        if (families.stream().distinct().count() < 2) {
            throw new RequestException(
                    "Invalid split: cluster (must be random: all proteins are of one family, at an identity of %s)"
                            .formatted(FAMILY));
        }
        return families;
    }
}
