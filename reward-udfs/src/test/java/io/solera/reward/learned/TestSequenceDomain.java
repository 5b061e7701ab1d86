package io.solera.reward.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.learned.encoding.Alphabet;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.Features;
import io.solera.reward.learned.encoding.OneHot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network on sequences says of sequences unlike those that it learnt from. */
class TestSequenceDomain {
    private static final OneHot DNA = new OneHot(Alphabet.DNA, 10);
    private static final List<String> TRAINING = List.of("ACGTACGTAC", "ACGTACGTAA", "TTTTTTTT", "TTTTTTTG");

    /** Gives 100 for whatever begins with A, else 0; its labels went from -2 to 6. */
    private static LearnedModel model(Task task) {
        NetworkWeights weights = new NetworkWeights(List.of(40, 1), new float[41]);
        weights.values()[0] = 100;
        List<Features> features = DNA.features(TRAINING);
        LabelledTexts training = new LabelledTexts(TRAINING, features, new float[][] {{6}, {-2}, {Float.NaN}, {1}});
        return LearnedModel.of(List.of("y"), DNA, new FeatureNetwork(task, weights), training);
    }

    private static double value(Domain domain, boolean lowestIsWorst, String sequence) {
        return new Prediction(model(Task.REGRESSION), "", domain, lowestIsWorst)
                .score(List.of(sequence))
                .get(0)
                .value();
    }

    @Test
    void nearnessIsTheShareOfEqualPlacesWithinTheLengthsThatWereSeen() {
        Reward near = Prediction.applicability(model(Task.REGRESSION), "y");
        assertThat(near.score(Arrays.asList(
                        "ACGTACGTAC",
                        "acgtacgtag",
                        "NCGTACGTAC",
                        "ACGTACGT",
                        "GGGGGGGGG",
                        "ACGTACG",
                        "ACGTACGTACG",
                        null)))
                .containsExactly(
                        Score.of(1),
                        Score.of(0.9),
                        Score.of(0.9),
                        Score.of(0.8),
                        Score.of(0.2),
                        Score.of(0),
                        Score.missing(Status.NOT_APPLICABLE),
                        Score.missing(Status.INVALID_INPUT));
        assertThat(new Prediction(model(Task.REGRESSION), "", Domain.ANYWHERE).domain())
                .isNotNull()
                .satisfies(
                        domain -> assertThat(domain.score(List.of("ACGTACG"))).containsExactly(Score.of(0)));
    }

    @Test
    void farAwayTheWorstLabelCountsOrALowerCeiling() {
        Domain filter = new Domain(Domain.Rule.FILTER, 0.5);
        Domain ceiling = new Domain(Domain.Rule.CEILING, 0.5);
        for (String far : List.of("ACG", "AGGGGGGGGG")) {
            assertThat(value(Domain.ANYWHERE, true, far)).isEqualTo(100);
            assertThat(value(filter, true, far)).isEqualTo(-2);
            assertThat(value(filter, false, far)).isEqualTo(6);
        }
        assertThat(value(filter, true, "ACGTACGTGG")).as("near").isEqualTo(100);
        assertThat(value(ceiling, true, "ACG")).isEqualTo(-2);
        assertThat(value(ceiling, true, "AGGGGGGGGG")).isCloseTo(-2 + 8 * 0.3 / 0.5, within(1e-6));
        assertThat(value(ceiling, true, "CGGGGGGGGG")).as("below the ceiling").isEqualTo(0);
        assertThat(value(ceiling, false, "CGGGGGGGGG")).isCloseTo(6 - 8 * 0.2 / 0.5, within(1e-6));
        assertThat(new Prediction(model(Task.CLASSIFICATION), "", filter).score(List.of("ACG")))
                .containsExactly(Score.of(-2));
    }

    /** Of the four, the nearest other has 9 of 10, 9 of 10, 7 of 8 and 7 of 8 places. */
    @Test
    void theUsualNearnessIsThatOfTheTrainingSequencesToEachOther() {
        LearnedModel model = model(Task.REGRESSION);
        assertThat(model.domain("filter", "usual")).isEqualTo(new Domain(Domain.Rule.FILTER, 7 / 8.0));
        assertThat(model.domain("ceiling", "0.3")).isEqualTo(new Domain(Domain.Rule.CEILING, 0.3));
        assertThatThrownBy(() -> model.domain("filter", "much"))
                .hasMessage("Invalid similarity: much (must be a number above 0 and at most 1)");
    }

    @Test
    void itTravelsInTheFolderAndAFolderWithoutItSaysSo(@TempDir Path folder) throws IOException {
        model(Task.REGRESSION).write(new LocalFolder(folder), new JsonObject());
        LearnedModel read = LearnedModel.read(new LocalFolder(folder));
        assertThat(read.seen())
                .isNotNull()
                .satisfies(seen -> assertThat(seen.sequences()).isEqualTo(TRAINING));
        assertThat(new Prediction(read, "", read.domain("filter", "usual")).score(List.of("ACG")))
                .containsExactly(Score.of(-2));
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("\"sequences\": 4", "\"sequences\": 5"));
        assertThatThrownBy(() -> LearnedModel.read(new LocalFolder(folder)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageEndingWith("sequences.txt.gz: it does not contain 5 sequences (copy it again)");
        Files.writeString(config, text.replace("\"seen\"", "\"unseen\""));
        LearnedModel old = LearnedModel.read(new LocalFolder(folder));
        assertThat(new Prediction(old, "", Domain.ANYWHERE).domain()).isNull();
        assertThatThrownBy(() -> new Prediction(old, "", old.domain("filter", "usual")))
                .hasMessage("Invalid domain: filter (must be none: the folder has no sequences.txt.gz; train the"
                        + " network again)");
    }

    @Test
    void proteinsAreReadAsProgramsWriteThem() {
        OneHot protein = new OneHot(Alphabet.PROTEIN, 6);
        for (String text : List.of("MKV", "mkv*", "M K\nV\r\n", " MKV *\n", "\tMKV\n*")) {
            assertThat(protein.key(text)).as(text).isEqualTo(Encoding.Key.of("MKV"));
        }
        for (String text : List.of("M*KV", "MKV**", "*", " ", "MK-V", "MK\u00a0V")) {
            assertThat(protein.key(text).status()).as(text).isEqualTo(Status.INVALID_INPUT);
        }
        assertThat(protein.features(List.of("MK\nV*")).get(0))
                .isInstanceOfSatisfying(
                        Features.Bits.class,
                        bits -> assertThat(bits.words())
                                .isEqualTo(protein.bits("MKV").words()));
        assertThat(protein.key("MBZJX").status()).isEqualTo(Status.OK);
        assertThat(DNA.key("ACRYN").status()).isEqualTo(Status.OK);
    }
}
