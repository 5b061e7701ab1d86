package io.solera.text;

import io.solera.lang.Excerpt;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token is in a kind of text: a regular expression that finds one token after another; joined, they give the
 * text again.
 */
public final class Words implements Serializable {
    /**
     * Atoms, bonds, branches and ring numbers: bracket atoms are one token (stereo, charge and isotope inside),
     * two-letter elements stay whole, ring numbers over 9 are {@code %nn}. The pattern is the field's usual one
     * (Schwaller et al., Molecular Transformer, ACS Cent. Sci. 2019).
     */
    public static final Words SMILES =
            new Words("SMILES", "\\[[^\\]]+\\]|Br|Cl|%[0-9]{2}|[BCNOPSFIbcnops]|[0-9]|[().=#+\\-\\\\/:~@?>*$]", false);

    /** One letter each; a stop is {@code *}. */
    public static final Words AMINO_ACIDS = new Words("amino acids", "[A-Z*]", false);

    /** The bytes of a text in UTF-8, each written as its {@link ByteLetters letter}. */
    public static final Words BYTES = new Words("bytes", ".", true);

    /** Characters of a text that a message shows. */
    static final int SHOWN = 80;

    private static final String NUCLEOTIDES = "ACGT";
    private static final int MAX_KMER = 6;
    private static final Pattern KMERS = Pattern.compile("\\[ACGT]\\{([1-" + MAX_KMER + "])}\\|\\[ACGTN]");

    private static final Pattern KMERS_NAME = Pattern.compile("kmer\\((\\d{1,2})\\)");

    private final String name;
    private final Pattern pattern;
    private final boolean bytes;

    private Words(String name, String pattern, boolean bytes) {
        this.name = name;
        this.pattern = Pattern.compile(pattern);
        this.bytes = bytes;
    }

    /**
     * Non-overlapping words of k nucleotides, read from the start of the DNA. N, the letters before an N, and the rest
     * of a text whose length is not a multiple of k are single letters.
     */
    public static Words kmers(int k) {
        if (k < 1 || k > MAX_KMER) {
            throw new IllegalArgumentException("Invalid k of k-mers: %d (must be 1 to %d)".formatted(k, MAX_KMER));
        }
        return new Words("DNA", "[%s]{%d}|[%sN]".formatted(NUCLEOTIDES, k, NUCLEOTIDES), false);
    }

    /** The words of a name: smiles, amino-acids, kmer(k) or bytes. */
    public static Words named(String name) {
        Matcher kmers = KMERS_NAME.matcher(name);
        if (kmers.matches()) {
            return kmers(Integer.parseInt(kmers.group(1)));
        }
        return switch (name) {
            case "smiles" -> SMILES;
            case "amino-acids" -> AMINO_ACIDS;
            case "bytes" -> BYTES;
            default ->
                throw new IllegalArgumentException(
                        "Invalid tokenizer: %s (must be smiles, amino-acids, kmer(k) or bytes)".formatted(name));
        };
    }

    /** The words for a pattern in a {@code tokenizer.json}; empty for patterns other than those here. */
    public static Optional<Words> of(String pattern, boolean bytes) {
        for (Words words : List.of(SMILES, AMINO_ACIDS, BYTES)) {
            if (words.pattern().equals(pattern) && words.bytes == bytes) {
                return Optional.of(words);
            }
        }
        Matcher kmers = KMERS.matcher(pattern);
        return !bytes && kmers.matches() ? Optional.of(kmers(Integer.parseInt(kmers.group(1)))) : Optional.empty();
    }

    /** All words, in the order of ids; empty if they come from a corpus. */
    public Optional<List<String>> all() {
        if (bytes) {
            return Optional.of(ByteLetters.all());
        }
        Matcher kmers = KMERS.matcher(pattern());
        if (!kmers.matches()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of(""));
        for (int k = Integer.parseInt(kmers.group(1)); k > 0; k--) {
            words = words.stream()
                    .flatMap(word -> NUCLEOTIDES.chars().mapToObj(letter -> word + (char) letter))
                    .toList();
        }
        List<String> all = new ArrayList<>(List.of("A", "C", "G", "T", "N"));
        words.stream().filter(word -> word.length() > 1).forEach(all::add);
        return Optional.of(all);
    }

    /**
     * The words of a text; for bytes, their letters.
     *
     * @throws TokenizationException naming the first character that is not part of a word
     */
    public List<String> split(String text) {
        String letters = bytes ? ByteLetters.of(text) : text;
        List<String> words = new ArrayList<>(letters.length());
        Matcher matcher = pattern.matcher(letters);
        int end = 0;
        while (end < letters.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new TokenizationException("Cannot split %s: no token starts at character %d (%s)"
                        .formatted(name, end + 1, Excerpt.of(text, SHOWN)));
            }
            words.add(matcher.group());
            end = matcher.end();
        }
        return words;
    }

    /** The text of consecutive words. */
    String join(String words) {
        return bytes ? ByteLetters.text(words) : words;
    }

    public String pattern() {
        return pattern.pattern();
    }

    /** Whether the pattern is applied to the letters of bytes. */
    public boolean bytes() {
        return bytes;
    }

    String name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Words that && pattern().equals(that.pattern()) && bytes == that.bytes;
    }

    @Override
    public int hashCode() {
        return pattern().hashCode();
    }

    @Override
    public String toString() {
        return name + ": " + pattern;
    }
}
