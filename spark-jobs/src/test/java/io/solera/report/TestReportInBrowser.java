package io.solera.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a real browser draws them. */
@Tag("browser")
class TestReportInBrowser {
    /** Seconds in which a page with 100,000 points must be drawn, on a busy machine without a graphics card too. */
    private static final double QUICK = 10;

    /** Looks at a page when it is loaded, and leaves what it saw in the document. */
    private static final String LOOK = """
            <script>
            window.addEventListener('load', () => {
              const painted = canvas => {
                const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                return pixels.some((value, k) => k % 4 === 3 && value > 0);
              };
              const figures = [...document.querySelectorAll('figure')].filter(figure => \
              figure.querySelector('.plot')).map(figure => {
                const data = figure.querySelector('details');
                data.open = true;
                data.dispatchEvent(new Event('toggle'));
                const canvas = figure.querySelector('.plot canvas');
                return {
                  title: figure.querySelector('figcaption strong').textContent,
                  label: figure.querySelector('.plot').getAttribute('aria-label'),
                  drawn: canvas ? painted(canvas) : figure.querySelectorAll('.plot svg path').length > 3,
                  inside: figure.querySelector('.plot').scrollWidth <= figure.clientWidth + 1,
                  rows: data.querySelectorAll('tbody tr').length};
              });
              const images = [...document.querySelectorAll('.molecules img')].map(image => image.naturalWidth > 0);
              const seen = document.createElement('pre');
              seen.id = 'seen';
              seen.textContent = btoa(unescape(encodeURIComponent(JSON.stringify({figures, images,
                milliseconds: Number(document.body.dataset.drawnIn), scripts: document.scripts.length,
                results: document.querySelectorAll('#results table tbody tr').length,
                text: document.getElementById('missing').textContent, settings: (document.getElementById('settings') \
                || {}).textContent,
                wide: document.documentElement.scrollWidth > document.documentElement.clientWidth}))));
              document.body.append(seen);
            });
            </script>
            """;

    private static final Pattern SEEN = Pattern.compile("<pre id=\"seen\">([^<]*)</pre>");

    @TempDir
    private Path folder;

    @Test
    void aReportIsDrawn() throws IOException, InterruptedException {
        JsonObject seen = look(List.of(TinyReport.run("one", 500, 1)));
        assertThat(titles(seen))
                .contains(
                        "Before and after",
                        "qed, shaped",
                        "qed, raw",
                        "Hypervolume",
                        "Success",
                        "qed and sa",
                        "qed and logp",
                        "sa and logp",
                        "Blend weights",
                        "Drift",
                        "Cosines",
                        "loss",
                        "kl",
                        "length",
                        "Seconds of tasks per round",
                        "Scoring per reward");
        assertThat(titles(seen))
                .filteredOn("qed"::equals)
                .as("distribution, domain")
                .hasSize(2);
        assertThat(seen.get("results").getAsInt()).isGreaterThan(15);
        assertThat(seen.getAsJsonArray("images")).hasSize(2).allMatch(JsonElement::getAsBoolean);
    }

    @Test
    void textsOfSamplesAreNotRun() throws IOException, InterruptedException {
        JsonObject seen = look(List.of(TinyReport.run("one", 500, 1)));
        assertThat(seen.get("scripts").getAsInt())
                .as("data, library, page, and the one that looks")
                .isEqualTo(4);
        assertThat(seen.get("text").getAsString()).contains(TinyReport.MALICIOUS);
        assertThat(seen.get("settings").getAsString()).contains("</script><script>alert(1)");
    }

    @Test
    void aHundredThousandPointsAreDrawnQuickly() throws IOException, InterruptedException {
        JsonObject seen = look(List.of(TinyReport.run("one", 50_000, 1)));
        double seconds = seen.get("milliseconds").getAsDouble() / 1000;
        System.out.printf("100,000 points, %d figures: %.2f s%n", titles(seen).size(), seconds);
        assertThat(seconds).isPositive().isLessThan(QUICK);
    }

    @Test
    void aComparisonIsDrawn() throws IOException, InterruptedException {
        JsonObject seen = look(
                List.of(TinyReport.run("one", 500, 1), TinyReport.run("two", 500, 2), TinyReport.run("three", 500, 3)));
        assertThat(titles(seen))
                .contains(
                        "Last measured policies",
                        "qed, shaped",
                        "hypervolume",
                        "success",
                        "validity",
                        "qed and sa",
                        "loss");
        assertThat(seen.get("settings").getAsString()).contains("seed", "one", "two", "three");
        assertThat(seen.getAsJsonArray("images")).hasSize(6).allMatch(JsonElement::getAsBoolean);
    }

    @Test
    void numbersOfDifferentMeaningAreInRowsOfTheirOwn() throws IOException, InterruptedException {
        RunData one = TinyReport.run("one", 500, 1);
        int alike =
                look(List.of(one, TinyReport.run("two", 500, 2))).get("results").getAsInt();
        JsonObject threshold = look(List.of(one, TinyReport.run("two", 500, 2, "rewards.sa.at-most=3")));
        assertThat(threshold.get("results").getAsInt()).as("success").isEqualTo(alike + 1);
        JsonObject shaping = look(List.of(one, TinyReport.run("two", 500, 2, "rewards.logp.shaping='linear(0, 9)'")));
        assertThat(shaping.get("results").getAsInt())
                .as("logp shaped, hypervolume, geometric mean and both ICV")
                .isGreaterThan(alike + 1);
        JsonObject function = look(List.of(
                one, TinyReport.run("two", 500, 2, "rewards.logp.function=mw", "rewards.logp.shaping='linear(0, 9)'")));
        assertThat(function.get("results").getAsInt())
                .as("and logp raw")
                .isEqualTo(shaping.get("results").getAsInt() + 1);
    }

    /** Opens the page of some runs; what holds for every page is asserted here. */
    private JsonObject look(List<RunData> runs) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "page");
        Path page = own.resolve("report.html");
        String html = Report.of(runs);
        int end = html.lastIndexOf("</body>");
        Files.writeString(page, html.substring(0, end) + LOOK + html.substring(end));
        Chromium.Answer answer = Chromium.open(page, own);
        assertThat(answer.console()).isEmpty();
        Matcher found = SEEN.matcher(answer.document());
        assertThat(found.find()).as("the page is loaded").isTrue();
        JsonObject seen = JsonParser.parseString(new String(
                        java.util.Base64.getDecoder().decode(found.group(1)), java.nio.charset.StandardCharsets.UTF_8))
                .getAsJsonObject();
        for (JsonElement element : seen.getAsJsonArray("figures")) {
            JsonObject figure = element.getAsJsonObject();
            String title = figure.get("title").getAsString();
            assertThat(figure.get("drawn").getAsBoolean())
                    .as(title + " is drawn")
                    .isTrue();
            assertThat(figure.get("inside").getAsBoolean())
                    .as(title + " is not cut")
                    .isTrue();
            assertThat(figure.get("rows").getAsInt()).as(title + " has a table").isPositive();
            assertThat(figure.get("label").getAsString()).startsWith(title);
        }
        assertThat(seen.get("wide").getAsBoolean()).as("wider than its window").isFalse();
        return seen;
    }

    private static List<String> titles(JsonObject seen) {
        List<String> titles = new ArrayList<>();
        seen.getAsJsonArray("figures")
                .forEach(figure ->
                        titles.add(figure.getAsJsonObject().get("title").getAsString()));
        return titles;
    }
}
