package io.solera.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestReport {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void aPageNeedsNothingElse() throws IOException {
        String page = Report.of(List.of(TinyReport.run("one", 100, 1)));
        String head = page.substring(0, page.indexOf("id=\"data\""));
        assertThat(head)
                .contains("<title>one, Solera</title>", "default-src 'none'")
                .doesNotContain("{{");
        assertThat(head).doesNotContainPattern("<(script|img|link)[^>]*(src|href)=");
        assertThat(page.equals(Report.of(List.of(TinyReport.run("one", 100, 1)))))
                .as("the same again")
                .isTrue();
    }

    @Test
    void textsOfSamplesStayTexts() throws IOException {
        String page = Report.of(List.of(TinyReport.run("a <b>", 100, 1)));
        assertThat(page)
                .doesNotContain("<script>alert", "onerror=alert", "\u2028")
                .contains("<title>a &lt;b&gt;, Solera</title>");
        assertThat(page.split("</script>", -1)).hasSize(4);
        assertThat(data(page).toString()).contains("<script>alert(1)");
    }

    @Test
    void runsAreComparedByWhatTheirSettingsDifferIn() throws IOException {
        JsonObject data = data(Report.of(List.of(TinyReport.run("one", 100, 1), TinyReport.run("two", 100, 2))));
        assertThat(data.getAsJsonArray("runs")).hasSize(2);
        assertThat(data.get("differences")).hasToString("[{\"key\":\"seed\",\"values\":[\"1\",\"2\"]}]");
        JsonObject qed = data.getAsJsonArray("histograms").get(0).getAsJsonObject();
        assertThat(qed.getAsJsonArray("shares"))
                .as("two runs, before and after")
                .hasSize(4);
    }

    @Test
    void manySamplesAreThinned() {
        JsonObject samples = TinyReport.run("one", 120_000, 1).samples().get(0).json();
        assertThat(samples.get("count").getAsInt()).isEqualTo(120_000);
        assertThat(samples.get("drawn").getAsInt()).isBetween(40_000, 50_000);
        assertThat(samples.getAsJsonObject("shaped").getAsJsonArray("qed"))
                .hasSize(samples.get("drawn").getAsInt());
    }

    @Test
    void binsSpanTheMiddleAndHoldTheRest() {
        double[] values = IntStream.rangeClosed(0, 1000).asDoubleStream().toArray();
        Bins bins = Bins.over(List.of(values, new double[] {Double.NaN}));
        assertThat(bins.edges()).hasSize(41);
        assertThat(bins.edges()[0]).isEqualTo(5);
        assertThat(bins.edges()[40]).isCloseTo(995, within(1e-9));
        double[] shares = bins.shares(values);
        assertThat(IntStream.range(0, 40).mapToDouble(k -> shares[k]).sum()).isCloseTo(1, within(1e-9));
        assertThat(shares[0]).as("0 to 29").isCloseTo(30 / 1001.0, within(1e-9));
        assertThat(bins.shares(new double[] {Double.NaN})).containsOnly(0);
        assertThat(Bins.over(List.of()).edges()).containsExactly(0, 1);
        assertThat(Bins.over(List.of(new double[] {2, 2})).edges()).startsWith(2);
    }

    @Test
    void numbersAreShort() {
        assertThat(ShortNumbers.in(
                        JsonParser.parseString("{\"a\": [0.123456789, 5, null, \"x\"], \"b\": 1.00000001}"), 4))
                .hasToString("{\"a\":[0.1235,5,null,\"x\"],\"b\":1.000}");
        assertThat(ShortNumbers.array(new double[] {Double.NaN, 1e-9, 1e6}, 3)).hasToString("[null,1.00E-9,1000000]");
    }

    private static JsonObject data(String page) {
        Matcher found = DATA.matcher(page);
        assertThat(found.find()).isTrue();
        return JsonParser.parseString(found.group(1)).getAsJsonObject();
    }
}
