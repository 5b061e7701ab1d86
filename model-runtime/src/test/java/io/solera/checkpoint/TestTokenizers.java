package io.solera.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.BlockVector;
import io.solera.text.HubTokenizer;
import io.solera.text.SpecialTokens;
import io.solera.text.Tokenizer;
import io.solera.text.WordTokenizer;
import io.solera.text.Words;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers against transformers, on the files of {@code docs/reference/tokenization.py}. */
class TestTokenizers {
    private static final Map<String, WordTokenizer> WORDS = Map.of(
            "smiles",
            WordTokenizer.smiles(List.of("CC(=O)Oc1ccccc1C(=O)O", "C[C@@H](N)CBr", "[NH3+]CCl")),
            "amino-acids",
            WordTokenizer.of(Words.AMINO_ACIDS, List.of("ACDEFGHIKLMNPQRSTVWY*"), 1),
            "kmers",
            WordTokenizer.of(Words.kmers(4), List.of(), 1),
            "bytes",
            WordTokenizer.of(Words.BYTES, List.of(), 1));

    @TempDir
    Path path;

    /** What transformers says of a text; {@code framed} is the text of its ids between two end tokens. */
    private record Golden(String text, int[] ids, String decoded, String first, String last, String framed) {}

    private static Folder resources(String name) {
        return new ClasspathFolder("io/solera/checkpoint/tokenizers/" + name);
    }

    private static void assertEqual(Tokenizer tokenizer, String name) throws IOException {
        Golden[] all = new Gson().fromJson(Json.text(resources(name), "golden.json"), Golden[].class);
        assertThat(all).hasSizeGreaterThan(1);
        int end = tokenizer.special().end();
        for (Golden golden : all) {
            int[] ids = tokenizer.encode(golden.text);
            int count = ids.length;
            assertThat(ids).as(golden.text).isEqualTo(golden.ids);
            assertThat(tokenizer.decode(ids)).isEqualTo(golden.decoded);
            assertThat(tokenizer.decode(Arrays.copyOf(ids, Math.min(1, count)))).isEqualTo(golden.first);
            assertThat(tokenizer.decode(Arrays.copyOfRange(ids, Math.max(0, count - 1), count)))
                    .isEqualTo(golden.last);
            int[] framed = IntStream.concat(IntStream.of(end), IntStream.concat(Arrays.stream(ids), IntStream.of(end)))
                    .toArray();
            assertThat(tokenizer.decode(framed)).isEqualTo(golden.framed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smiles", "amino-acids", "kmers", "bytes"})
    void wordsHaveTheIdsThatTransformersReadsFromTheirFile(String name) throws Exception {
        WordTokenizer tokenizer = WORDS.get(name);
        Gpt2Config config = Gpt2Config.of(tokenizer.size(), 8, 4, 1, 1);
        ModelFolder.write(new LocalFolder(path), new Policy(config, tokenizer, zeros(config)));
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            assertThat(Files.readString(path.resolve(file))).isEqualTo(Json.text(resources("words/" + name), file));
        }
        assertThat(ModelFolder.tokenizer(new LocalFolder(path))).isEqualTo(tokenizer);
        assertEqual(travelled(tokenizer), "words/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama3", "llama2", "unigram"})
    void anyTokenizerFileHasTheIdsOfTransformers(String name) throws Exception {
        Folder folder = resources("hub/" + name);
        HubTokenizer tokenizer = (HubTokenizer) ModelFolder.tokenizer(folder);
        assertEqual(tokenizer, "hub/" + name);
        assertEqual(travelled(tokenizer), "hub/" + name);
        Gpt2Config config = Gpt2Config.of(tokenizer.size() + 8, 8, 4, 1, 1);
        LocalFolder out = new LocalFolder(path);
        ModelFolder.write(out, new Policy(config, tokenizer, zeros(config)));
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            assertThat(Json.text(out, file)).isEqualTo(Json.text(folder, file));
        }
        assertThat(ModelFolder.read(out).tokenizer().special()).isEqualTo(tokenizer.special());
    }

    @Test
    void threadsShareATokenizer() throws IOException {
        Tokenizer tokenizer = ModelFolder.tokenizer(resources("hub/llama2"));
        List<String> texts = IntStream.range(0, 400)
                .mapToObj(i -> "The solera ages " + i + " wines. ".repeat(i % 7))
                .toList();
        List<String> alone = texts.stream()
                .map(text -> Arrays.toString(tokenizer.encode(text)))
                .toList();
        assertThat(texts.parallelStream()
                        .map(text -> Arrays.toString(tokenizer.encode(text)))
                        .toList())
                .isEqualTo(alone);
        assertThat(texts.parallelStream()
                        .map(text -> tokenizer.decode(tokenizer.encode(text)))
                        .toList())
                .isEqualTo(texts.stream()
                        .map(text -> tokenizer.decode(tokenizer.encode(text)))
                        .toList());
    }

    @Test
    void idsThatOnlyTheNetworkHasAreNoText() throws IOException {
        Tokenizer tokenizer = ModelFolder.tokenizer(resources("hub/gpt2"));
        assertThat(tokenizer.size()).isEqualTo(300);
        assertThat(tokenizer.decode(new int[] {299, 300, 50_000})).isEqualTo(tokenizer.decode(new int[] {299}));
    }

    @Test
    void bytesThatAreNoUtf8AreMarkedInTheText() {
        WordTokenizer bytes = WORDS.get("bytes");
        assertThat(bytes.encode("\u00e9\n")).containsExactly(0xc3 + 4, 0xa9 + 4, '\n' + 4);
        assertThat(bytes.decode(new int[] {0xc3 + 4, 'a' + 4})).isEqualTo("\ufffda");
    }

    @Test
    void specialTokensComeFromGenerationThenConfigThenNames() throws IOException {
        write("tokenizer.json", Json.text(resources("hub/llama3"), "tokenizer.json"));
        assertThatThrownBy(this::special)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(("Cannot read model %s: no file names its end token (put eos_token_id into"
                                + " generation_config.json)")
                        .formatted(path));
        write("tokenizer_config.json", "{\"bos_token\": null, \"eos_token\": {\"content\": \"<|end|>\"}}");
        int end = special().end();
        assertThat(special()).isEqualTo(new SpecialTokens(null, List.of(end), end));
        write("config.json", "{\"bos_token_id\": 5, \"eos_token_id\": [7, %d], \"pad_token_id\": -1}".formatted(end));
        assertThat(special()).isEqualTo(new SpecialTokens(5, List.of(7, end), 7));
        write("config.json", "{\"eos_token_id\": 7}");
        assertThatThrownBy(this::special)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(("Cannot read model %s: config.json says that eos_token_id is [7], but its"
                                + " tokenizer's eos_token has id %d (put the right eos_token_id, and"
                                + " bos_token_id if there is one, into generation_config.json)")
                        .formatted(path, end));
        write("generation_config.json", "{\"eos_token_id\": [9], \"bos_token_id\": 3, \"pad_token_id\": 4}");
        assertThat(special()).isEqualTo(new SpecialTokens(3, List.of(9), 4));
        write("generation_config.json", "{\"eos_token_id\": [\"x\"]}");
        assertThatThrownBy(this::special)
                .hasMessageEndingWith("eos_token_id is a list (must be a token id or a list of them)");
    }

    @Test
    void aSpecialTokenThatTheNetworkLacksIsRefused() {
        WordTokenizer smiles = WORDS.get("smiles");
        HubTokenizer other = new HubTokenizer(
                "{}", new HubTokenizer.Opened("{}", 1), 3, new SpecialTokens(null, List.of(99), 99), Map.of());
        Gpt2Config config = Gpt2Config.of(smiles.size(), 8, 4, 1, 1);
        assertThatThrownBy(() -> new Policy(config, other, zeros(config)))
                .hasMessage("Invalid special token: 99 (must be 0 to %d, as the network has it)"
                        .formatted(smiles.size() - 1));
    }

    private SpecialTokens special() throws IOException {
        return ModelFolder.tokenizer(new LocalFolder(path)).special();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(path.resolve(file), text, StandardCharsets.UTF_8);
    }

    private static BlockVector zeros(NetworkConfig config) {
        return BlockVector.of(new float[(int) config.layout().size()]);
    }

    private static Tokenizer travelled(Tokenizer tokenizer) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(tokenizer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Tokenizer) in.readObject();
        }
    }
}
