package io.solera.jobs.options;

import io.solera.fit.LabelledKind;
import io.solera.fit.LabelledTable;
import io.solera.jobs.input.Models;
import io.solera.lang.EnumText;
import io.solera.problem.RequestException;
import io.solera.reward.learned.encoding.Alphabet;
import io.solera.reward.learned.encoding.Ecfp4;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.HiddenState;
import io.solera.reward.learned.encoding.OneHot;
import io.solera.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The content of the table, and the network's input. */
public final class FeatureOptions {
    /** The content of the rows. */
    enum Input {
        SMILES(LabelledKind.MOLECULE, "smiles"),
        PROTEIN(LabelledKind.SEQUENCE, "sequence"),
        DNA(LabelledKind.SEQUENCE, "sequence"),
        TEXT(LabelledKind.TEXT, "text");

        private final LabelledKind kind;
        private final String column;

        Input(LabelledKind kind, String column) {
            this.kind = kind;
            this.column = column;
        }

        String text() {
            return EnumText.of(this);
        }
    }

    @Option(
            names = "--input",
            defaultValue = "smiles",
            description = "The content of a row: smiles, protein, dna or text.")
    private Input input = Input.SMILES;

    @Option(
            names = "--features",
            paramLabel = "KIND",
            description = "The network's input: ecfp4 (for smiles), one-hot (for protein, dna), or policy, its hidden "
                    + "state (for smiles, text). Default: the first that fits the input.")
    private @Nullable String features;

    @Option(
            names = "--positions",
            paramLabel = "N",
            description =
                    "For one-hot: number of letters; shorter sequences are padded (default: the longest sequence).")
    private @Nullable Integer positions;

    @Option(
            names = "--policy",
            defaultValue = Models.PRIOR,
            paramLabel = "MODEL",
            description = "For policy: a model folder, or prior.")
    private String policy = Models.PRIOR;

    @Option(
            names = "--pooling",
            defaultValue = "mean",
            description = "For policy: mean over the tokens, or last (after the whole text).")
    private HiddenState.Pooling pooling = HiddenState.Pooling.MEAN;

    @Option(
            names = "--head",
            defaultValue = "mlp",
            paramLabel = "KIND",
            description = "mlp (with --hidden layers) or linear (without).")
    private Head head = Head.MLP;

    /** Whether there are hidden layers. */
    enum Head {
        MLP,
        LINEAR
    }

    public LabelledKind kind() {
        return input.kind;
    }

    public String column(@Nullable String given) {
        return given == null ? input.column : given;
    }

    public boolean linear() {
        return head == Head.LINEAR;
    }

    /** @throws IllegalArgumentException if they do not fit together */
    public Encoding encoding(SparkSession spark, TableName data, String column, Models models) throws Exception {
        return switch (features()) {
            case Ecfp4.NAME -> new Ecfp4();
            case OneHot.NAME -> {
                Alphabet alphabet = input == Input.DNA ? Alphabet.DNA : Alphabet.PROTEIN;
                int longest = positions == null ? Math.max(1, LabelledTable.longest(spark, data, column)) : positions;
                yield new OneHot(alphabet, longest);
            }
            default -> new HiddenState(policy, models.policy(policy), pooling);
        };
    }

    /** One of those that fit the input. */
    private String features() {
        List<String> fitting = switch (input) {
            case SMILES -> List.of(Ecfp4.NAME, HiddenState.NAME);
            case PROTEIN, DNA -> List.of(OneHot.NAME);
            case TEXT -> List.of(HiddenState.NAME);
        };
        String asked = features == null ? fitting.get(0) : features;
        if (!fitting.contains(asked)) {
            throw new RequestException("Invalid features: %s (must be %s for --input %s)"
                    .formatted(asked, String.join(" or ", fitting), input.text()));
        }
        return asked;
    }

    /** The options for the same result. */
    public List<String> words(Encoding encoding) {
        List<String> words = new ArrayList<>(List.of("--input " + input.text(), "--features " + encoding.name()));
        if (encoding instanceof OneHot oneHot) {
            words.add("--positions " + oneHot.positions());
        } else if (encoding instanceof HiddenState state) {
            words.add("--policy " + state.shortName());
            words.add("--pooling " + pooling.text());
        }
        words.add("--head " + EnumText.of(head));
        return words;
    }
}
