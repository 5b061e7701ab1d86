package io.solera.reward.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.learned.encoding.Features;
import io.solera.reward.learned.training.Nd4jNetwork;
import io.solera.reward.learned.training.Nd4jThread;
import io.solera.reward.learned.training.NetworkSettings;
import io.solera.rl.RandomKey;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our own forward pass next to that of Deeplearning4j, which trained the networks. */
class TestFeatureNetwork {
    private static final double TOLERANCE = 1e-6;

    /** What Deeplearning4j gives the rows, in one batch. */
    static float[][] deeplearning4j(Task task, NetworkWeights weights, List<Features> rows) {
        return Nd4jThread.compute(() -> {
            MultiLayerNetwork network = Nd4jNetwork.untrained(
                    task,
                    weights.inputs(),
                    weights.widths().subList(1, weights.widths().size() - 1),
                    weights.tasks(),
                    NetworkSettings.defaults());
            network.setParams(Nd4j.createFromArray(weights.values()).reshape(1, weights.values().length));
            try (INDArray input = Nd4j.create(DataType.FLOAT, rows.size(), weights.inputs());
                    INDArray output = network.output(written(rows, input), false)) {
                float[][] values = new float[rows.size()][];
                for (int row = 0; row < values.length; row++) {
                    values[row] = output.getRow(row).toFloatVector();
                }
                return values;
            }
        });
    }

    private static INDArray written(List<Features> rows, INDArray input) {
        Nd4jNetwork.write(rows, input);
        return input;
    }

    /** Every 29th known active of both shipped networks, given to each. */
    static List<Features> goldenRows() throws IOException {
        List<Features> rows = new ArrayList<>();
        for (String name : LearnedModel.SHIPPED) {
            long[][] known = LearnedModel.shipped(name).known().get(0);
            for (int i = 0; i < known.length; i += 29) {
                rows.add(Features.Bits.ofFingerprint(known[i]));
            }
        }
        return rows;
    }

    @Test
    void shippedNetworksGiveWhatDeeplearning4jGave() throws IOException {
        List<float[]> golden = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                TestFeatureNetwork.class.getResourceAsStream("deeplearning4j.golden.tsv"), StandardCharsets.UTF_8))) {
            for (String line : in.lines().filter(each -> !each.startsWith("#")).toList()) {
                String[] cells = line.split("\t");
                golden.add(new float[] {Float.parseFloat(cells[0]), Float.parseFloat(cells[1])});
            }
        }
        List<Features> rows = goldenRows();
        assertThat(golden).hasSameSizeAs(rows).hasSizeGreaterThan(140);
        for (int k = 0; k < LearnedModel.SHIPPED.size(); k++) {
            LearnedModel model = LearnedModel.shipped(LearnedModel.SHIPPED.get(k));
            float[][] values = new FeatureNetwork(model.task(), model.weights()).predict(rows);
            float[][] live = deeplearning4j(model.task(), model.weights(), rows);
            for (int i = 0; i < rows.size(); i++) {
                assertThat((double) values[i][0]).as("row %d", i).isCloseTo(golden.get(i)[k], within(TOLERANCE));
                assertThat((double) live[i][0]).as("row %d", i).isCloseTo(golden.get(i)[k], within(TOLERANCE));
            }
        }
    }

    /**
     * Of the size that training starts from: with larger ones the last bits of Deeplearning4j's sums are above the
     * tolerance.
     */
    private static NetworkWeights random(List<Integer> widths) {
        double size = 1 / Math.sqrt(Collections.max(widths));
        float[] values = new float[(int) NetworkWeights.layout(widths).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (size * RandomKey.of(widths.size()).gaussian(i));
        }
        return new NetworkWeights(widths, values);
    }

    private static Features row(int number, int width, boolean bits) {
        RandomKey key = RandomKey.of(width).with(number);
        float[] values = new float[width];
        long[] words = new long[(width + 63) / 64];
        for (int k = 0; k < width; k++) {
            values[k] = (float) key.gaussian(k);
            if (key.uniform(k) < 0.05) { // as many as fingerprints have
                words[k >>> 6] |= 1L << k;
            }
        }
        return bits ? new Features.Bits(width, words) : new Features.Numbers(values);
    }

    @Test
    void everyShapeGivesWhatDeeplearning4jGives() {
        List<List<Integer>> shapes = List.of(
                List.of(7, 1),
                List.of(64, 3),
                List.of(2048, 1),
                List.of(20, 5, 1),
                List.of(128, 256, 2),
                List.of(2048, 256, 1),
                List.of(400, 64, 32, 1),
                List.of(33, 17, 16, 3, 2));
        for (List<Integer> widths : shapes) {
            NetworkWeights weights = random(widths);
            for (boolean bits : new boolean[] {true, false}) {
                List<Features> rows = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    rows.add(row(i, widths.get(0), bits));
                }
                for (Task task : Task.values()) {
                    float[][] ours = new FeatureNetwork(task, weights).predict(rows);
                    float[][] theirs = deeplearning4j(task, weights, rows);
                    for (int i = 0; i < rows.size(); i++) {
                        for (int k = 0; k < weights.tasks(); k++) {
                            double size = Math.max(1, Math.abs(theirs[i][k]));
                            assertThat(ours[i][k] / size)
                                    .as("%s of %s, bits %s", task, widths, bits)
                                    .isCloseTo(theirs[i][k] / size, within(TOLERANCE));
                        }
                    }
                }
            }
        }
    }

    @Test
    void aValueIsTheSameOnEveryThreadAndNextToAnyRow() throws Exception {
        FeatureNetwork network = new FeatureNetwork(Task.REGRESSION, random(List.of(2048, 256, 2)));
        List<Features> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(row(i, 2048, i % 2 == 0));
        }
        float[][] together = network.predict(rows);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<float[][]>> futures = new ArrayList<>();
        for (Features each : rows) {
            futures.add(threads.submit(() -> network.predict(List.of(each))));
        }
        for (int i = 0; i < rows.size(); i++) {
            assertThat(futures.get(i).get()[0]).isEqualTo(together[i]);
        }
        threads.shutdown();
    }

    @TempDir
    Path folder;

    /** In a JVM whose class path has neither Deeplearning4j nor ND4J, so that nothing can load them. */
    @Test
    void scoringNeedsNeitherDeeplearning4jNorNd4j() throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*/(org/nd4j|org/deeplearning4j|org/bytedeco)/.*"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(path.length())
                .isLessThan(System.getProperty("java.class.path").length());
        Path output = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        path,
                        ScoresActivity.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        assertThat(Files.readString(output)).endsWith("scored 2 of 3, no ND4J\n");
        assertThat(code).isZero();
    }
}
