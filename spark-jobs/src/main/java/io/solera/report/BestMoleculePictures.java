package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.reward.molecule.Depiction;
import java.util.List;
import java.util.Optional;

/** The best molecules of a run, from its {@code molecules.csv}, and their drawings where this machine can draw. */
record BestMoleculePictures(List<String> rewards, List<String[]> lines) {
    static final int MAX_PICTURES = 24;

    static BestMoleculePictures parse(String csv, List<String> rewards) {
        return new BestMoleculePictures(
                rewards,
                csv.lines()
                        .skip(1)
                        .limit(MAX_PICTURES)
                        .map(line -> line.split(",", -1))
                        .toList());
    }

    JsonArray json(int most) {
        JsonArray array = new JsonArray();
        for (String[] cells : lines.subList(0, Math.min(most, lines.size()))) {
            JsonObject molecule = new JsonObject();
            molecule.addProperty("smiles", cells[0]);
            molecule.addProperty("front", Boolean.parseBoolean(cells[1]));
            molecule.add("geometric_mean", number(cells[2]));
            JsonObject values = new JsonObject();
            for (int i = 0; i < rewards.size(); i++) {
                JsonArray pair = new JsonArray();
                pair.add(number(cells[3 + 2 * i]));
                pair.add(number(cells[4 + 2 * i]));
                values.add(rewards.get(i), pair);
            }
            molecule.add("rewards", values);
            Optional<String> svg = Depiction.svg(cells[0]);
            molecule.add("svg", svg.isPresent() ? new JsonPrimitive(svg.get()) : JsonNull.INSTANCE);
            array.add(molecule);
        }
        return array;
    }

    private static com.google.gson.JsonElement number(String text) {
        return ShortNumbers.of(Double.parseDouble(text), 4);
    }
}
