package io.solera.select;

import io.solera.config.RewardField;
import io.solera.config.RewardSettings;
import io.solera.config.RunName;
import io.solera.problem.RequestException;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.molecule.InchiKey;
import io.solera.reward.molecule.MurckoScaffold;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The chosen samples as a table, a column of cells at a time. */
final class SelectionTable {
    private static final MathContext DIGITS = new MathContext(6);

    private final List<Candidate> chosen;
    private final List<@Nullable String> texts = new ArrayList<>();
    private StructType schema = new StructType();
    private final List<List<?>> columns = new ArrayList<>();
    /** The columns for a console, with the text last, as it may be long. */
    private final List<String> shown = new ArrayList<>();

    private final List<String> shownLast = new ArrayList<>();

    SelectionTable(List<Candidate> chosen, Kind kind) {
        this.chosen = chosen;
        chosen.forEach(candidate -> texts.add(candidate.text()));
        List<Integer> ranks = new ArrayList<>();
        for (int rank = 1; rank <= chosen.size(); rank++) {
            ranks.add(rank);
        }
        shown.add(add(RunName.RANK.text(), DataTypes.IntegerType, ranks));
        shownLast.add(add(kind.input().column(), DataTypes.StringType, texts));
        if (chosen.stream().anyMatch(candidate -> candidate.prompt() != null)) {
            List<@Nullable String> prompts = new ArrayList<>();
            chosen.forEach(candidate -> prompts.add(candidate.prompt()));
            shownLast.add(0, add(SampleColumns.PROMPT, DataTypes.StringType, prompts));
        }
        shown.add(add(RunName.GEOMETRIC_MEAN.text(), DataTypes.DoubleType, numbers(Candidate::score)));
    }

    /** Each reward of the run, raw and shaped. */
    void addRewards(List<String> rewards) {
        for (int k = 0; k < rewards.size(); k++) {
            int place = k;
            shown.add(add(
                    RewardField.RAW.of(rewards.get(k)),
                    DataTypes.DoubleType,
                    numbers(candidate -> candidate.raw()[place])));
            add(
                    RewardField.SHAPED.of(rewards.get(k)),
                    DataTypes.DoubleType,
                    numbers(candidate -> candidate.shaped()[place]));
        }
    }

    /** The similarity of each to a learned reward's training data. */
    void addDomain(String reward, Reward domain) {
        shown.add(add(RewardField.DOMAIN.of(reward), DataTypes.DoubleType, scores(new Guarded(domain))));
    }

    /** Rewards that the run did not have, scored now. */
    void addScored(Map<String, RewardSettings> more, Resources resources) throws IOException {
        for (Map.Entry<String, RewardSettings> each : more.entrySet()) {
            RewardCall call = each.getValue().call(each.getKey());
            if (each.getValue().other(each.getKey()) != null) {
                throw new RequestException(
                        "Invalid --rewards: %s (it compares with a column, which a list does not have)"
                                .formatted(call));
            }
            shown.add(add(
                    each.getKey(), DataTypes.DoubleType, scores(new Guarded(RewardCatalogue.create(call, resources)))));
        }
    }

    /** Columns only for molecules. */
    void addMolecules(KnownSamples training, KnownTexts known) {
        List<@Nullable String> keys = new ArrayList<>();
        List<@Nullable String> scaffolds = new ArrayList<>();
        List<@Nullable String> nearest = new ArrayList<>();
        List<@Nullable Double> similarities = new ArrayList<>();
        for (String text : texts) {
            keys.add(Molecules.read(text).optional().flatMap(InchiKey::of).orElse(null));
            scaffolds.add(
                    Molecules.read(text).optional().map(MurckoScaffold::of).orElse(null));
            KnownTexts.Nearest one = known.to(String.valueOf(text)).orElse(null);
            nearest.add(one == null ? null : one.smiles());
            similarities.add(one == null ? null : rounded(one.similarity()));
        }
        add(RunName.INCHIKEY.text(), DataTypes.StringType, keys);
        add(RunName.SCAFFOLD.text(), DataTypes.StringType, scaffolds);
        addInTraining(training);
        if (known.size() > 0) {
            add(RunName.NEAREST_KNOWN.text(), DataTypes.StringType, nearest);
            shown.add(add(RunName.NEAREST_KNOWN_SIMILARITY.text(), DataTypes.DoubleType, similarities));
        }
    }

    /** Whether the run's first policy learned from it; no column where that is not known. */
    void addInTraining(KnownSamples training) {
        if (!training.isEmpty()) {
            List<@Nullable Boolean> cells = new ArrayList<>();
            for (String text : texts) {
                cells.add(
                        training.kind().canonical(text).map(training::contains).orElse(null));
            }
            add(RunName.IN_TRAINING_SET.text(), DataTypes.BooleanType, cells);
        }
    }

    /** The first occurrence of each. */
    void addOrigin() {
        List<@Nullable Integer> steps = new ArrayList<>();
        chosen.forEach(candidate -> steps.add(candidate.step()));
        shown.add(add(
                RunName.ROUND.text(),
                DataTypes.IntegerType,
                chosen.stream().map(Candidate::round).toList()));
        shown.add(add(
                RunName.EXPERT.text(),
                DataTypes.StringType,
                chosen.stream().map(Candidate::expert).toList()));
        add(RunName.STEP.text(), DataTypes.IntegerType, steps);
    }

    /** The columns for the console. */
    List<String> shown() {
        List<String> all = new ArrayList<>(shown);
        all.addAll(shownLast);
        return all;
    }

    StructType schema() {
        return schema;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            @Nullable Object[] cells = new Object[columns.size()];
            for (int k = 0; k < cells.length; k++) {
                cells[k] = columns.get(k).get(i);
            }
            rows.add(RowFactory.create(cells));
        }
        return rows;
    }

    /** The final name of the column. */
    private String add(String name, DataType type, List<?> cells) {
        String free = free(name);
        schema = schema.add(free, type, true);
        columns.add(cells);
        return free;
    }

    /** An unused column name. */
    private String free(String name) {
        Set<String> taken = Arrays.stream(schema.fieldNames())
                .map(column -> column.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String free = name;
        for (int k = 2; taken.contains(free.toLowerCase(Locale.ROOT)); k++) {
            free = name + "_" + k;
        }
        return free;
    }

    /** Six significant digits, as in a run's molecules.csv; whole numbers unchanged. */
    private static double rounded(double value) {
        return Double.isInfinite(value) || value == Math.rint(value)
                ? value
                : new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private List<@Nullable Double> scores(Reward reward) {
        List<@Nullable Double> cells = new ArrayList<>();
        for (Score score : texts.isEmpty() ? List.<Score>of() : reward.score(texts)) {
            cells.add(score.present() ? rounded(score.value()) : null);
        }
        return cells;
    }

    private List<@Nullable Double> numbers(ToDoubleFunction<Candidate> number) {
        List<@Nullable Double> cells = new ArrayList<>();
        for (Candidate candidate : chosen) {
            double value = number.applyAsDouble(candidate);
            cells.add(Double.isNaN(value) ? null : rounded(value));
        }
        return cells;
    }
}
