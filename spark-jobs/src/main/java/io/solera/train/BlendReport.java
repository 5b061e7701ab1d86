package io.solera.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.checkpoint.Trainable;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import java.util.List;

/**
 * What a blend is reported as: names, coefficients, norms, cosines and the Gram matrix, of whole updates; and of each
 * layer where layers have coefficients of their own.
 */
record BlendReport(List<String> names, List<GramMatrix> grams, Coefficients alpha, Trainable.Combined next) {
    /** Once the next policy was computed. */
    JsonObject json() {
        GramMatrix gram = GramMatrix.sum(grams);
        JsonObject report = new JsonObject();
        JsonArray experts = new JsonArray();
        names.forEach(experts::add);
        report.add("experts", experts);
        report.add("coefficients", array(alpha.means()));
        report.add("drift", array(gram.norms()));
        report.add("cosines", matrix(gram.cosines()));
        report.add("gram", matrix(gram.values()));
        report.addProperty("policy_drift", next.drift().getAsDouble());
        next.details().forEach(report::addProperty);
        if (grams.size() > 1) {
            report.add("layers", layers());
        }
        return report;
    }

    private JsonArray layers() {
        JsonArray layers = new JsonArray();
        for (int s = 0; s < grams.size(); s++) {
            JsonObject layer = new JsonObject();
            layer.addProperty("name", alpha.sections().names().get(s));
            layer.add("coefficients", array(alpha.in(s)));
            layer.addProperty("lowest_cosine", grams.get(s).lowestCosine());
            layers.add(layer);
        }
        return layers;
    }

    private static JsonArray matrix(double[][] rows) {
        JsonArray array = new JsonArray();
        for (double[] row : rows) {
            array.add(array(row));
        }
        return array;
    }

    private static JsonArray array(double[] values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }
}
