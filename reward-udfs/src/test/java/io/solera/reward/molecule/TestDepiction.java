package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TestDepiction {
    /** What a process without fonts runs. */
    static final class WithoutFonts {
        private WithoutFonts() {}

        public static void main(String[] arguments) {
            System.out.println(
                    Depiction.svg("CCO").isEmpty() + " " + Depiction.obstacle().orElse("none"));
        }
    }

    @Test
    void drawsAMolecule() {
        assertThat(Depiction.obstacle()).isEmpty();
        String svg = Depiction.svg("CC(=O)Oc1ccccc1C(=O)O").orElseThrow();
        assertThat(svg).contains("<svg", "</svg>", "#B8181B").hasSizeLessThan(6000);
        assertThat(svg).as("letters are outlines").doesNotContain("<text", "font-family");
        assertThat(svg).as("one decimal").doesNotContainPattern("\\d\\.\\d\\d");
    }

    @Test
    void drawsNothingThatIsNoMolecule() {
        assertThat(Depiction.svg("C1CC")).isEmpty();
        assertThat(Depiction.svg("</script>")).isEmpty();
    }

    @Test
    void saysThatThereAreNoFonts() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Dsun.awt.fontconfig=/nonexistent",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WithoutFonts.class.getName())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said)
                .startsWith("true Java finds no fonts on this machine; install fontconfig and a font, such as"
                        + " fonts-dejavu-core (");
    }
}
