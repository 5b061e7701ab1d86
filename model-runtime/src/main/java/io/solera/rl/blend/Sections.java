package io.solera.rl.blend;

import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A vector's consecutive parts, such as the layers of a network, that are blended each with coefficients of its own. A
 * block can hold parts of several sections and a section can span blocks, so a section's Gram matrix is the sum over
 * blocks of its range in each, in order. One section of the whole vector has {@link GramMatrix#of}, bit for bit.
 */
public record Sections(List<Section> sections) implements Serializable {
    /**
     * The numbers from {@code start} on, up to {@code end}.
     *
     * @param end not among them
     */
    public record Section(String name, long start, long end) implements Serializable {}

    /** What a block holds of a section, by places in the block. */
    private record Slice(int section, int from, int to) {
        List<float[]> of(List<float[]> blocks) {
            return blocks.stream()
                    .map(block -> Arrays.copyOfRange(block, from, to))
                    .toList();
        }
    }

    public Sections {
        sections = List.copyOf(sections);
        long end = 0;
        for (Section section : sections) {
            if (section.start != end || section.end <= end) {
                throw new IllegalArgumentException("Cannot divide a vector: %s is from %d to %d (must start at %d)"
                        .formatted(section.name, section.start, section.end, end));
            }
            end = section.end;
        }
    }

    /** The Gram matrix of each section, of whole updates. */
    public List<GramMatrix> grams(List<BlockVector> updates) {
        List<List<GramMatrix>> blocks = new ArrayList<>();
        for (int b = 0; b < updates.get(0).blocks(); b++) {
            int block = b;
            blocks.add(gramsOfBlock(
                    b, updates.stream().map(update -> update.block(block)).toList()));
        }
        List<GramMatrix> sums = new ArrayList<>();
        for (int s = 0; s < sections.size(); s++) {
            int section = s;
            sums.add(GramMatrix.sum(
                    blocks.stream().map(grams -> grams.get(section)).toList()));
        }
        return sums;
    }

    /** The part of block b of each section's Gram matrix, which is 0 for sections that are not in it. */
    public List<GramMatrix> gramsOfBlock(int b, List<float[]> updates) {
        GramMatrix none = new GramMatrix(new double[updates.size()][updates.size()]);
        List<GramMatrix> grams = new ArrayList<>();
        sections.forEach(section -> grams.add(none));
        for (Slice slice : slices(b, updates.get(0).length)) {
            grams.set(slice.section, GramMatrix.ofBlock(slice.of(updates)));
        }
        return grams;
    }

    /** alpha [section][update] of a rule, applied to each section on its own. */
    public static double[][] coefficients(BlendRule rule, List<GramMatrix> grams, double[] weights, RandomKey key) {
        double[][] alphas = new double[grams.size()][];
        for (int s = 0; s < alphas.length; s++) {
            alphas[s] = rule.coefficients(grams.get(s), weights, key.with(s));
        }
        return alphas;
    }

    /** {@link BlockVector#combineBlock} of block b, with the coefficients of each section. */
    public float[] combineBlock(int b, double[][] alphas, List<float[]> updates) {
        float[] combined = new float[updates.get(0).length];
        for (Slice slice : slices(b, combined.length)) {
            float[] part = BlockVector.combineBlock(alphas[slice.section], slice.of(updates));
            System.arraycopy(part, 0, combined, slice.from, part.length);
        }
        return combined;
    }

    /** {@link OuterStep#stepBlock} of block b, with the coefficients of each section; changes the velocity in place. */
    public float[] stepBlock(
            OuterStep outer, int b, float[] rho, double[][] alphas, List<float[]> experts, float[] velocity) {
        float[] next = new float[rho.length];
        for (Slice slice : slices(b, rho.length)) {
            float[] memory = Arrays.copyOfRange(velocity, slice.from, slice.to);
            float[] part = outer.stepBlock(
                    Arrays.copyOfRange(rho, slice.from, slice.to), alphas[slice.section], slice.of(experts), memory);
            System.arraycopy(part, 0, next, slice.from, part.length);
            System.arraycopy(memory, 0, velocity, slice.from, memory.length);
        }
        return next;
    }

    private List<Slice> slices(int b, int length) {
        long first = (long) b * BlockVector.BLOCK_SIZE;
        List<Slice> slices = new ArrayList<>();
        for (int s = 0; s < sections.size(); s++) {
            long from = Math.max(sections.get(s).start - first, 0);
            long to = Math.min(sections.get(s).end - first, length);
            if (from < to) {
                slices.add(new Slice(s, (int) from, (int) to));
            }
        }
        return slices;
    }
}
