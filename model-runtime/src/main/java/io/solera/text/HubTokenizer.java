package io.solera.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Any {@code tokenizer.json} of the Hugging Face Hub (byte-level BPE, Unigram, WordPiece and so on), read by Hugging Face's own
 * library through DJL, offline. It travels as its text; a JVM opens each text once and keeps it open.
 *
 * @param json the text of {@code tokenizer.json}
 * @param size ids that it knows, tokens added to its vocabulary included
 * @param beside files that came with it, by name; they leave with it unread
 */
public record HubTokenizer(String json, int size, SpecialTokens special, Map<String, String> beside)
        implements Tokenizer {
    private static final Map<String, HuggingFaceTokenizer> OPEN = new ConcurrentHashMap<>();

    static {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
    }

    public HubTokenizer {
        beside = Collections.unmodifiableMap(new TreeMap<>(beside));
    }

    @Override
    public int[] encode(String text) {
        long[] ids = open().encode(text, false, false).getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public String decode(int[] ids) {
        Set<Integer> left = special.all();
        long[] plain = Arrays.stream(ids)
                .filter(id -> id < size && !left.contains(id))
                .asLongStream()
                .toArray();
        return open().decode(plain, true);
    }

    private HuggingFaceTokenizer open() {
        return OPEN.computeIfAbsent(json, text -> {
            Map<String, String> asWritten = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");
            try {
                return HuggingFaceTokenizer.newInstance(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), asWritten);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot open a tokenizer: " + e.getMessage(), e);
            }
        });
    }
}
