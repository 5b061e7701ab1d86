package io.solera.fit;

import io.solera.lang.EnumText;
import io.solera.problem.RequestException;
import io.solera.reward.learned.training.Split;
import io.solera.rl.RandomKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which fifth of a table a network is judged on. */
public enum SplitBy {
    /** Molecules of frameworks that the network has not seen. */
    SCAFFOLD,
    RANDOM,
    /** The one, then the other. */
    BOTH;

    /**
     * The default of a kind where none is asked for.
     *
     * @throws RequestException where the kind has no scaffolds
     */
    public static SplitBy of(@Nullable SplitBy asked, LabelledKind kind) {
        boolean molecules = kind == LabelledKind.MOLECULE;
        if (asked != null && asked != RANDOM && !molecules) {
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
        return this == SCAFFOLD
                ? Split.scaffold(table.scaffolds(), key)
                : Split.random(table.texts().size(), key);
    }
}
