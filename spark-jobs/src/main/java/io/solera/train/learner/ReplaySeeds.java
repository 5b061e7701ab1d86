package io.solera.train.learner;

import io.solera.checkpoint.Policy;
import io.solera.config.ReplaySettings;
import io.solera.lang.Excerpt;
import io.solera.model.Sequence;
import io.solera.problem.RequestException;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.table.TableName;
import io.solera.table.Tables;
import io.solera.table.file.TableFormat;
import io.solera.table.file.TextOptions;
import io.solera.text.LeftOut;
import io.solera.text.TokenizationException;
import io.solera.train.rollout.DrawnSample;
import io.solera.train.rollout.Experience;
import io.solera.train.rollout.Prompt;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardColumns;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The molecules that replay memories begin with, as the policy would write them, with all rewards of the job. */
public final class ReplaySeeds {
    private ReplaySeeds() {}

    /**
     * @param note receives the texts that the policy cannot write, or not within its positions, which are left out
     * @throws IllegalArgumentException naming the first text that is not a molecule, or when all are left out
     */
    public static List<ReplayMemory.Entry> of(
            @Nullable ReplaySettings settings,
            Policy policy,
            RewardSet rewards,
            SparkSession spark,
            Consumer<String> note)
            throws IOException {
        List<String> texts = settings == null ? List.of() : texts(settings, spark);
        List<String> canonical = new ArrayList<>();
        List<DrawnSample> samples = new ArrayList<>();
        LeftOut unwritten = new LeftOut();
        Prompt none = Prompts.none(policy.tokenizer().special()).all().get(0);
        for (String text : texts) {
            String smiles = Molecules.canonicalSmiles(text).orElseThrow(() -> refused(text, "no molecule"));
            try {
                samples.add(new DrawnSample(text, none, tokens(text, policy), true));
                canonical.add(smiles);
            } catch (TokenizationException e) {
                unwritten.add(e);
                if (unwritten.count() == texts.size()) {
                    throw refused(texts.get(0), unwritten.message("molecules"));
                }
            }
        }
        List<List<RewardColumns>> scores = samples.isEmpty() ? List.of() : rewards.score(samples, rewards.names());
        List<ReplayMemory.Entry> entries = new ArrayList<>();
        for (int b = 0; b < samples.size(); b++) {
            int sample = b;
            double[] shaped = scores.stream()
                    .mapToDouble(reward -> reward.get(sample).shaped())
                    .toArray();
            Sequence sequence = new Sequence(none.tokens(), samples.get(b).tokens());
            entries.add(new ReplayMemory.Entry(canonical.get(b), new Experience(sequence, shaped)));
        }
        if (unwritten.count() > 0) {
            note.accept("replay: " + unwritten.message("molecules"));
        }
        return entries;
    }

    /** The texts that a job's replay begins with: those that it lists, and those of its file. */
    public static List<String> texts(ReplaySettings settings, SparkSession spark) throws IOException {
        List<String> texts = new ArrayList<>(settings.smiles());
        String file = settings.smilesFile();
        if (file != null) {
            TextOptions options = TextOptions.of(settings.separator(), settings.encoding());
            String format = TableFormat.isKnown(file) ? null : "smi";
            texts.addAll(Tables.textList(spark, new TableName(file, format, options), Tables.SMILES));
        }
        return texts;
    }

    private static int[] tokens(String text, Policy policy) {
        int[] tokens = policy.tokenizer().completion(text);
        if (tokens.length >= policy.config().contextLength()) {
            throw new TokenizationException("%s is longer than the policy's %d positions"
                    .formatted(Excerpt.of(text, 80), policy.config().contextLength()));
        }
        return tokens;
    }

    private static RequestException refused(String text, String why) {
        return new RequestException(
                "Cannot replay %s: %s (replay.smiles and smiles-file must be SMILES that the policy can write)"
                        .formatted(Excerpt.of(text, 80), why));
    }
}
