package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.reward.molecule.Depiction;
import io.solera.train.evaluation.BestSample;
import java.util.List;
import java.util.Optional;

/** The best molecules of a run, and their drawings where this machine can draw. */
record BestMoleculePictures(List<String> rewards, List<BestSample> molecules) {
    static final int MAX_PICTURES = 24;
    private static final int DIGITS = 4;

    JsonArray json(int most) {
        JsonArray array = new JsonArray();
        for (BestSample best : molecules.subList(0, Math.min(most, molecules.size()))) {
            JsonObject molecule = new JsonObject();
            molecule.addProperty("smiles", best.text());
            molecule.addProperty("front", best.front());
            molecule.add("geometric_mean", ShortNumbers.of(best.geometricMean(), DIGITS));
            JsonObject values = new JsonObject();
            for (int i = 0; i < rewards.size(); i++) {
                values.add(rewards.get(i), ShortNumbers.array(new double[] {best.raw()[i], best.shaped()[i]}, DIGITS));
            }
            molecule.add("rewards", values);
            Optional<String> svg = Depiction.svg(best.text());
            molecule.add("svg", svg.isPresent() ? new JsonPrimitive(svg.get()) : JsonNull.INSTANCE);
            array.add(molecule);
        }
        return array;
    }
}
