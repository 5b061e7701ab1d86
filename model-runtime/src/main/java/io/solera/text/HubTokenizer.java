package io.solera.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.util.Utils;
import io.solera.lang.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Any {@code tokenizer.json} of the Hugging Face Hub (byte-level BPE, Unigram, WordPiece and so on), read by Hugging
 * Face's own library through DJL, offline. It is serialised as its text; a JVM opens each text once and keeps it open.
 */
public final class HubTokenizer implements Tokenizer {
    private static final Map<String, HuggingFaceTokenizer> OPEN = new ConcurrentHashMap<>();

    static {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
    }

    /** Maximum characters of a text: native memory for one is then below a gigabyte. */
    public static final int MAX_LENGTH = 1 << 20;
    /** The same if the tokenizer splits by a pattern whose time may grow with the square of the length. */
    public static final int MAX_LENGTH_OF_OTHER_PATTERNS = 1 << 14;

    private final String json;
    private final Opened opened;
    private final int size;
    private final SpecialTokens special;
    private final Map<String, String> otherFiles;
    private transient volatile @Nullable HuggingFaceTokenizer open;

    /**
     * What the library is given.
     *
     * @param json a {@code tokenizer.json} of checked parts
     * @param longest maximum characters of a text
     */
    public record Opened(String json, int longest) implements Serializable {}

    /**
     * @param json the text of {@code tokenizer.json}, unchanged
     * @param opened the part of it that the library is given
     * @param size number of ids, including tokens added to its vocabulary
     * @param otherFiles other files of its folder, by name; they are written with it, unread
     */
    public HubTokenizer(String json, Opened opened, int size, SpecialTokens special, Map<String, String> otherFiles) {
        this.json = json;
        this.opened = opened;
        this.size = size;
        this.special = special;
        this.otherFiles = Collections.unmodifiableMap(new TreeMap<>(otherFiles));
    }

    @Override
    public int[] encode(String text) {
        if (text.length() > opened.longest()) {
            throw new TokenizationException("Cannot encode a text of %d characters: it is too long (at most %d; %s)"
                    .formatted(text.length(), opened.longest(), Excerpt.of(text, Words.SHOWN)));
        }
        for (int k = 0; k < text.length(); k++) {
            if (Character.isSurrogate(text.charAt(k))) {
                if (Character.charCount(text.codePointAt(k)) == 1) {
                    throw new TokenizationException("Cannot encode a text: character %d is half of one (%s)"
                            .formatted(k + 1, Excerpt.of(text, Words.SHOWN)));
                }
                k++;
            }
        }
        try {
            long[] ids = open().encode(text, false, false).getIds();
            return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
        } catch (RuntimeException e) { // the library has no exception of its own
            throw new TokenizationException("Cannot encode a text: the tokenizer fails (%s; %s)"
                    .formatted(
                            String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?"),
                            Excerpt.of(text, Words.SHOWN)));
        }
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

    @Override
    public int size() {
        return size;
    }

    @Override
    public SpecialTokens special() {
        return special;
    }

    /** The text of {@code tokenizer.json}. */
    public String json() {
        return json;
    }

    /** Files that came with it, by name. */
    public Map<String, String> otherFiles() {
        return otherFiles;
    }

    private HuggingFaceTokenizer open() {
        HuggingFaceTokenizer here = open;
        if (here == null) {
            here = OPEN.computeIfAbsent(opened.json(), HubTokenizer::opened);
            open = here;
        }
        return here;
    }

    private static HuggingFaceTokenizer opened(String json) {
        Map<String, String> asWritten = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");
        try {
            NativeFolder.require(Utils.getEngineCacheDir("tokenizers"));
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), asWritten);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("Cannot open a tokenizer: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HubTokenizer that
                && json.equals(that.json)
                && special.equals(that.special)
                && otherFiles.equals(that.otherFiles);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return "HubTokenizer of %d ids, %s".formatted(size, special);
    }
}
