package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.reward.alignment.Chain;
import io.solera.reward.protein.ProteinRewards;
import java.util.Arrays;
import java.util.List;

/**
 * What the proteins among some samples are made of.
 *
 * @param shares of each of {@link #LETTERS} among the residues of all of them
 * @param lengths how many chains have 0, 1, 2 .. residues
 */
record Residues(double[] shares, int[] lengths) {
    static final String LETTERS = "ACDEFGHIKLMNPQRSTVWY";
    private static final int DIGITS = 4;

    static Residues of(List<String> samples) {
        List<String> chains = samples.stream()
                .filter(ProteinRewards::isProtein)
                .map(Chain::canonical)
                .toList();
        double[] shares = new double[LETTERS.length()];
        int[] lengths =
                new int[1 + chains.stream().mapToInt(String::length).max().orElse(0)];
        double all = chains.stream().mapToDouble(String::length).sum();
        for (String chain : chains) {
            lengths[chain.length()]++;
            for (int i = 0; i < chain.length(); i++) {
                shares[LETTERS.indexOf(chain.charAt(i))] += 1 / all;
            }
        }
        return new Residues(shares, lengths);
    }

    /** {@code letters}, {@code shares} of each, and {@code lengths}: how many chains have 0, 1, 2 .. residues. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("letters", LETTERS);
        json.add("shares", ShortNumbers.array(shares, DIGITS));
        JsonArray counts = new JsonArray();
        Arrays.stream(lengths).forEach(counts::add);
        json.add("lengths", counts);
        return json;
    }
}
