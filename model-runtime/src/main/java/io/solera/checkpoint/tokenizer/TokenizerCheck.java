package io.solera.checkpoint.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.text.HubTokenizer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a foreign {@code tokenizer.json} that Hugging Face's library is given. The library is native code that
 * aborts the process, and with it an executor and all its tasks, on unexpected input. So it is only given parts of
 * known types, rewritten with checked settings, and texts of bounded length. The post-processor and truncation are left
 * out, as texts are encoded whole and without special tokens.
 */
public final class TokenizerCheck {
    private static final int MAX_PARTS = 32;
    private static final int MAX_LEVELS = 4;
    private static final int GROWTH = 16;
    /** The longest compatibility decomposition of one character: U+FDFA, 18 letters. */
    private static final int COMPATIBILITY = 18;

    private static final Set<String> BEHAVIOURS =
            Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");
    private static final Set<String> PREPENDING = Set.of("first", "never", "always");
    /**
     * Patterns of GPT-2, Llama 3, Qwen 2, Qwen 3, Mistral's Tekken and GPT-4o: the time is linear in the length of the
     * text.
     */
    private static final Set<String> LINEAR = Set.of(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| "
                    + "?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| "
                    + "?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                    + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "\\p{N}{1,3}",
            "\\p{N}",
            "\\s+",
            " {2,}");

    private boolean linear = true;
    private int parts;
    private int decomposed = 1;
    private int replaced = 1;

    private TokenizerCheck() {}

    /** @throws MalformedModelException naming the part that is not supported, or the setting that is not valid */
    public static HubTokenizer.Opened check(JsonObject json, String location) throws MalformedModelException {
        return new TokenizerCheck().checked(new TokenizerPart(json, location, ""));
    }

    private HubTokenizer.Opened checked(TokenizerPart file) throws MalformedModelException {
        JsonObject to = file.to();
        to.addProperty("version", "1.0");
        to.add("truncation", JsonNull.INSTANCE);
        to.add("padding", JsonNull.INSTANCE);
        to.add("added_tokens", TokenizerModel.added(file));
        to.add("normalizer", optional(normalizer(file.part("normalizer"), 0)));
        to.add("pre_tokenizer", optional(preTokenizer(file.part("pre_tokenizer"), 0)));
        to.add("post_processor", JsonNull.INSTANCE);
        int encoded = decomposed * replaced;
        replaced = 1;
        to.add("decoder", optional(decoder(file.part("decoder"), 0)));
        TokenizerPart model = file.part("model");
        if (model == null) {
            throw file.refused("model", "an object");
        }
        to.add("model", TokenizerModel.checked(model));
        int longest = Math.min(HubTokenizer.MAX_LENGTH, 2 * HubTokenizer.MAX_LENGTH / encoded);
        return new HubTokenizer.Opened(
                to.toString(), linear ? longest : Math.min(HubTokenizer.MAX_LENGTH_OF_OTHER_PATTERNS, longest));
    }

    private static JsonElement optional(@Nullable JsonObject part) {
        return part == null ? JsonNull.INSTANCE : part;
    }

    private @Nullable JsonObject normalizer(@Nullable TokenizerPart part, int level) throws MalformedModelException {
        if (part == null) {
            return null;
        }
        String type = part.type();
        switch (type) {
            case "NFC", "NFD", "StripAccents", "Lowercase", "Nmt", "ByteLevel" -> grows(part, "type", 3);
            case "NFKC", "NFKD" -> grows(part, "type", COMPATIBILITY);
            case "BertNormalizer" -> {
                part.flags("clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
                if (!part.has("strip_accents")) {
                    part.to().add("strip_accents", JsonNull.INSTANCE);
                }
                grows(part, "type", 3);
            }
            case "Strip" -> part.flags("strip_left", "strip_right");
            case "Prepend" -> part.text("prepend", 16);
            case "Replace" -> replace(part);
            case "Precompiled" -> {
                String table = part.text("precompiled_charsmap", Integer.MAX_VALUE);
                try {
                    grows(part, "type", Math.min(COMPATIBILITY, CharacterMap.check(table)));
                } catch (IllegalArgumentException e) {
                    throw part.refused("precompiled_charsmap", "a table as SentencePiece writes it: " + e.getMessage());
                }
            }
            case "Sequence" -> {
                JsonArray all = new JsonArray();
                for (TokenizerPart one : inside(part, "normalizers", level)) {
                    all.add(normalizer(one, level + 1));
                }
                part.to().add("normalizers", all);
            }
            default -> throw part.refused("type", "a normalizer that is supported");
        }
        return part.to();
    }

    private @Nullable JsonObject preTokenizer(@Nullable TokenizerPart part, int level) throws MalformedModelException {
        if (part == null) {
            return null;
        }
        switch (part.type()) {
            case "BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts" -> {}
            case "ByteLevel" -> part.flags("add_prefix_space", "trim_offsets", "use_regex");
            case "Metaspace" -> metaspace(part);
            case "Digits" -> part.flags("individual_digits");
            case "Punctuation" -> part.choice("behavior", BEHAVIOURS);
            case "FixedLength" -> part.integer("length", 1, 1024);
            case "Split" -> {
                pattern(part);
                part.text("behavior", 64);
                part.choice("behavior", BEHAVIOURS);
                part.flags("invert");
            }
            case "Sequence" -> {
                JsonArray all = new JsonArray();
                for (TokenizerPart one : inside(part, "pretokenizers", level)) {
                    all.add(preTokenizer(one, level + 1));
                }
                part.to().add("pretokenizers", all);
            }
            default -> throw part.refused("type", "a pre-tokenizer that is supported");
        }
        return part.to();
    }

    private @Nullable JsonObject decoder(@Nullable TokenizerPart part, int level) throws MalformedModelException {
        if (part == null) {
            return null;
        }
        switch (part.type()) {
            case "ByteFallback", "Fuse" -> {}
            case "ByteLevel" -> part.flags("add_prefix_space", "trim_offsets", "use_regex");
            case "Metaspace" -> metaspace(part);
            case "WordPiece" -> {
                part.text("prefix", 16);
                part.flags("cleanup");
            }
            case "BPEDecoder" -> {
                if (part.text("suffix", 16).isEmpty()) {
                    throw part.refused("suffix", "at least one character");
                }
            }
            case "Strip" -> {
                part.letter("content");
                part.integer("start", 0, 16);
                part.integer("stop", 0, 0);
            }
            case "Replace" -> replace(part);
            case "Sequence" -> {
                JsonArray all = new JsonArray();
                for (TokenizerPart one : inside(part, "decoders", level)) {
                    all.add(decoder(one, level + 1));
                }
                part.to().add("decoders", all);
            }
            default -> throw part.refused("type", "a decoder that is supported");
        }
        return part.to();
    }

    private List<TokenizerPart> inside(TokenizerPart part, String key, int level) throws MalformedModelException {
        if (level >= MAX_LEVELS) {
            throw part.refused(key, "at most %d levels deep".formatted(MAX_LEVELS));
        }
        List<TokenizerPart> all = part.parts(key, MAX_PARTS);
        parts += all.size();
        if (parts > MAX_PARTS) {
            throw part.refused(key, "at most %d parts together".formatted(MAX_PARTS));
        }
        return all;
    }

    private static void metaspace(TokenizerPart part) throws MalformedModelException {
        part.letter("replacement");
        part.choice("prepend_scheme", PREPENDING);
        part.flags("add_prefix_space", "split");
    }

    private void replace(TokenizerPart part) throws MalformedModelException {
        int taken = pattern(part);
        int given = part.text("content", 64).length();
        grows(part, "content", Math.max(1, (given + taken - 1) / taken));
    }

    /**
     * Maximum characters that the parts make of one. Decompositions have no further effect after another one;
     * replacements multiply.
     */
    private void grows(TokenizerPart part, String key, int times) throws MalformedModelException {
        if (part.type().equals("Replace")) {
            replaced *= times;
        } else {
            decomposed = Math.max(decomposed, times);
        }
        if (replaced > GROWTH || decomposed * replaced > COMPATIBILITY * GROWTH) {
            throw part.refused(key, "such that replacements make a text at most %d times as long".formatted(GROWTH));
        }
    }

    /** The minimum number of characters that a part's pattern matches. */
    private int pattern(TokenizerPart part) throws MalformedModelException {
        TokenizerPart pattern = part.part("pattern");
        if (pattern == null || pattern.from().size() != 1) {
            throw part.refused("pattern", "{\"String\": text} or {\"Regex\": text}");
        }
        int taken = 1;
        if (pattern.has("String")) {
            taken = pattern.text("String", 256).length();
            if (taken == 0) {
                throw pattern.refused("String", "at least one character");
            }
        } else {
            String regex = pattern.text("Regex", 4096);
            try {
                BoundedPattern.check(regex);
            } catch (IllegalArgumentException e) {
                throw pattern.refused("Regex", "one whose time is bounded: " + e.getMessage());
            }
            linear &= LINEAR.contains(regex);
        }
        part.to().add("pattern", pattern.to());
        return taken;
    }
}
