package io.solera.reward.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.file.LocalFolder;
import io.solera.model.imported.OnnxNetwork;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.rl.RandomKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in ONNX as people and attackers have them. */
class TestOnnxModels {
    private static final String ELSEWHERE =
            " has its data in another file (save the model with its data inside, as one file)";

    private static String refusal(byte[] model) {
        try (OnnxNetwork network = new OnnxNetwork(model)) {
            return "read, with outputs of " + network.mostTokens();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A graph that adds z to what it is given, and z is what makes the difference. */
    private static OnnxBytes graph() {
        return OnnxBytes.message()
                .message(1, OnnxBytes.node("Add", List.of("x", "z"), "y"))
                .message(11, OnnxBytes.declared("x", OnnxBytes.FLOAT, 0, 2048))
                .message(12, OnnxBytes.declared("y", OnnxBytes.FLOAT, 0, 2048));
    }

    private static OnnxBytes attribute(int field, OnnxBytes value) {
        return OnnxBytes.message().text(1, "value").message(field, value).number(20, 4);
    }

    @Test
    void dataInAnotherFileIsRefusedWhereverItIsNamed() {
        for (String place : List.of("/etc/passwd", "../../x", "README.md", "weights.bin", "")) {
            OnnxBytes tensor = OnnxBytes.external("z", place);
            OnnxBytes constant = OnnxBytes.node("Constant", List.of(), "z", attribute(5, tensor));
            OnnxBytes inner = OnnxBytes.message().message(5, tensor);
            List<byte[]> models = List.of(
                    OnnxBytes.model(graph().message(5, tensor)),
                    OnnxBytes.model(graph().message(1, constant)),
                    OnnxBytes.model(graph().message(1, OnnxBytes.node("If", List.of("c"), "z", attribute(6, inner)))),
                    OnnxBytes.model(graph().message(1, OnnxBytes.node("If", List.of("c"), "z", attribute(11, inner)))),
                    OnnxBytes.model(graph().message(1, OnnxBytes.node("A", List.of(), "z", attribute(10, tensor)))),
                    OnnxBytes.model(graph().message(15, OnnxBytes.message().message(1, tensor))),
                    OnnxBytes.model(graph().message(15, OnnxBytes.message().message(2, tensor))),
                    OnnxBytes.model(graph().message(
                                    1,
                                    OnnxBytes.node(
                                            "A",
                                            List.of(),
                                            "z",
                                            attribute(22, OnnxBytes.message().message(1, tensor))))),
                    OnnxBytes.message()
                            .message(7, graph())
                            .message(25, OnnxBytes.message().message(7, constant))
                            .bytes(),
                    OnnxBytes.message().message(7, graph()).message(7, inner).bytes());
            for (int i = 0; i < models.size(); i++) {
                assertThat(refusal(models.get(i)))
                        .as("model " + i)
                        .isEqualTo("Cannot read an ONNX model: tensor z" + ELSEWHERE);
            }
        }
        OnnxBytes listOnly = OnnxBytes.claimed("z", List.of(1))
                .message(13, OnnxBytes.message().text(1, "location").text(2, "/etc/passwd"));
        assertThat(refusal(OnnxBytes.model(graph().message(5, listOnly)))).endsWith("tensor z" + ELSEWHERE);
        OnnxBytes flagOnly = OnnxBytes.claimed("", List.of(1)).number(14, 1);
        assertThat(refusal(OnnxBytes.model(graph().message(5, flagOnly))))
                .endsWith("tensor without a name" + ELSEWHERE);
    }

    @Test
    void whatIsNoModelIsSaidInOneLine() {
        assertThat(refusal(new byte[0])).isEqualTo("Cannot read an ONNX model: the file is empty");
        assertThat(refusal("no model at all".getBytes(StandardCharsets.UTF_8)))
                .startsWith("Cannot read an ONNX model: ");
        assertThat(refusal("\0\0\0\0ORTM....".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("Cannot read an ONNX model: it is in ONNX Runtime's own format (must be ONNX)");
        assertThat(refusal(OnnxBytes.message().number(1, 7).bytes()))
                .isEqualTo("Cannot read an ONNX model: it holds no graph");
        byte[] whole = OnnxBytes.weighted(OnnxBytes.FLOAT, 0, 2048);
        for (int cut = 1; cut < 200; cut++) {
            assertThat(refusal(Arrays.copyOf(whole, whole.length - cut)))
                    .startsWith("Cannot read an ONNX model: ")
                    .doesNotContain("\n");
        }
        for (int seed = 0; seed < 300; seed++) {
            byte[] random = new byte[4000];
            for (int i = 0; i < random.length; i++) {
                random[i] = (byte) (256 * RandomKey.of(seed).uniform(i));
            }
            assertThat(refusal(random))
                    .startsWith("Cannot read an ONNX model: ")
                    .doesNotContain("\n");
        }
        OnnxBytes deep = OnnxBytes.message();
        for (int i = 0; i < 2000; i++) {
            OnnxBytes node = OnnxBytes.node("If", List.of(), "y", attribute(6, deep));
            deep = OnnxBytes.message().message(1, node);
        }
        assertThat(refusal(OnnxBytes.model(deep)))
                .isEqualTo("Cannot read an ONNX model: its messages are nested more than 100 deep");
    }

    @Test
    void aTensorThatClaimsMoreThanItHoldsIsRefused() {
        OnnxBytes giant = OnnxBytes.claimed("z", List.of(1 << 20, 1 << 20)).number(2, OnnxBytes.FLOAT);
        assertThat(refusal(OnnxBytes.model(graph().message(5, giant.bytes(9, new byte[8])))))
                .isEqualTo("Cannot read an ONNX model: tensor z claims 1099511627776 numbers, its data has 8 bytes");
        OnnxBytes negative = OnnxBytes.message().text(8, "z").number(1, -1).number(2, OnnxBytes.FLOAT);
        assertThat(refusal(OnnxBytes.model(graph().message(5, negative))))
                .isEqualTo("Cannot read an ONNX model: a tensor has dimension -1");
    }

    /** Of the two lowest bits of a fingerprint; the sum of one and twice the other. */
    private static Reward numbers(byte[] model) {
        return new ImportedPrediction(
                new ImportedModel(ImportedModel.Format.ONNX, ImportedModel.Reads.ECFP4, model, null),
                new ImportedOutputValue("0", 0, ImportedOutputValue.Activation.NONE),
                512);
    }

    @Test
    void inputsOfAnyNumbersAndAFixedNumberOfRowsAreServed() {
        float[][] rows = new float[23][2048];
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] = i % 2;
            rows[i][1] = i / 2 % 2;
        }
        for (int type :
                new int[] {OnnxBytes.FLOAT, OnnxBytes.DOUBLE, OnnxBytes.INT32, OnnxBytes.INT64, OnnxBytes.BOOL, 2, 3, 5
                }) {
            for (int fixed : new int[] {0, 1, 5, 16, 40}) {
                try (OnnxNetwork network = new OnnxNetwork(OnnxBytes.weighted(type, fixed, 2048))) {
                    float[][] values = network.ofNumbers(rows, "0");
                    for (int i = 0; i < rows.length; i++) {
                        assertThat(values[i])
                                .as("type %d, %d rows", type, fixed)
                                .containsExactly(i % 2 + 2 * (i / 2 % 2));
                    }
                }
            }
        }
        assertThat(
                        numbers(OnnxBytes.weighted(OnnxBytes.DOUBLE, 1, 2048))
                                .score(List.of("CCO", "C1CC", "c1ccccc1"))
                                .stream()
                                .map(Score::status))
                .containsExactly(Status.OK, Status.INVALID_INPUT, Status.OK);
    }

    @Test
    void anotherWidthIsSaidWithWhatTheNetworkReads() {
        assertThatThrownBy(() -> numbers(OnnxBytes.weighted(OnnxBytes.FLOAT, 0, 1024)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot give 2048 numbers to the ONNX model: it reads x of float [any, 1024]"
                        + " (must be [rows, 2048] of numbers)");
        assertThatThrownBy(() -> numbers(OnnxBytes.classifier(0, 0, OnnxBytes.INT64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot give 2048 numbers to the ONNX model: it reads input_ids of int64 [any,"
                        + " any]; attention_mask of int64 [any, any]; token_type_ids of int64 [any, any]"
                        + " (must be [rows, 2048] of numbers)");
        assertThatThrownBy(() -> numbers(OnnxBytes.weighted(OnnxBytes.FLOAT, 1 << 20, 2048)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Cannot give 1048576 rows to the ONNX model: it reads x of float [1048576, 2048]");
    }

    /** BERT's parts: lower case, words and their pieces, [CLS] and [SEP] around; without any file but this. */
    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [
               {"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": \
               false, "special": true},
               {"id": 1, "content": "[UNK]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": \
               false, "special": true},
               {"id": 2, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": \
               false, "special": true},
               {"id": 3, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": \
               false, "special": true}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, \
             "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, \
               {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
               "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", \
               "ids": [3], "tokens": ["[SEP]"]}}},
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", \
             "max_input_chars_per_word": 100,
               "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "good": 4, "bad": 5, "##ly": 6, "film": 7}}}
            """;

    @TempDir
    Path folder;

    private Reward classifier(byte[] model, String tokenizer, ImportedOutputValue chosen) throws IOException {
        Files.write(folder.resolve("model.onnx"), model);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
        return new ImportedPrediction(
                ImportedModel.read(
                        new LocalFolder(folder), ImportedModel.Format.ONNX, ImportedModel.Reads.FRAMED_TOKENS),
                chosen,
                512);
    }

    /** [CLS] and [SEP] add 5 to the sum of ids and 2 to the count. */
    @Test
    void aClassifierOfTheHubScoresTextsByItsOwnTokenizer() throws IOException {
        Map<String, Integer> sums = Map.of("Good film", 16, "BADLY", 16, "bad", 10, "unheard good", 10);
        ImportedOutputValue sum = new ImportedOutputValue("logits", 0, ImportedOutputValue.Activation.NONE);
        for (byte[] model : List.of(
                OnnxBytes.classifier(0, 0, OnnxBytes.INT64),
                OnnxBytes.classifier(1, 0, OnnxBytes.INT32),
                OnnxBytes.classifier(1, 12, OnnxBytes.INT64),
                OnnxBytes.classifier(3, 4, OnnxBytes.INT64))) {
            Reward reward = classifier(model, TOKENIZER, sum);
            List<String> texts = new ArrayList<>(sums.keySet());
            List<Score> scores = reward.score(texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(scores.get(i)).as(texts.get(i)).isEqualTo(Score.of(sums.get(texts.get(i))));
            }
        }
        Reward fixed = classifier(OnnxBytes.classifier(3, 4, OnnxBytes.INT64), TOKENIZER, sum);
        assertThat(fixed.score(Arrays.asList("good bad film", "", null)).stream()
                        .map(Score::status))
                .containsExactly(Status.NOT_APPLICABLE, Status.INVALID_INPUT, Status.INVALID_INPUT);
        ImportedOutputValue share = new ImportedOutputValue("0", 0, ImportedOutputValue.Activation.SOFTMAX);
        Reward reward = classifier(OnnxBytes.classifier(0, 0, OnnxBytes.INT64), TOKENIZER, share);
        assertThat(reward.score(List.of("bad")).get(0).value()).isCloseTo(1 / (1 + Math.exp(3 - 10)), within(1e-12));
        String bert = TOKENIZER.replaceAll(
                "(?s)\"post_processor\": \\{.*?\\}\\}\\},",
                "\"post_processor\":"
                        + " {\"type\": \"BertProcessing\", \"sep\": [\"[SEP]\", 3], \"cls\": [\"[CLS]\", 2]},");
        assertThat(bert).contains("BertProcessing");
        assertThat(classifier(OnnxBytes.classifier(0, 0, OnnxBytes.INT64), bert, sum)
                        .score(List.of("Good film")))
                .containsExactly(Score.of(16));
    }

    /** The inputs of issue 13 that were read, and the model of one row. */
    @Tag("cases")
    @Test
    void casesThatFailedOnceAreRefusedOrRun() throws IOException {
        Path cases = Path.of(System.getProperty("solera.cases"));
        for (String name : List.of("abs", "dotdot", "cwd", "rel")) {
            byte[] model = Files.readAllBytes(cases.resolve("security/onnx/" + name + "/model.onnx"));
            assertThat(refusal(model)).isEqualTo("Cannot read an ONNX model: tensor secret" + ELSEWHERE);
        }
        for (String name : List.of("garbage", "empty")) {
            byte[] model = Files.readAllBytes(cases.resolve("security/onnx/" + name + "/model.onnx"));
            assertThat(refusal(model)).startsWith("Cannot read an ONNX model: ").doesNotContain("\n");
        }
        List<Score> scores = numbers(Files.readAllBytes(cases.resolve("models/onnx_fixed1/model.onnx")))
                .score(List.of("CCO", "c1ccccc1", "CC(=O)O"));
        assertThat(scores).allSatisfy(score -> assertThat(score.status()).isEqualTo(Status.OK));
        assertThat(IntStream.range(0, 3).mapToObj(i -> scores.get(i).value()).distinct())
                .hasSize(3);
    }
}
