package io.solera.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * The size and cost of a part.
 *
 * @param distinct inputs, each scored once; rows without any input are not counted
 * @param nanos of one core, by reward
 */
record PartTally(int part, long rows, long distinct, List<Long> nanos) {
    PartTally {
        nanos = List.copyOf(nanos);
    }

    static PartTally of(int part, long rows, long distinct, long[] nanos) {
        return new PartTally(part, rows, distinct, Arrays.stream(nanos).boxed().toList());
    }

    /** Parses what {@link #line()} writes. */
    static PartTally parse(String line) {
        String[] words = line.split(" ", -1);
        List<Long> nanos = new ArrayList<>();
        for (String word : List.of(words).subList(3, words.length)) {
            nanos.add(Long.parseLong(word));
        }
        return new PartTally(Integer.parseInt(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), nanos);
    }

    String line() {
        StringJoiner line = new StringJoiner(" ")
                .add(String.valueOf(part))
                .add(String.valueOf(rows))
                .add(String.valueOf(distinct));
        nanos.forEach(each -> line.add(String.valueOf(each)));
        return line.toString();
    }
}
