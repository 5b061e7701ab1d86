package io.solera.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML: a template with style, scripts, the chart library and the data inlined. Texts of samples and jobs are only
 * in the data, where Gson writes {@code <}, {@code >}, {@code &} and the line separators of Unicode as escapes; the
 * scripts set them as text.
 */
final class Page {
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";
    private static final String[] SCRIPTS = {
        "page.js",
        "figure.js",
        "curves.js",
        "charts.js",
        "runs.js",
        "definitions.js",
        "results.js",
        "training.js",
        "blends.js",
        "samples.js",
        "molecules.js",
        "proteins.js",
        "main.js"
    };
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
    /** What would end a script early, or begin a comment in it. */
    private static final Pattern ENDING = Pattern.compile("<(?=/script|!--)", Pattern.CASE_INSENSITIVE);

    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private Page() {}

    static String html(String title, JsonObject data) {
        StringBuilder scripts = new StringBuilder();
        for (String script : SCRIPTS) {
            scripts.append(resource(script));
        }
        Map<String, String> parts = Map.of(
                "title", escaped(title),
                "style", resource("report.css"),
                "library", script(resource(LIBRARY)),
                "data", GSON.toJson(data),
                "script", script(scripts.toString()));
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    /** What every page begins with; it names its generator. */
    static String head() {
        String template = resource("report.html");
        return template.substring(0, template.indexOf("{{"));
    }

    private static String script(String text) {
        return ENDING.matcher(text).replaceAll("\\\\x3c");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("Cannot open %s: it does not ship with this program".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
