package io.solera.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Json;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.checkpoint.tokenizer.BoundedPattern;
import io.solera.checkpoint.tokenizer.CharacterMap;
import io.solera.checkpoint.tokenizer.TokenizerCheck;
import io.solera.text.HubTokenizer;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of foreign tokenizers reaches the native library, which aborts the process at what it does not expect. */
class TestForeignTokenizers {
    private static final String BYTE_PAIRS = """
            {"added_tokens": [{"id": 0, "content": "<e>", "special": true, "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": false}], "normalizer": %s, "pre_tokenizer": %s, "decoder": %s,
            "post_processor": {"type": "Evil"}, "truncation": {"max_length": 1},
            "model": {"type": "BPE", "unk_token": "<u>", "vocab": {"<e>": 0, "<u>": 1, "a": 2, "b": 3, "ab": 4, "f": \
            5, "i": 6}, "merges": [["a", "b"]]}}
            """;
    private static final String LLAMA3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| "
            + "?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"};normalizer.precompiled_charsmap is "
                        + "\"AAAA\" (must be a table as SentencePiece writes it: it is truncated)",
                "{\"type\": \"Evil\"};normalizer.type is \"Evil\" (must be a normalizer that is supported)",
                "{};normalizer.type is missing (must be a text of at most 64 characters)",
                "{\"type\": \"Replace\", \"pattern\": {\"String\": \"\"}, \"content\": "
                        + "\"\"};normalizer.pattern.String is \"\" (must be at least one character)",
                "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"(a+)+$\"}, \"content\":"
                        + " \"\"};normalizer.pattern.Regex is \"(a+)+$\" (must be one whose time is bounded:"
                        + " it repeats what can match in more than one way, which may take unbounded time)",
                "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Replace\", \"pattern\": {\"String\":"
                        + " \"a\"}, \"content\": \"aaaaaaaa\"}, {\"type\": \"Replace\", \"pattern\":"
                        + " {\"String\": \"a\"}, \"content\":"
                        + " \"aaaaaaaa\"}]};normalizer.normalizers[1].content is \"aaaaaaaa\" (must be such"
                        + " that replacements make a text at most 16 times as long)",
                "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Sequence\", \"normalizers\": [{\"type\": "
                        + "\"Sequence\", \"normalizers\": [{\"type\": \"Sequence\", \"normalizers\": [{\"type\": "
                        + "\"Sequence\", \"normalizers\": []}]}]}]}]};(must be at most 4 levels deep)",
            })
    void aNormalizerThatIsNotSoundIsRefusedByName(String normalizer, String message) {
        assertRefused(BYTE_PAIRS.formatted(normalizer, "null", "null"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[];null;pre_tokenizer is [] (must be an object or null)",
                "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"(a|a)*b\"}, \"behavior\": \"Isolated\", \"invert\": "
                        + "false};null;pre_tokenizer.pattern.Regex",
                "{\"type\": \"Split\", \"pattern\": {\"String\": \"a\"}, \"behavior\": \"Evil\", \"invert\": "
                        + "false};null;pre_tokenizer.behavior is \"Evil\"",
                "{\"type\": \"FixedLength\", \"length\": 0};null;pre_tokenizer.length is 0 (must be 1 to 1024)",
                "{\"type\": \"Metaspace\", \"replacement\": \"ab\"};null;pre_tokenizer.replacement is \"ab\" (must be "
                        + "one character)",
                "null;{\"type\": \"Strip\", \"content\": \" \", \"start\": 0, \"stop\": 1};decoder.stop is 1 (must be "
                        + "0 to 0)",
                "null;{\"type\": \"CTC\"};decoder.type is \"CTC\" (must be a decoder that is supported)",
                "null;{\"type\": \"BPEDecoder\", \"suffix\": \"\"};decoder.suffix is \"\" (must be at least one "
                        + "character)",
            })
    void otherPartsThatAreNotSoundAreRefusedByName(String preTokenizer, String decoder, String message) {
        assertRefused(BYTE_PAIRS.formatted("null", preTokenizer, decoder), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[[\"a\", \"b\"]];[[\"a\", \"x\"]];model.merges[0] is [\"a\",\"x\"] (must be two tokens of the "
                        + "vocabulary that make a third)",
                "[[\"a\", \"b\"]];[\"a b c\"];model.merges[0] is \"a b c\"",
                "\"ab\": 4;\"ab\": 3;token ab of model.vocab has id 3 (must be 0 to 3999999, each once",
                "\"ab\": 4;\"ab\": 2147483647;token ab of model.vocab has id 2147483647",
                "\"ab\": 4;\"ab\": -1;token ab of model.vocab has id -1",
                "\"ab\": 4;\"ab\": 4.5;model.vocab: ab is 4.5 (must be a whole number)",
                "\"unk_token\": \"<u>\";\"unk_token\": \"<none>\";model.unk_token is \"<none>\" (must be a token of "
                        + "the vocabulary)",
                "\"unk_token\": \"<u>\";\"dropout\": 0.1;model.dropout is 0.1 (must be null or 0: the same text must "
                        + "have the same tokens)",
                "\"unk_token\": \"<u>\";\"continuing_subword_prefix\": \"##\";model.merges[0] is [\"a\",\"b\"]",
                "\"content\": \"<e>\";\"content\": \"\";added_tokens[0].content is \"\" (must be at least one "
                        + "character)",
                "\"BPE\";\"Evil\";model.type is \"Evil\" (must be BPE, Unigram, WordPiece or WordLevel)",
            })
    void aModelThatIsNotSoundIsRefusedByName(String from, String to, String message) {
        assertRefused(BYTE_PAIRS.formatted("null", "null", "null").replace(from, to), message);
    }

    /** Those of GPT-2, Llama 3, Qwen 2, DeepSeek, Tekken, GPT-4o and ChemBERTa, and what people write. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                LLAMA3,
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| "
                        + "?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| "
                        + "?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|"
                        + "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}"
                        + "\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "(\\[[^\\]]+]|Br?|Cl?|N|O|S|P|F|I|b|c|n|o|s|p|\\(|\\)|\\.|=|#|-|\\+|\\\\|\\/|:|~|@|\\?|>|\\*|"
                        + "\\$|\\%[0-9]{2}|[0-9])",
                "[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s",
                "\\s+",
                " {2,}",
                ".",
                "(?:ab)+",
                "[A-Z]"
            })
    void patternsOfTheFieldAreAllowed(String pattern) {
        assertThatCode(() -> BoundedPattern.check(pattern)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a*)*",
                "(a|a)+",
                "(a|ab)*c",
                "a+a+b",
                "a*a*a*b",
                "\\s+\\s+$",
                "(a?){30}a{30}",
                "(?:a|b){1,50}c",
                "(a{1,9}){9}",
                "a{1,1000}b{1,1000}",
                "(a)\\1",
                "(?<n>a)\\g<n>",
                "(?<=a+)b",
                "(?>a+)b",
                "(?~a)",
                "(?i)a",
                "a++b++c",
                "a**",
                "a{2}{3}",
                "a{,3}",
                "[[a]b]",
                "[a&&b]",
                "[]",
                "[a",
                "(a",
                "a)",
                "\\R",
                "\\X",
                "\\b",
                "\\K",
                "a\\",
                "x*",
                "a|",
                "$",
                "(?!a+b)c",
                "+",
                "(*FAIL)",
                "\\p{L",
                "a{9999}{9999}"
            })
    void patternsThatMayTakeTimeWithoutBoundAreRefused(String pattern) {
        assertThatThrownBy(() -> BoundedPattern.check(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(it|two of its|its) .*");
    }

    @Test
    void aPatternOfAnyDepthIsRefusedWithoutOverflow() {
        for (String part : List.of("(", "(?:", "(?!", "[", "a|", "{")) {
            assertThatThrownBy(() -> BoundedPattern.check(part.repeat(4096 / part.length())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(it|its) .*");
        }
    }

    @Test
    void aTableOfReplacementsIsWalkedBeforeItIsUsed() throws IOException {
        String table = table("\ufb01", "fi");
        assertThat(CharacterMap.check(table)).isEqualTo(2);
        Tokenizer tokenizer = read(BYTE_PAIRS.formatted(
                "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"%s\"}".formatted(table), "null", "null"));
        assertThat(tokenizer.encode("ab\ufb01")).containsExactly(4, 5, 6);

        byte[] bytes = Base64.getDecoder().decode(table);
        for (int unit = 0; unit < 4; unit++) { // every way out of the trie, and past the replacements
            int at = unit == 3 ? 4 + 4 * (256 * 4) : 4 + 4 * (unit == 0 ? 0 : 256 * unit ^ (unit == 1 ? 0xEF : 0xAC));
            byte[] bad = bytes.clone();
            int value = ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
            ByteBuffer.wrap(bad)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(at, unit == 3 ? value + 100 : value ^ 0x7F000000);
            assertThatThrownBy(() -> CharacterMap.check(Base64.getEncoder().encodeToString(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("its trie leads out of itself|a replacement is outside the table, or too long");
        }
        assertThatThrownBy(() -> CharacterMap.check("?")).hasMessage("it is not base64");
        assertThatThrownBy(() -> CharacterMap.check("/////w==")).hasMessage("it is truncated");
    }

    /** A trie with a block of 256 units for each node. */
    private static String table(String from, String to) {
        byte[] key = from.getBytes(StandardCharsets.UTF_8);
        int[] trie = new int[256 * (key.length + 2)];
        trie[0] = 256 << 10;
        for (int k = 0; k < key.length; k++) {
            int letter = key[k] & 0xFF;
            int at = 256 * (k + 1) ^ letter;
            int offset = at ^ 256 * (k + 2);
            trie[at] = offset << 10 | (k == key.length - 1 ? 1 << 8 : 0) | letter;
        }
        trie[256 * (key.length + 1)] = 1 << 31;
        byte[] replacement = (to + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 4 * trie.length + replacement.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(4 * trie.length);
        for (int unit : trie) {
            bytes.putInt(unit);
        }
        return Base64.getEncoder().encodeToString(bytes.put(replacement).array());
    }

    @Test
    void theLibraryIsGivenCheckedPartsAloneAndTheFileStaysAsItCame() throws Exception {
        String text =
                BYTE_PAIRS.formatted("null", "null", "null").replace("\"truncation\"", "\"evil\": [1], \"truncation\"");
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        JsonObject given =
                JsonParser.parseString(TokenizerCheck.check(json, "t").json()).getAsJsonObject();
        assertThat(given.keySet())
                .containsExactlyInAnyOrder(
                        "version",
                        "truncation",
                        "padding",
                        "added_tokens",
                        "normalizer",
                        "pre_tokenizer",
                        "post_processor",
                        "decoder",
                        "model");
        assertThat(given.get("post_processor").isJsonNull()).isTrue();
        HubTokenizer tokenizer = (HubTokenizer) read(text);
        assertThat(tokenizer.json()).isEqualTo(text);
        assertThat(tokenizer.encode("abx")).containsExactly(4, 1);
    }

    @Test
    void aTextThatIsTooLongOrHalfACharacterIsRefusedAlone() throws IOException {
        Tokenizer tokenizer = read(BYTE_PAIRS.formatted("null", "null", "null"));
        assertThatThrownBy(() -> tokenizer.encode("a".repeat((1 << 20) + 1)))
                .isInstanceOf(TokenizationException.class)
                .hasMessageStartingWith(
                        "Cannot encode a text of 1048577 characters: it is too long (at most 1048576; aaaa");
        assertThatThrownBy(() -> tokenizer.encode("a\ud800b"))
                .isInstanceOf(TokenizationException.class)
                .hasMessageStartingWith("Cannot encode a text: character 2 is half of one (");
        Tokenizer split = read(BYTE_PAIRS.formatted(
                "null",
                "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"[^b]+\"}, \"behavior\": \"Isolated\", \"invert\": "
                        + "false}",
                "null"));
        assertThatThrownBy(() -> split.encode("a".repeat(16_385)))
                .isInstanceOf(TokenizationException.class)
                .hasMessageStartingWith("Cannot encode a text of 16385 characters: it is too long (at most 16384; ");
        assertThat(tokenizer.encode("ab")).containsExactly(4);
    }

    /** In a process of its own: whatever is accepted must not abort it, with any text. */
    @Test
    void noTextAndNoMutationOfATokenizerAbortsTheProcess() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Path work = Files.createDirectory(folder.resolve("work"));
        for (String name : List.of("gpt2", "llama2", "llama3", "unigram")) {
            Files.writeString(
                    files.resolve(name + ".json"),
                    Json.text(new ClasspathFolder("io/solera/checkpoint/tokenizers/hub/" + name), "tokenizer.json"));
        }
        Files.writeString(
                files.resolve("precompiled.json"),
                BYTE_PAIRS.formatted(
                        "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"%s\"}".formatted(table("\ufb01", "")),
                        "{\"type\": \"WhitespaceSplit\"}",
                        "{\"type\": \"BPEDecoder\", \"suffix\": \"</w>\"}"));
        Files.writeString(files.resolve("pieces.json"), WORD_PIECES);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:ErrorFile=" + folder.resolve("crash.txt"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileTexts.class.getName(),
                        files.toString(),
                        "100",
                        work.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(9, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("said.txt"))).contains(HostileTexts.DONE);
        assertThat(process.exitValue()).isZero();
    }

    private static final String WORD_PIECES = """
            {"added_tokens": [], "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": \
            true, "lowercase": true},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": \
            true},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", \
            "max_input_chars_per_word": 100,
            "vocab": {"[UNK]": 0, "a": 1, "b": 2, "##a": 3, "##b": 4, "ab": 5}}}
            """;

    private Tokenizer read(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": 0}");
        return ModelFolder.tokenizer(new LocalFolder(folder));
    }

    private void assertRefused(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("Cannot read %s/tokenizer.json".formatted(folder))
                .hasMessageContaining(message);
    }
}
