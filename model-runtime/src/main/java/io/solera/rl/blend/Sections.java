package io.solera.rl.blend;

import io.solera.rl.BlockVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parts of a long vector, such as the layers of a network, that a rule blends with coefficients of their own. A
 * section is one or more runs of consecutive numbers, which do not align with the vector's blocks: a section's Gram
 * matrix is the sum over its pieces, within a block by place, and then over blocks in order.
 *
 * @param runs one after the other
 */
public record Sections(List<String> names, List<Run> runs) implements Serializable {
    /** A vector of any length as one section. */
    public static final Sections WHOLE = new Sections(List.of("whole"), List.of(new Run(0, Long.MAX_VALUE)));

    /**
     * Consecutive numbers of a section, from the end of the run before.
     *
     * @param end place of the first number after it
     */
    public record Run(int section, long end) implements Serializable {}

    /** What a block holds of a run: its numbers {@code from .. to - 1}. */
    public record Piece(int section, int from, int to) {}

    public Sections {
        names = List.copyOf(names);
        runs = List.copyOf(runs);
    }

    public int count() {
        return names.size();
    }

    /** The section of the number at a place. */
    public int at(long place) {
        return runs.stream()
                .filter(run -> place < run.end)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot find a section: number %d is after the last one".formatted(place)))
                .section;
    }

    /** The pieces of a block, in order. */
    public List<Piece> pieces(int b, int length) {
        long first = (long) b * BlockVector.BLOCK_SIZE;
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int r = 0; from < length && r < runs.size(); r++) {
            int to = (int) Math.min(runs.get(r).end - first, length);
            if (from < to) {
                pieces.add(new Piece(runs.get(r).section, from, to));
                from = to;
            }
        }
        if (from < length) {
            throw new IllegalArgumentException("Cannot divide a vector: block %d has %d numbers after the last section"
                    .formatted(b, length - from));
        }
        return pieces;
    }

    /** The Gram matrix of each section. */
    public List<GramMatrix> grams(List<BlockVector> updates) {
        return sum(IntStream.range(0, updates.get(0).blocks())
                .mapToObj(b ->
                        grams(b, updates.stream().map(update -> update.block(b)).toList()))
                .toList());
    }

    /** The part of a block of each section's Gram matrix: 0 where a section is not in it. */
    public List<GramMatrix> grams(int b, List<float[]> updates) {
        GramMatrix none = new GramMatrix(new double[updates.size()][updates.size()]);
        List<GramMatrix> grams = new ArrayList<>();
        names.forEach(name -> grams.add(none));
        for (Piece piece : pieces(b, updates.get(0).length)) {
            GramMatrix products = GramMatrix.ofBlock(updates, piece.from, piece.to);
            grams.set(piece.section, GramMatrix.sum(List.of(grams.get(piece.section), products)));
        }
        return grams;
    }

    /** The Gram matrices of sections [section] from their parts [block][section], added in order. */
    public static List<GramMatrix> sum(List<List<GramMatrix>> parts) {
        return IntStream.range(0, parts.get(0).size())
                .mapToObj(s ->
                        GramMatrix.sum(parts.stream().map(part -> part.get(s)).toList()))
                .toList();
    }

    /** Collects runs in order; a name that comes again continues its section. */
    public static final class Builder {
        private final List<String> names = new ArrayList<>();
        private final List<Run> runs = new ArrayList<>();
        private long end;

        public Builder add(String name, long length) {
            if (!names.contains(name)) {
                names.add(name);
            }
            int section = names.indexOf(name);
            end += length;
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).section == section) {
                runs.remove(last);
            }
            runs.add(new Run(section, end));
            return this;
        }

        public Sections build() {
            return new Sections(names, runs);
        }
    }
}
