package io.solera.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.checkpoint.Trainable;
import io.solera.rl.blend.GramMatrix;
import java.util.List;

/** What a blend is reported as: names, coefficients, norms, cosines and the Gram matrix. */
record BlendReport(List<String> names, GramMatrix gram, double[] alpha, Trainable.Combined next) {
    /** Once the next policy was computed. */
    JsonObject json() {
        JsonObject report = new JsonObject();
        JsonArray experts = new JsonArray();
        names.forEach(experts::add);
        report.add("experts", experts);
        report.add("coefficients", array(alpha));
        report.add("drift", array(gram.norms()));
        report.add("cosines", matrix(gram.cosines()));
        report.add("gram", matrix(gram.values()));
        report.addProperty("policy_drift", next.drift().getAsDouble());
        next.details().forEach(report::addProperty);
        return report;
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
