package io.solera.text;

import io.solera.problem.RequestException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An immutable one-to-one map between tokens and ids 0 .. size-1; the first four ids are the special tokens. */
public final class Vocabulary implements Serializable {
    public static final String PAD = "<pad>";
    public static final String BOS = "<bos>";
    public static final String EOS = "<eos>";
    public static final String UNK = "<unk>";
    /** The special tokens in the order of their ids. */
    public static final List<String> SPECIAL = List.of(PAD, BOS, EOS, UNK);

    private final List<String> tokens;
    private final Map<String, Integer> ids;

    /** @param tokens all tokens in the order of their ids, including special tokens */
    public Vocabulary(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
        this.ids = new HashMap<>(tokens.size() * 2);
        for (int id = 0; id < tokens.size(); id++) {
            if (ids.put(tokens.get(id), id) != null) {
                throw new RequestException(
                        "Invalid vocabulary: token %s is listed twice (ids must be unique)".formatted(tokens.get(id)));
            }
        }
        for (String special : SPECIAL) {
            if (!ids.containsKey(special)) {
                throw new RequestException(
                        "Invalid vocabulary: special token %s is missing (must hold %s)".formatted(special, SPECIAL));
            }
        }
    }

    /** The special tokens followed by {@code tokens}. */
    public static Vocabulary of(List<String> tokens) {
        return new Vocabulary(java.util.stream.Stream.concat(SPECIAL.stream(), tokens.stream())
                .toList());
    }

    public int size() {
        return tokens.size();
    }

    public List<String> tokens() {
        return tokens;
    }

    public String token(int id) {
        return tokens.get(id);
    }

    /** The id of a token, or null if it is unknown. */
    public @Nullable Integer id(String token) {
        return ids.get(token);
    }

    public int pad() {
        return special(PAD);
    }

    public int bos() {
        return special(BOS);
    }

    public int eos() {
        return special(EOS);
    }

    /** The special tokens as ids. */
    public SpecialTokens special() {
        return new SpecialTokens(bos(), List.of(eos()), pad());
    }

    private int special(String token) {
        Integer id = ids.get(token);
        if (id == null) {
            throw new IllegalStateException("Cannot find special token %s: the vocabulary lost it".formatted(token));
        }
        return id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vocabulary that && tokens.equals(that.tokens);
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    @Override
    public String toString() {
        return "Vocabulary" + tokens;
    }
}
