package io.solera.reward.learned;

import io.solera.model.imported.ImportedNetwork;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.learned.encoding.Ecfp4;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.Features;
import io.solera.reward.learned.encoding.KeyedScores;
import io.solera.text.LengthBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number of an imported network's output as a reward. Rows of equal length are batched, always {@value #ROWS} at a
 * time, so that a value does not depend on the other texts. There is one network per object, that is, one per JVM and
 * reward.
 */
public final class ImportedPrediction implements Reward {
    static final int ROWS = 16;
    private static final Ecfp4 MOLECULES = new Ecfp4();

    private final ImportedModel model;
    private final ImportedOutputValue chosen;
    private final int longest;
    private transient @Nullable ImportedNetwork network;
    private transient @Nullable KeyedScores values;

    /**
     * Runs the network once, so that a mismatch is reported before any work.
     *
     * @param longest maximum tokens; longer texts are not applicable
     */
    public ImportedPrediction(ImportedModel model, ImportedOutputValue chosen, int longest) {
        if (longest < 1) {
            throw new IllegalArgumentException("Invalid longest: %d (must be at least 1)".formatted(longest));
        }
        this.model = model;
        this.chosen = chosen;
        this.longest = longest;
        if (model.reads() == ImportedModel.Reads.ECFP4) {
            chosen.of(network().ofNumbers(new float[ROWS][MOLECULES.width()], chosen.output()), ROWS);
        } else {
            chosen.of(network().ofTokens(new long[ROWS][1], chosen.output()), ROWS);
        }
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        return values().score(texts, this::key, this::computed);
    }

    private Encoding.Key key(@Nullable String text) {
        if (model.reads() == ImportedModel.Reads.ECFP4) {
            return MOLECULES.key(text);
        }
        int[] tokens = text == null ? null : model.tokens(text);
        if (text == null || tokens == null || text.isEmpty()) {
            return Encoding.Key.refused(Status.INVALID_INPUT);
        }
        return tokens.length > Math.min(longest, network().mostTokens())
                ? Encoding.Key.refused(Status.NOT_APPLICABLE)
                : Encoding.Key.of(text);
    }

    private List<Score> computed(List<String> texts) {
        return model.reads() == ImportedModel.Reads.ECFP4 ? ofFingerprints(texts) : ofTokens(texts);
    }

    private List<Score> ofFingerprints(List<String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (int start = 0; start < texts.size(); start += ROWS) {
            List<String> part = texts.subList(start, Math.min(texts.size(), start + ROWS));
            List<Features> features = MOLECULES.features(part);
            float[][] rows = new float[ROWS][MOLECULES.width()];
            for (int row = 0; row < part.size(); row++) {
                features.get(row).write(rows[row]);
            }
            double[] of = chosen.of(network().ofNumbers(rows, chosen.output()), ROWS);
            for (int row = 0; row < part.size(); row++) {
                scores.add(Score.of(of[row]));
            }
        }
        return scores;
    }

    private List<Score> ofTokens(List<String> texts) {
        long[][] sequences = texts.stream()
                .map(text -> {
                    int[] tokens = model.tokens(text);
                    return Arrays.stream(tokens == null ? new int[0] : tokens)
                            .asLongStream()
                            .toArray();
                })
                .toArray(long[][]::new);
        Score[] scores = new Score[sequences.length];
        for (int[] batch : LengthBatches.ofOneLength(sequences.length, i -> sequences[i].length, ROWS)) {
            long[][] rows = new long[ROWS][];
            // unused rows repeat the first
            Arrays.setAll(rows, row -> sequences[batch[row < batch.length ? row : 0]]);
            double[] of = chosen.of(network().ofTokens(rows, chosen.output()), ROWS);
            for (int row = 0; row < batch.length; row++) {
                scores[batch[row]] = Score.of(of[row]);
            }
        }
        return Arrays.asList(scores);
    }

    private synchronized ImportedNetwork network() {
        if (network == null) {
            network = model.open();
        }
        return network;
    }

    private synchronized KeyedScores values() {
        if (values == null) {
            values = new KeyedScores();
        }
        return values;
    }
}
