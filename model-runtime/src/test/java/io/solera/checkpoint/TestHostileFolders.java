package io.solera.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.BlockVector;
import io.solera.text.HubTokenizer;
import io.solera.text.WordTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Model folders that were made to do harm: nothing outside of them is read, and nothing large is allocated for what is
 * not there.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TestHostileFolders {
    @TempDir
    Path path;

    private Path model;
    private Path outside;

    @BeforeEach
    void writeModel() throws IOException {
        model = path.resolve("model");
        outside = Files.createDirectories(path.resolve("outside"));
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CCO"));
        Gpt2Config config = Gpt2Config.of(tokenizer.size(), 8, 4, 1, 2);
        float[] values = new float[(int) config.layout().size()];
        Arrays.fill(values, 0.5f);
        ModelFolder.write(new LocalFolder(model), new Policy(config, tokenizer, BlockVector.of(values)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "generation_config.json",
                "model.safetensors"
            })
    void aLinkOutOfTheFolderIsRefusedByName(String file) throws IOException {
        writeHubTokenizer();
        Path moved = Files.move(model.resolve(file), outside.resolve(file));
        Files.createSymbolicLink(model.resolve(file), Path.of("..", "outside", file));
        refuses("Cannot read %s/%s: it is a link out of its folder, to %s (copy the file into the folder)"
                .formatted(model, file, moved.toRealPath()));
    }

    @Test
    void aLinkInsideTheFolderAndAFolderThatIsALinkAreFollowed() throws IOException {
        Files.move(model.resolve("config.json"), model.resolve("other.json"));
        Files.createSymbolicLink(model.resolve("config.json"), Path.of("other.json"));
        Path link = Files.createSymbolicLink(path.resolve("link"), model);
        assertThat(ModelFolder.read(new LocalFolder(link)).config().hiddenSize())
                .isEqualTo(4);
    }

    @Test
    void aSnapshotOfTheHubsCacheIsReadAndLinksOfItThatLeaveTheRepositoryAreNot() throws IOException {
        Path repository = path.resolve("models--owner--name");
        Path blobs = Files.createDirectories(repository.resolve("blobs"));
        Path snapshot = Files.createDirectories(repository.resolve("snapshots/0a1b"));
        try (var files = Files.list(model)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Files.move(file, blobs.resolve("hash-of-" + name));
                Files.createSymbolicLink(snapshot.resolve(name), Path.of("..", "..", "blobs", "hash-of-" + name));
            }
        }
        assertThat(ModelFolder.read(new LocalFolder(snapshot)).config().hiddenSize())
                .isEqualTo(4);

        Files.move(blobs.resolve("hash-of-config.json"), outside.resolve("config.json"));
        Files.createSymbolicLink(blobs.resolve("hash-of-config.json"), outside.resolve("config.json"));
        assertThatThrownBy(() -> ModelFolder.read(new LocalFolder(snapshot)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("config.json: it is a link out of its folder, to ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../outside/a.safetensors", "/etc/a.safetensors", "file:///a.safetensors", "a/b.safetensors"})
    void aShardWithAPathIsRefusedByName(String shard) throws IOException {
        Files.move(model.resolve("model.safetensors"), outside.resolve("a.safetensors"));
        Files.writeString(
                model.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"transformer.wte.weight\": \"%s\"}}".formatted(shard));
        refuses(("Cannot read %s/model.safetensors.index.json: tensor transformer.wte.weight is in \"%s\" (must be a"
                        + " .safetensors file of the folder)")
                .formatted(model, shard));
    }

    @Test
    void aShardThatIsALinkOutOfTheFolderIsRefused() throws IOException {
        Files.move(model.resolve("model.safetensors"), outside.resolve("a.safetensors"));
        Files.createSymbolicLink(model.resolve("a.safetensors"), outside.resolve("a.safetensors"));
        Files.writeString(
                model.resolve("model.safetensors.index.json"), "{\"weight_map\": {\"x\": \"a.safetensors\"}}");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(
                        "Cannot read %s/a.safetensors: it is a link out of its folder, to ".formatted(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "generation_config.json", "model.safetensors"})
    void aPipeIsRefusedAndNotWaitedFor(String file) throws Exception {
        writeHubTokenizer();
        Files.delete(model.resolve(file));
        assertThat(new ProcessBuilder("mkfifo", model.resolve(file).toString())
                        .start()
                        .waitFor())
                .isZero();
        refuses("Cannot read %s/%s: it is a pipe, a device or a socket (must be a regular file)"
                .formatted(model, file));
    }

    @Test
    void aDeviceIsRefused() throws IOException {
        Files.delete(model.resolve("config.json"));
        Files.createSymbolicLink(model.resolve("config.json"), Path.of("/dev/zero"));
        refuses(("Cannot read %s/config.json: it is a link out of its folder, to /dev/zero (copy the file into the "
                        + "folder)")
                .formatted(model));
    }

    @ParameterizedTest
    @CsvSource({
        "vocab_size, 2147483647, Cannot hold a tensor of ",
        "n_positions, 2147483647, Invalid n_positions: 2147483647 (must be 1 to 16777216)",
        "n_layer, 2147483647, Invalid n_layer: 2147483647 (must be 1 to 10000)",
        "n_inner, 2147483647, Cannot hold a tensor of ",
        "n_embd, 2147483646, Cannot hold a tensor of ",
        "vocab_size, 60000000, tensor transformer.wte.weight is F32",
        "n_layer, 10000, tensor transformer.h.1.ln_1.weight is missing",
        "n_layer, 1e999, n_layer is 1e999 (must be a finite number)",
        "n_layer, 1.5, n_layer is 1.5 (must be a whole number)",
        "n_layer, -0, Invalid n_layer: 0 (must be 1 to 10000)",
        "n_layer, \"1\", 'n_layer is \"1\" (must be a number)'",
        "n_layer, [1], n_layer is a list (must be a number)",
        "n_layer, true, n_layer is true (must be a number)",
        "n_layer, NaN, it is not a JSON object (see line ",
        "layer_norm_epsilon, 1e400, layer_norm_epsilon is 1e400 (must be a finite number)",
    })
    void aClaimIsComparedWithTheFileBeforeAnythingIsAllocated(String key, String value, String message)
            throws IOException {
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(
                model.resolve("config.json"),
                config.replaceFirst("\"" + key + "\": [^,]+,", "\"" + key + "\": " + value + ","));
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsShorterThanItsHeaderSaysIsRefusedBeforeItIsRead() throws IOException {
        Gpt2Config large = new Gpt2Config(50_000_000, 8, 4, 1, 2, 16, Gpt2Config.Activation.GELU, 1e-5);
        StringBuilder header = new StringBuilder("{");
        for (ParameterLayout.Entry entry : large.layout().entries()) {
            header.append(header.length() > 1 ? "," : "")
                    .append("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(
                                    entry.name(),
                                    entry.shape(),
                                    4L * entry.offset(),
                                    4L * (entry.offset() + entry.size())));
        }
        Files.write(model.resolve("model.safetensors"), file(header.append("}").toString(), new byte[100]));
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(
                model.resolve("config.json"), config.replaceFirst("\"vocab_size\": \\d+", "\"vocab_size\": 50000000"));
        refuses(("Cannot read %s/model.safetensors: the file is truncated: its header declares %d bytes of"
                        + " values, but 100 follow it (copy it again)")
                .formatted(model, 4L * large.layout().size()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[4294967304,4]|the header of tensor x is damaged",
                "[18446744073709551617]|the header of tensor x is damaged",
                "[-1,-1]|the header of tensor x is damaged",
                "[1.0]|the header of tensor x is damaged",
                "[1e0]|the header of tensor x is damaged",
                "[\"1\"]|the header of tensor x is damaged",
                "[1,1,1,1,1,1,1,1,1]|the header of tensor x is damaged",
                "[4294967297]|tensor x is not part of this model",
            })
    void shapesAreReadExactly(String shape, String message) throws IOException {
        String offsets = shape.startsWith("[4294967304") ? "[0,4,5]" : "[0,4]";
        Files.write(
                model.resolve("model.safetensors"),
                file(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}".formatted(shape, offsets),
                        new byte[4]));
        refuses("Cannot read %s/model.safetensors: %s".formatted(model, message));
    }

    @Test
    void aSizeThatWrapsAroundIsAnotherSize() throws IOException {
        byte[] bytes = Files.readAllBytes(model.resolve("model.safetensors"));
        int vocabulary = ModelFolder.config(new LocalFolder(model)).vocabulary();
        String text = new String(
                bytes,
                8,
                (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(),
                StandardCharsets.UTF_8);
        Files.write(
                model.resolve("model.safetensors"),
                file(
                        text.replace("[%d,4]".formatted(vocabulary), "[%d,4]".formatted(vocabulary + (1L << 32))),
                        Arrays.copyOfRange(bytes, 8 + text.length(), bytes.length)));
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("tensor transformer.wte.weight is F32[%d, 4]".formatted(vocabulary + (1L << 32)));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aWeightThatIsNoNumberIsRefusedByName(float value) throws IOException {
        byte[] bytes = Files.readAllBytes(model.resolve("model.safetensors"));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, value);
        Files.write(model.resolve("model.safetensors"), bytes);
        refuses(("Cannot read %s/model.safetensors: tensor transformer.ln_f.bias has %s at index 3 (must be finite "
                        + "numbers:"
                        + " the file is damaged, or its training diverged)")
                .formatted(model, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json"})
    void jsonIsStrictAndBounded(String file) throws IOException {
        String text = Files.readString(model.resolve(file));
        Files.writeString(model.resolve(file), "\ufeff" + text);
        assertThat(read().config().hiddenSize()).isEqualTo(4);
        write(file, "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "more than 64 levels of brackets");
        write(file, "{\"a\":".repeat(100_000), "more than 64 levels of brackets");
        write(file, text.replaceFirst("\\{", "{\"dup\": 1, \"dup\": 2, "), "key dup occurs twice");
        write(file, "", "it is not a JSON object");
        write(file, "[]", "it does not begin with {");
        write(file, text + "x", "it is not a JSON object");
        write(file, text.replaceFirst("\\{", "{'a': 1, "), "it is not a JSON object (see line 1 column ");
        write(file, "{\"a\": 1" + "0".repeat(100) + "}", "it is not a JSON object (");
        Files.write(model.resolve(file), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        assertRefuses("it is not UTF-8");
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        Files.write(model.resolve("config.json"), new byte[(16 << 20) + 1]);
        refuses("Cannot read %s/config.json: it is larger than 16 MiB (the most that such a file may have)"
                .formatted(model));
    }

    /**
     * Values and structure of every file are changed: what comes of it is a model, or an error that says what is wrong.
     */
    @Test
    void everyMutationIsReadOrRefused() throws IOException {
        int refused = 0;
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            byte[] whole = Files.readAllBytes(model.resolve(file));
            Random random = new Random(file.hashCode());
            for (int m = 0; m < 1_200; m++) {
                byte[] mutated = mutated(whole, file.endsWith(".json"), random);
                Files.write(model.resolve(file), mutated);
                try {
                    read();
                } catch (MalformedModelException | IllegalArgumentException e) {
                    assertThat(e.getMessage()).startsWith("Cannot ").hasLineCount(1);
                    refused++;
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(
                            file + " mutation " + m + ": " + new String(mutated, StandardCharsets.ISO_8859_1), e);
                }
            }
            Files.write(model.resolve(file), whole);
        }
        assertThat(refused).isBetween(1_000, 3_500);
    }

    private static byte[] mutated(byte[] whole, boolean json, Random random) {
        int header = json
                ? whole.length
                : (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int begin = json ? 0 : 8;
        String text = new String(whole, begin, header, StandardCharsets.UTF_8);
        String[] others = {
            "null",
            "true",
            "0",
            "-1",
            "-0",
            "1.5",
            "1e999",
            "4294967297",
            "9223372036854775808",
            "1e-400",
            "\"x\"",
            "[]",
            "{}",
            "[1,2]",
            "{\"a\":1}",
            "NaN",
            "'",
            "}",
            "]",
            ",",
            ":",
            "\\u0000",
            "\\ud800",
            "\u001b[31m",
            "//",
            "\"\""
        };
        for (int k = random.nextInt(3); k >= 0; k--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(12));
            if (random.nextBoolean()) { // a whole value
                at = Math.max(0, text.lastIndexOf(':', at)) + 1;
                int comma = text.indexOf(',', at);
                end = comma < 0 ? text.length() : comma;
            }
            text = text.substring(0, at) + others[random.nextInt(others.length)] + text.substring(end);
        }
        byte[] mutated = text.getBytes(StandardCharsets.UTF_8);
        return json ? mutated : file(text, Arrays.copyOfRange(whole, 8 + header, whole.length));
    }

    private static byte[] file(String header, byte[] values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(values)
                .array();
    }

    /** With files next to it, which a tokenizer of words does not need. */
    private void writeHubTokenizer() throws IOException {
        ClasspathFolder hub = new ClasspathFolder("io/solera/checkpoint/tokenizers/hub/gpt2");
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.writeString(model.resolve(file), Json.text(hub, file));
        }
        String config = Files.readString(model.resolve("config.json"));
        Gpt2Config wide = Gpt2Config.of(400, 8, 4, 1, 2);
        Files.writeString(
                model.resolve("config.json"), config.replaceFirst("\"vocab_size\": \\d+", "\"vocab_size\": 400"));
        try (var out = Files.newOutputStream(model.resolve("model.safetensors"))) {
            Safetensors.write(
                    out, wide.layout(), BlockVector.zeros(wide.layout().size()));
        }
        assertThat(read().tokenizer()).isInstanceOf(HubTokenizer.class);
    }

    private Policy read() throws IOException {
        return ModelFolder.read(new LocalFolder(model));
    }

    private void write(String file, String text, String message) throws IOException {
        Files.writeString(model.resolve(file), text);
        assertRefuses(message);
    }

    private void assertRefuses(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(message);
    }

    private void refuses(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(message);
    }
}
