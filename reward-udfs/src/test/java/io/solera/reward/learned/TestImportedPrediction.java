package io.solera.reward.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Networks and what their own libraries say of them: docs/reference/networks.py. */
class TestImportedPrediction {
    private static final String HERE = "io/solera/reward/learned/";

    private static ImportedModel onnx() throws IOException {
        return ImportedModel.read(
                new ClasspathFolder(HERE + "onnx"), ImportedModel.Format.ONNX, ImportedModel.Reads.TOKENS);
    }

    private static ImportedModel torchScript() throws IOException {
        return ImportedModel.read(
                new ClasspathFolder(HERE + "torchscript"),
                ImportedModel.Format.TORCHSCRIPT,
                ImportedModel.Reads.FRAMED_TOKENS);
    }

    private static ImportedModel sklearn() throws IOException {
        return ImportedModel.read(
                new ClasspathFolder(HERE + "sklearn"), ImportedModel.Format.ONNX, ImportedModel.Reads.ECFP4);
    }

    private static Reward reward(ImportedModel model, String output, int value) {
        return new ImportedPrediction(
                model, new ImportedOutputValue(output, value, ImportedOutputValue.Activation.NONE), 20);
    }

    private static Map<String, double[]> outputs(String folder) throws IOException {
        Map<String, double[]> outputs = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new ClasspathFolder(HERE + folder).open("outputs.tsv"), StandardCharsets.UTF_8))) {
            for (String line : in.lines().toList()) {
                String[] cells = line.split("\t");
                outputs.put(
                        cells[0],
                        Arrays.stream(cells)
                                .skip(1)
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            }
        }
        assertThat(outputs).hasSize(10);
        return outputs;
    }

    private static void agrees(Reward reward, String folder, int column) throws IOException {
        Map<String, double[]> expected = outputs(folder);
        List<Score> scores = reward.score(new ArrayList<>(expected.keySet()));
        int row = 0;
        for (Map.Entry<String, double[]> entry : expected.entrySet()) {
            assertThat(scores.get(row).value()).as(entry.getKey()).isCloseTo(entry.getValue()[column], within(1e-6));
            assertThat(reward.score(List.of(entry.getKey()))).containsExactly(scores.get(row++));
        }
    }

    @Test
    void anOnnxNetworkSaysWhatItSaysInPython() throws IOException {
        agrees(reward(onnx(), "logits", 1), "onnx", 1);
        agrees(reward(onnx(), "0", 2), "onnx", 2);
        agrees(reward(onnx(), "mean", 0), "onnx", 3);
    }

    @Test
    void scikitLearnOnFingerprintsSaysWhatItSaysInPython() throws IOException {
        agrees(reward(sklearn(), "probabilities", 1), "sklearn", 1);
        assertThat(reward(sklearn(), "1", 1).score(Arrays.asList("C1CC", null, "OCC", "CCO")))
                .satisfies(scores -> {
                    assertThat(scores.get(0).status()).isEqualTo(Status.INVALID_INPUT);
                    assertThat(scores.get(1).status()).isEqualTo(Status.INVALID_INPUT);
                    assertThat(scores.get(2)).isEqualTo(scores.get(3));
                });
    }

    @Test
    void aTorchScriptModuleSaysWhatItSaysInPython() throws IOException {
        agrees(reward(torchScript(), "0", 1), "torchscript", 1);
        agrees(reward(torchScript(), "1", 3), "torchscript", 6);
    }

    @Test
    void aValueDoesNotDependOnTheBatchOrOnHowOftenItIsAsked() throws IOException {
        List<String> texts = new ArrayList<>(outputs("onnx").keySet());
        for (int i = 1; i <= 18; i++) {
            texts.add("C".repeat(i) + "O");
            texts.add("O" + "C".repeat(i));
        }
        for (ImportedModel model : List.of(onnx(), torchScript())) {
            List<Score> together = reward(model, "0", 0).score(texts);
            Reward alone = reward(model, "0", 0);
            for (int i = texts.size() - 1; i >= 0; i--) {
                assertThat(alone.score(List.of(texts.get(i)))).containsExactly(together.get(i));
            }
        }
    }

    @Test
    void logitsBecomeProbabilities() throws IOException {
        double[] logits = outputs("onnx").get("CCO");
        double sigmoid = new ImportedPrediction(
                        onnx(), new ImportedOutputValue("logits", 1, ImportedOutputValue.Activation.SIGMOID), 20)
                .score(List.of("CCO"))
                .get(0)
                .value();
        assertThat(sigmoid).isCloseTo(1 / (1 + Math.exp(-logits[1])), within(1e-6));
        double softmax = new ImportedPrediction(
                        onnx(), new ImportedOutputValue("logits", 1, ImportedOutputValue.Activation.SOFTMAX), 20)
                .score(List.of("CCO"))
                .get(0)
                .value();
        double sum = Math.exp(logits[0]) + Math.exp(logits[1]) + Math.exp(logits[2]);
        assertThat(softmax).isCloseTo(Math.exp(logits[1]) / sum, within(1e-6));
        assertThat(new ImportedOutputValue("", 0, ImportedOutputValue.Activation.SOFTMAX)
                        .of(new float[][] {{-1000, 1000}}, 1))
                .containsExactly(0);
    }

    @Test
    void textsThatItCannotReadAreMissing() throws IOException {
        for (ImportedModel model : List.of(onnx(), torchScript())) {
            List<Score> scores = reward(model, "0", 0).score(Arrays.asList(null, "", "CBr", "\u00e9", "C".repeat(21)));
            assertThat(scores.subList(0, 4)).containsOnly(Score.missing(Status.INVALID_INPUT));
            assertThat(scores.get(4)).isEqualTo(Score.missing(Status.NOT_APPLICABLE));
        }
    }

    @Test
    void theyTravelAsTheirFile() throws IOException, ClassNotFoundException {
        for (ImportedModel model : List.of(onnx(), torchScript(), sklearn())) {
            Reward reward = reward(model, model.reads() == ImportedModel.Reads.ECFP4 ? "1" : "0", 0);
            List<Score> before = reward.score(List.of("CCO", "CN"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(reward);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(((Reward) in.readObject()).score(List.of("CCO", "CN")))
                        .isEqualTo(before);
            }
            assertThat(bytes.size()).isLessThan(model.network().length + 20_000);
        }
    }

    @Test
    void whatDoesNotFitIsSaidWhenTheRewardIsMade() throws IOException {
        assertThatThrownBy(() -> reward(onnx(), "logit", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid output: logit (must be one of logits, mean, or a number below 2)");
        assertThatThrownBy(() -> reward(onnx(), "logits", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid value: 3 of output logits, which has 16 rows of 3 values");
        assertThatThrownBy(() -> reward(sklearn(), "0", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(must be a tensor of float32 or float64)");
        ImportedModel wrong =
                new ImportedModel(ImportedModel.Format.ONNX, ImportedModel.Reads.ECFP4, onnx().network(), null);
        assertThatThrownBy(() -> reward(wrong, "0", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot give 2048 numbers to the ONNX model: it reads ");
        for (ImportedModel.Format format : ImportedModel.Format.values()) {
            ImportedModel broken = new ImportedModel(format, ImportedModel.Reads.ECFP4, new byte[] {1, 2, 3}, null);
            assertThatThrownBy(() -> reward(broken, "0", 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot read a");
        }
        assertThatThrownBy(() -> ImportedModel.Reads.parse("words"))
                .hasMessage("Invalid reads: words (must be tokens, framed-tokens or ecfp4)");
        assertThatThrownBy(() -> ImportedOutputValue.Activation.parse("relu"))
                .hasMessage("Invalid activation: relu (must be none, sigmoid or softmax)");
    }

    @Test
    void manyBatchesLeaveNoMemoryBehind() throws IOException {
        for (ImportedModel model : List.of(onnx(), torchScript())) {
            Reward reward = reward(model, "0", 0);
            asked(reward, 0, 300);
            long before = residentKiB();
            asked(reward, 300, 3000);
            assertThat(residentKiB() - before)
                    .as("KiB more after 2,700 batches")
                    .isLessThan(60_000);
        }
    }

    /** Texts that no cache knows. */
    private static void asked(Reward reward, int from, int to) {
        for (int i = from; i < to; i++) {
            StringBuilder text = new StringBuilder();
            for (int rest = i + 1; rest > 0; rest /= 3) {
                text.append("CNO".charAt(rest % 3));
            }
            assertThat(reward.score(List.of(text.toString())).get(0).status()).isEqualTo(Status.OK);
        }
    }

    private static long residentKiB() throws IOException {
        System.gc();
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                : 0;
    }
}
