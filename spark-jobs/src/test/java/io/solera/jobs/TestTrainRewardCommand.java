package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.fit.LabelledKind;
import io.solera.fit.LabelledTable;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Ecfp4;
import io.solera.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTrainRewardCommand {
    private static final List<String> RINGS = List.of(
            "c1ccccc1",
            "c1ccncc1",
            "C1CCCCC1",
            "c1ccsc1",
            "C1CCOCC1",
            "c1ccc2ccccc2c1",
            "C1CCNCC1",
            "C1CCCC1",
            "c1ccoc1",
            "c1cnoc1",
            "c1ccc2ncccc2c1",
            "C1CCSCC1");
    private static final List<String> CHAINS =
            List.of("C", "CC", "CCC", "O", "N", "F", "CO", "NC", "NCC", "OCC", "NC(=O)", "CC(=O)");

    @TempDir
    Path folder;

    /** Molecules of twelve frameworks; those with a nitrogen in the chain are active and have the higher value. */
    private String table(String header, String form) throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        int number = 0;
        for (String ring : RINGS) {
            for (String chain : CHAINS) {
                int active = chain.startsWith("N") ? 1 : 0;
                text.append(form.formatted(chain + ring, active, 4 + 2 * active + number++ % 5 / 10.0))
                        .append('\n');
            }
        }
        return write("table.csv", text.toString());
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Commands.Outcome train(String data, String... more) {
        return trainInto(path("model"), data, more);
    }

    private static Commands.Outcome trainInto(String output, String data, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train-reward", "--data", data, "--output", output));
        arguments.addAll(List.of("--hidden", "16", "--learning-rate", "1e-2"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--epochs")) {
            arguments.addAll(List.of("--epochs", "6"));
        }
        return Commands.run(arguments.toArray(String[]::new));
    }

    @Test
    void aClassifierIsJudgedWrittenAndScores() throws IOException {
        String notice = write("notice.txt", "From a test.\n");

        Commands.Outcome outcome = train(table("smiles,active", "%1$s,%2$d"), "--notice", notice);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("144 rows, 144 molecules of them (classification of active); 0 repeated\n")
                .contains("| active | scaffold | 24 | 8 |", "| active | random | 29 |")
                .startsWith("reading " + path("table.csv") + " as ECFP4 fingerprints (2048 bits)\n")
                .endsWith("written to %1$s; use it as activity(model='%1$s')\n".formatted(path("model")));
        assertThat(Files.readString(folder.resolve("model/README.md")))
                .contains("solera train-reward --data table.csv --input smiles --features ecfp4 --head mlp"
                        + " --column smiles --labels active")
                .contains("Origin and licence of the data: From a test.\n")
                .contains("| active | scaffold | 24 | 8 |", "![calibration](calibration.svg)")
                .doesNotContain(folder.toString());
        assertThat(Files.readString(folder.resolve("model/calibration.svg")))
                .startsWith("<svg ")
                .endsWith("</svg>\n");
        JsonObject card = JsonParser.parseString(Files.readString(folder.resolve("model/config.json")))
                .getAsJsonObject()
                .getAsJsonObject("card");
        JsonObject random = card.getAsJsonArray("measures").get(1).getAsJsonObject();
        assertThat(random.get("average_precision").getAsDouble()).isBetween(0.0, 1.0);
        assertThat(random.getAsJsonArray("calibration")).isNotEmpty();

        String activity = "activity(model='" + path("model") + "')";
        assertThat(Commands.run(
                        "score",
                        "--input",
                        write("new.smi", "NCC1CCCCCC1\nCCC1CCCCCC1\n"),
                        "--rewards",
                        activity,
                        "--output",
                        path("scored.csv")))
                .satisfies(scored -> assertThat(scored.err()).isEmpty());
        List<String> rows = Files.readAllLines(folder.resolve("scored.csv"));
        assertThat(Double.parseDouble(rows.get(1).split(",")[1]))
                .isGreaterThan(Double.parseDouble(rows.get(2).split(",")[1]));
    }

    @Test
    void aRegressionIsTakenForOne() throws IOException {
        Commands.Outcome outcome = train(table("smiles,pic50", "%1$s,%3$s"), "--split", "random");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("(regression of pic50)", "| pic50 | random | 29 |");
        assertThat(folder.resolve("model/calibration.svg")).doesNotExist();
        LearnedModel model = LearnedModel.read(new LocalFolder(folder.resolve("model")));
        assertThat(model.task()).isEqualTo(Task.REGRESSION);
        assertThat(model.tasks()).containsExactly("pic50");
    }

    @Test
    void whatLearnsNothingSaysSo() throws IOException {
        StringBuilder text = new StringBuilder("smiles,luck\n");
        int number = 0;
        for (String ring : RINGS) {
            for (String chain : CHAINS) {
                text.append(chain)
                        .append(ring)
                        .append(',')
                        .append(number++ * 7919 % 1009 % 2)
                        .append('\n');
            }
        }
        Commands.Outcome outcome = train(write("luck.csv", text.toString()), "--split", "random", "--epochs", "3");

        assertThat(outcome.err()).isEmpty();
        String warning = "Warning: do not rely on luck, random split: it is not better than chance: ROC AUC ";
        assertThat(outcome.out().lines().toList())
                .element(-2 + (int) outcome.out().lines().count())
                .asString()
                .startsWith(warning)
                .endsWith(" once in twenty)");
        assertThat(Files.readString(folder.resolve("model/README.md"))).contains(warning);
        assertThat(JsonParser.parseString(Files.readString(folder.resolve("model/config.json")))
                        .getAsJsonObject()
                        .getAsJsonObject("card")
                        .getAsJsonArray("warnings"))
                .hasSize(1);
    }

    @Test
    void severalTasksShareANetwork() throws IOException {
        String data = table("name,smiles,active,high", "a,%1$s,%2$d,%2$d");

        Commands.Outcome outcome = train(data, "--split", "random");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("(classification of active, high)", "| high | random | 29 |");
        assertThat(LearnedModel.read(new LocalFolder(folder.resolve("model"))).tasks())
                .containsExactly("active", "high");
    }

    /** Sequences of six letters; the value counts A at the third and C at the fifth place. */
    private String sequences() throws IOException {
        StringBuilder text = new StringBuilder("name,sequence,y,z\n");
        for (int i = 0; i < 300; i++) {
            StringBuilder letters = new StringBuilder();
            for (int k = 0, rest = 7919 * (i + 1); k < 6; k++, rest /= 4) {
                letters.append("ACGT".charAt(rest % 4));
            }
            double y = (letters.charAt(2) == 'A' ? 2 : 0) + (letters.charAt(4) == 'C' ? 1 : 0);
            text.append("s%d,%s,%s,%s%n".formatted(i, letters, y, i % 2 == 0 ? "" : -y));
        }
        return write("sequences.csv", text + "bad,ACGU,1,1\nlong,ACGTACGT,1,1\n");
    }

    @Test
    void aNetworkOnSequencesLearnsTwoTasksAndScores() throws IOException {
        Commands.Outcome outcome = train(sequences(), "--input", "dna", "--positions", "6", "--epochs", "40");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("302 rows, ", " sequences of them (regression of y, z)", "2 unreadable (row 301: ACGU; ")
                .contains("| y | random |", "| z | random |")
                .doesNotContain("scaffold");
        assertThat(Files.readString(folder.resolve("model/README.md")))
                .contains("A network on one-hot dna sequences of up to 6 letters, made by")
                .contains("--input dna --features one-hot --positions 6 --head mlp --column sequence");
        String data = write("new.csv", "sequence\nTTATCT\nttttgt\nTTATXT\n");
        String reward = "dna_prediction(model='%s', task=y)".formatted(path("model"));
        assertThat(Commands.run(
                                "score",
                                "--input",
                                data,
                                "--column",
                                "sequence",
                                "--rewards",
                                reward,
                                "--output",
                                path("scored.csv"))
                        .err())
                .isEmpty();
        List<String> rows = Files.readAllLines(folder.resolve("scored.csv"));
        assertThat(Double.parseDouble(rows.get(1).split(",")[1]))
                .isGreaterThan(Double.parseDouble(rows.get(2).split(",")[1]) + 1.5);
        assertThat(rows.get(3)).contains("invalid-input");
        assertThat(outcome.out()).endsWith("use it as dna_prediction(model='%s', task=y)\n".formatted(path("model")));
        String near = ("dna_prediction(model='%1$s', task=y, domain=filter, similarity=0.9) as f,"
                        + " dna_applicability(model='%1$s')")
                .formatted(path("model"));
        write("short.csv", "sequence\nTTATCT\nA\nTTANCT\n");
        assertThat(Commands.run(
                                "score",
                                "--input",
                                path("short.csv"),
                                "--column",
                                "sequence",
                                "--rewards",
                                near.replace(" as f", ""),
                                "--output",
                                path("near.csv"))
                        .err())
                .isEmpty();
        List<String> nearness = Files.readAllLines(folder.resolve("near.csv"));
        assertThat(nearness.get(2))
                .as("the lowest label, for one letter")
                .startsWith("A,0.0,")
                .contains(",0.0");
        assertThat(train(sequences(), "--input", "dna", "--split", "scaffold").err())
                .isEqualTo("solera: Invalid split: scaffold (must be random: only molecules have scaffolds)\n");
        assertThat(train(sequences(), "--input", "dna", "--features", "ecfp4", "--overwrite")
                        .err())
                .isEqualTo("solera: Invalid features: ecfp4 (must be one-hot for --input dna)\n");
    }

    @Test
    void aHeadOnAPolicyIsJudgedLikeAnyNetworkAndScores() throws IOException {
        Commands.Outcome outcome =
                train(table("smiles,pic50", "%1$s,%3$s"), "--features", "policy", "--head", "linear", "--epochs", "2");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("144 rows, 144 molecules of them (regression of pic50)")
                .contains("| pic50 | scaffold | 24 |", "| pic50 | random | 29 |");
        assertThat(Files.readString(folder.resolve("model/README.md")))
                .contains("A network on the hidden state of prior (mean over the tokens), made by")
                .contains("--features policy --policy prior --pooling mean --head linear");
        String head = "head(model='%s')".formatted(path("model"));
        Commands.Outcome scored = Commands.run(
                "score",
                "--input",
                write("new.smi", "NCC1CCCCCC1\nOCC1CCCCCC1\n"),
                "--rewards",
                head,
                "--output",
                path("scored.csv"));
        assertThat(scored.err()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("scored.csv"))).hasSize(3);
        Commands.Outcome wrong = Commands.run(
                "score",
                "--input",
                path("new.smi"),
                "--rewards",
                head.replace("head", "activity"),
                "--output",
                path("other.csv"));
        assertThat(wrong.err()).contains("it reads the hidden state of a policy, prior (use it as head)");
    }

    private static LabelledTable read(String data, List<String> labels, @Nullable Task task) throws Exception {
        return LabelledTable.read(
                Commands.session(),
                new TableName(data, null),
                "smiles",
                labels,
                task,
                LabelledKind.MOLECULE,
                new Ecfp4());
    }

    @Test
    void aTableIsMergedByMolecule() throws Exception {
        String data = write(
                "mixed.csv",
                "smiles,a,b\nCCO,1,0\nOCC,0,\nC1CC,1,1\nCCN,>10,1\nCCC,1,1\nc1ccccc1C,,\nCCCC,nan,0\n,1,0\n");

        LabelledTable table = read(data, List.of("a", "b"), null);

        assertThat(table.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(table.texts().texts()).hasSize(3);
        assertThat(table.texts().labels()[0]).containsExactly(Float.NaN, 0);
        assertThat(table.texts().labels()[1]).containsExactly(1, 1);
        assertThat(table.texts().labels()[2]).containsExactly(Float.NaN, 0);
        assertThat(table.leftOut())
                .isEqualTo(new LabelledTable.LeftOut(
                        8, 2, 1, 1, 1, 1, List.of("row 3: C1CC", "row 4: a >10", "row 8: no SMILES")));
        assertThat(table.scaffolds()).containsOnly("");
    }

    @Test
    void repeatedValuesAreAveraged() throws Exception {
        String data = write("repeated.csv", "smiles,y\nCCO,1.5\nOCC,2.5\nCCN,7\n");

        LabelledTable table = read(data, List.of(), null);

        assertThat(table.task()).isEqualTo(Task.REGRESSION);
        assertThat(table.texts().labels()[0]).containsExactly(2);
        assertThat(table.texts().labels()[1]).containsExactly(7);
        assertThatThrownBy(() -> read(data, List.of(), Task.CLASSIFICATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid task: classification (must be regression: a label is neither 0 nor 1, y 1.5)");
    }

    @Test
    void saysWhichColumnIsMissing() throws IOException {
        String data = table("smiles,active", "%1$s,%2$d");
        assertThat(train(data, "--labels", "activ"))
                .isEqualTo(new Commands.Outcome(
                        2,
                        "reading %s as ECFP4 fingerprints (2048 bits)\n".formatted(data),
                        ("solera: Cannot read %s: it has no column activ of labels (its columns are smiles,"
                                        + " active; name some with --labels)\n")
                                .formatted(data)));
        assertThat(train(data, "--column", "structure").err()).contains("it has no column structure");
    }

    @Test
    void saysWhenNoColumnHoldsNumbers() throws IOException {
        String data = write("names.csv", "smiles,name\nCCO,ethanol\n");
        assertThat(train(data))
                .isEqualTo(new Commands.Outcome(
                        2,
                        "reading %s as ECFP4 fingerprints (2048 bits)\n".formatted(data),
                        ("solera: Cannot learn from %s: no column holds only numbers (its columns are smiles,"
                                        + " name; name labels with --labels)\n")
                                .formatted(data)));
    }

    @Test
    void saysWhenThereIsNothingToLearn() throws IOException {
        Commands.Outcome constant = train(table("smiles,active", "%1$s,1"));
        assertThat(constant.code()).isEqualTo(3);
        assertThat(constant.err())
                .isEqualTo("solera: Cannot learn active: every label is 1.0 (there must be different ones)\n");

        Commands.Outcome few = train(write("few.csv", "smiles,active\nCCO,1\nCCN,0\n"));
        assertThat(few.code()).isEqualTo(3);
        assertThat(few.err())
                .isEqualTo("solera: Cannot learn active: 2 molecules have a label (must be at least 50)\n");

        Commands.Outcome broken = train(write("broken.csv", "smiles,active\nC1CC,1\nnone,0\n"));
        assertThat(broken.code()).isEqualTo(3);
        assertThat(broken.err()).contains("none of its 2 rows is a molecule with numbers (row 1: C1CC; row 2: none)");
    }

    @Test
    void saysWhenASplitLeavesNothingToJudgeBy() throws IOException {
        StringBuilder chains = new StringBuilder("smiles,active\n");
        for (int i = 1; i <= 80; i++) {
            chains.append("C".repeat(i)).append(i % 2 == 0 ? "N,1\n" : "O,0\n");
        }
        Commands.Outcome outcome = train(write("chains.csv", chains.toString()), "--split", "scaffold");
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err())
                .isEqualTo("solera: Cannot judge active: 0 molecules of the scaffold split have no label (give"
                        + " more molecules, or another --split)\n");
    }

    @Test
    void keepsWhatIsThere() throws IOException {
        String data = table("smiles,active", "%1$s,%2$d");
        Files.createDirectories(folder.resolve("model"));
        write("model/config.json", "{}");
        Commands.Outcome outcome = train(data);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo(("solera: Cannot write %s: it exists, and solera train-reward did not write it (give"
                                + " another --output, or remove it yourself)\n")
                        .formatted(path("model")));

        String below = write("file", "text") + "/model";
        assertThat(trainInto(below, data).err()).contains("is not a folder");
    }
}
