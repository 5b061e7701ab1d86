package io.solera.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits SMILES into atoms, bonds, branches and ring numbers: bracket atoms are one token (stereo, charge and isotope inside),
 * two-letter elements stay whole, ring numbers over 9 are {@code %nn}. The pattern is the field's usual one (Schwaller et al.,
 * Molecular Transformer, ACS Cent. Sci. 2019).
 */
public record SmilesTokenizer(Vocabulary vocabulary) implements Tokenizer {
    /** What one token is; also written into {@code tokenizer.json}. */
    public static final String PATTERN = "\\[[^\\]]+\\]|Br|Cl|%[0-9]{2}|[BCNOPSFIbcnops]|[0-9]|[().=#+\\-\\\\/:~@?>*$]";

    private static final Pattern TOKEN = Pattern.compile(PATTERN);

    /** The vocabulary of a corpus: the special tokens, then every token in it, sorted. */
    public static SmilesTokenizer of(Collection<String> corpus) {
        return of(corpus, 1);
    }

    /** The vocabulary of the tokens that stand in the corpus at least {@code times} times. */
    public static SmilesTokenizer of(Collection<String> corpus, int times) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        corpus.forEach(smiles -> split(smiles).forEach(token -> counts.merge(token, 1, Integer::sum)));
        counts.values().removeIf(count -> count < times);
        return new SmilesTokenizer(Vocabulary.of(List.copyOf(counts.keySet())));
    }

    /**
     * The tokens of a SMILES string; joined, they are the string again.
     *
     * @throws TokenizationException naming the first character that belongs to no token
     */
    public static List<String> split(String smiles) {
        List<String> tokens = new ArrayList<>(smiles.length());
        Matcher matcher = TOKEN.matcher(smiles);
        int end = 0;
        while (end < smiles.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new TokenizationException("Cannot split SMILES: no token starts at character %d (%s)"
                        .formatted(end + 1, abbreviated(smiles)));
            }
            tokens.add(matcher.group());
            end = matcher.end();
        }
        return tokens;
    }

    /**
     * Token ids of a string, without the begin and end tokens.
     *
     * @throws TokenizationException when the string does not split, or holds a token that the vocabulary lacks
     */
    @Override
    public int[] encode(String smiles) {
        List<String> tokens = split(smiles);
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            Integer id = vocabulary.id(tokens.get(i));
            if (id == null) {
                throw new TokenizationException("Cannot encode SMILES: the vocabulary lacks token %s (%s)"
                        .formatted(tokens.get(i), abbreviated(smiles)));
            }
            ids[i] = id;
        }
        return ids;
    }

    @Override
    public int size() {
        return vocabulary.size();
    }

    @Override
    public SpecialTokens special() {
        return vocabulary.special();
    }

    @Override
    public String decode(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            String token = vocabulary.token(id);
            if (!Vocabulary.SPECIAL.contains(token)) {
                text.append(token);
            }
        }
        return text.toString();
    }

    private static String abbreviated(String smiles) {
        return smiles.length() <= 80 ? smiles : smiles.substring(0, 80) + "...";
    }
}
