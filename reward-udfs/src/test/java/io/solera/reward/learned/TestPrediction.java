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
import io.solera.reward.learned.encoding.Ecfp4;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.smiles.Molecules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPrediction {
    private static final String ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O";
    private static final List<String> TEXTS = Arrays.asList("CCO", ASPIRIN, "broken(", null, "OCC", "c1ccccc1O", "CCN");

    /** Knows aspirin as active; its numbers are made up, but not all the same. */
    private static LearnedModel model(Task task) {
        List<Integer> widths = List.of(Fingerprint.BITS, 4, 1);
        float[] values = new float[NetworkWeights.layout(widths).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i) / 4;
        }
        long[] aspirin = Fingerprint.of(Molecules.read(ASPIRIN).optional().orElseThrow());
        return new LearnedModel(
                task, List.of("cox"), new Ecfp4(), new NetworkWeights(widths, values), List.<long[][]>of(new long[][] {
                    aspirin
                }));
    }

    @Test
    void scoresMoleculesAndSaysWhyOthersHaveNoScore() {
        Reward reward = new Prediction(model(Task.CLASSIFICATION), "", Domain.ANYWHERE);
        List<Score> scores = reward.score(TEXTS);
        assertThat(scores.get(2).status()).isEqualTo(Status.INVALID_INPUT);
        assertThat(scores.get(3).status()).isEqualTo(Status.INVALID_INPUT);
        assertThat(scores.get(4)).as("another spelling of the first").isEqualTo(scores.get(0));
        assertThat(scores.get(0).value())
                .isBetween(0.0, 1.0)
                .isNotEqualTo(scores.get(1).value());
        assertThat(reward.score(List.of(ASPIRIN)).get(0)).isEqualTo(scores.get(1));
    }

    @Test
    void farFromKnownActivesAProbabilityIsWorthLess() {
        LearnedModel model = model(Task.CLASSIFICATION);
        double similarity = new Prediction(model, "cox", Domain.ANYWHERE)
                .domain()
                .score(List.of("c1ccccc1O"))
                .get(0)
                .value();
        assertThat(similarity).isBetween(0.05, 0.5);
        double plain = value(model, Domain.ANYWHERE, "c1ccccc1O");
        assertThat(value(model, new Domain(Domain.Rule.FILTER, similarity), "c1ccccc1O"))
                .isEqualTo(plain);
        assertThat(value(model, new Domain(Domain.Rule.FILTER, similarity + 0.01), "c1ccccc1O"))
                .isZero();
        assertThat(value(model, new Domain(Domain.Rule.CEILING, 1), "c1ccccc1O"))
                .isCloseTo(Math.min(plain, similarity), within(1e-12));
        assertThat(value(model, new Domain(Domain.Rule.FILTER, 1), ASPIRIN))
                .isEqualTo(value(model, Domain.ANYWHERE, ASPIRIN));
    }

    private static double value(LearnedModel model, Domain domain, String text) {
        return new Prediction(model, "cox", domain).score(List.of(text)).get(0).value();
    }

    @Test
    void travelsWithoutItsNetwork() throws IOException, ClassNotFoundException {
        Reward reward = new Prediction(model(Task.CLASSIFICATION), "", Domain.ANYWHERE);
        List<Score> before = reward.score(TEXTS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reward);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Reward) in.readObject()).score(TEXTS)).isEqualTo(before);
        }
        assertThat(bytes.size()).as("caches stay behind").isLessThan(60_000);
    }

    @Test
    void aFolderGivesBackTheModel(@TempDir Path folder) throws IOException {
        LearnedModel model = model(Task.CLASSIFICATION);
        model.write(new LocalFolder(folder), new JsonObject());
        LearnedModel read = LearnedModel.read(new LocalFolder(folder));
        assertThat(read.tasks()).isEqualTo(model.tasks());
        assertThat(read.weights().values()).isEqualTo(model.weights().values());
        assertThat(read.known().get(0)).isDeepEqualTo(model.known().get(0));
        assertThat(Prediction.applicability(read, "cox").score(List.of(ASPIRIN)).get(0))
                .isEqualTo(Score.of(1));
    }

    @Test
    void refusesDamagedAndForeignFolders(@TempDir Path folder) throws IOException {
        model(Task.CLASSIFICATION).write(new LocalFolder(folder), new JsonObject());
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);
        Files.writeString(config, text.replace("ecfp4-2048", "ecfp6-1024"));
        assertThatThrownBy(() -> LearnedModel.read(new LocalFolder(folder)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("fingerprint is another (must be ecfp4-2048)");
        for (String wrong :
                List.of("", "[]", "{", text.replace("\"tasks\"", "\"jobs\""), text.replace("2048,", "2047,"))) {
            Files.writeString(config, wrong);
            assertThatThrownBy(() -> LearnedModel.read(new LocalFolder(folder)))
                    .as(wrong)
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageStartingWith("Cannot read ");
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        int known = lines.indexOf("  \"known\": [") + 1;
        lines.set(known, "    2");
        Files.write(config, lines);
        assertThatThrownBy(() -> LearnedModel.read(new LocalFolder(folder)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("it holds fewer than [2] fingerprints");
    }

    @Test
    void rejectsTasksAndDomainsThatAreNone() {
        assertThatThrownBy(() -> new Prediction(model(Task.CLASSIFICATION), "cox2", Domain.ANYWHERE))
                .hasMessage("Invalid task: cox2 (must be one of cox)");
        assertThatThrownBy(() -> new Prediction(model(Task.REGRESSION), "", new Domain(Domain.Rule.FILTER, 0.5)))
                .hasMessageContaining("Invalid domain: filter (must be none for a regression");
        assertThatThrownBy(() -> Domain.parse("wall", "0.3"))
                .hasMessage("Invalid domain: wall (must be none, filter or ceiling)");
        assertThatThrownBy(() -> Domain.parse("filter", "3"))
                .hasMessage("Invalid similarity: 3.0 (must be above 0 and at most 1)");
    }
}
