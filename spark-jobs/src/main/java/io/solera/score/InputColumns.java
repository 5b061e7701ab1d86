package io.solera.score;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Input;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The column that rewards of a kind read: it has the kind's name, such as {@code smiles}, unless the user names
 * another.
 */
public record InputColumns(Map<Input, String> names) {
    public InputColumns {
        names = Map.copyOf(names);
    }

    /**
     * @param options each a column for all kinds, or {@code kind=column}
     * @throws IllegalArgumentException if a kind is repeated
     */
    public static InputColumns parse(List<String> options) {
        Map<Input, String> names = new EnumMap<>(Input.class);
        for (String option : options) {
            int sign = option.indexOf('=');
            List<Input> kinds = Arrays.stream(Input.values())
                    .filter(kind -> sign < 0
                            || kind.column().equals(option.substring(0, sign).toLowerCase(Locale.ROOT)))
                    .toList();
            if (kinds.isEmpty()) {
                throw new RequestException(
                        "Invalid column: %s (must be a name, or smiles=, protein=, dna= or text= and a name)"
                                .formatted(option));
            }
            for (Input kind : kinds) {
                if (names.put(kind, option.substring(sign + 1)) != null) {
                    throw new RequestException(
                            "Invalid column: %s (must be one for each kind of reward)".formatted(option));
                }
            }
        }
        return new InputColumns(names);
    }

    public String of(Input kind) {
        return names.getOrDefault(kind, kind.column());
    }
}
