package io.solera.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.store.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that look at each layer of the network. */
class TestPerLayer {
    private static final String POLICY = "policy/model.safetensors";

    @TempDir
    private Path folder;

    private Map<String, String> run(String name, String... settings) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("rounds=1", "steps-per-round=1", "evaluation={samples: 20, round-samples: 0}"));
        all.addAll(List.of(settings));
        return TinyRun.run(folder.resolve(name), TinyRun.job(""), all, TinyRun.SILENT);
    }

    private JsonObject blend(String name) throws IOException {
        return JsonParser.parseString(Rounds.of(folder.resolve(name).toString(), new Configuration())
                        .read(1)
                        .read("blend.json"))
                .getAsJsonObject();
    }

    private static double sum(JsonArray values) {
        double sum = 0;
        for (JsonElement value : values) {
            sum += value.getAsDouble();
        }
        return sum;
    }

    @Test
    void eachLayerHasCoefficientsThatAreReported() throws IOException {
        Map<String, String> whole = run("whole", "blend.rule=min-norm");
        Map<String, String> layered = run("layered", "blend={rule: min-norm, per-layer: true}");
        assertThat(layered.get(POLICY)).isNotEqualTo(whole.get(POLICY));
        assertThat(blend("whole").has("layers")).isFalse();

        JsonObject blend = blend("layered");
        List<String> names = new ArrayList<>();
        double[] means = new double[3];
        for (JsonElement element : blend.getAsJsonArray("layers")) {
            JsonObject layer = element.getAsJsonObject();
            names.add(layer.get("name").getAsString());
            JsonArray alpha = layer.getAsJsonArray("coefficients");
            assertThat(sum(alpha)).as("in the hull").isCloseTo(1, within(1e-9));
            for (int i = 0; i < 3; i++) {
                means[i] += alpha.get(i).getAsDouble() / 3;
            }
            assertThat(layer.get("lowest_cosine").getAsDouble()).isBetween(-1.0, 1.0);
        }
        assertThat(names).containsExactly("rest", "layer 0", "layer 1");
        for (int i = 0; i < 3; i++) {
            assertThat(blend.getAsJsonArray("coefficients").get(i).getAsDouble())
                    .isCloseTo(means[i], within(1e-12));
        }
        // the experts are the same, and so are their products as a whole, up to the order of a sum
        double squared = blend("whole")
                .getAsJsonArray("gram")
                .get(0)
                .getAsJsonArray()
                .get(1)
                .getAsDouble();
        assertThat(blend.getAsJsonArray("gram").get(0).getAsJsonArray().get(1).getAsDouble())
                .isCloseTo(squared, within(1e-9 * Math.abs(squared)));
    }

    @Test
    void gradientsAreCombinedByLayerToo() throws IOException {
        String[] whole = {"method=weighted-gradients", "blend.rule=min-norm"};
        String[] layered = {"method=weighted-gradients", "blend={rule: min-norm, per-layer: true}"};
        assertThat(run("layered", layered).get(POLICY))
                .isNotEqualTo(run("whole", whole).get(POLICY));
        assertThat(blend("layered").has("layers")).as("a blend of one").isFalse();
    }

    @Test
    void fixedWeightsAreTheSameInAllLayers() throws IOException {
        assertThat(run("layered", "blend.per-layer=true").get(POLICY))
                .isEqualTo(run("whole").get(POLICY));
        assertThat(blend("layered").has("layers")).isFalse();
    }
}
