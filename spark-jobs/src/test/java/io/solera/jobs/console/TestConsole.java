package io.solera.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.jobs.Commands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TestConsole {
    private static final String HOSTILE = "a\u001b[31mred\nsolera: done\r\u009b2J\u202eevil\u2028\u0007\u007f";
    private static final String SHOWN = "a\\u001b[31mred\\nsolera: done\\r\\u009b2J\\u202eevil\\u2028\\u0007\\u007f";

    private static String written(Consumer<PrintStream> writing) {
        PrintStream before = System.out;
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        System.setOut(new PrintStream(raw, true, StandardCharsets.UTF_8));
        try (Console.Streams streams = Console.guard()) {
            writing.accept(System.out);
            System.out.flush();
            return raw.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void whatATerminalWouldObeyIsShown() {
        assertThat(written(out -> out.println(HOSTILE))).isEqualTo(SHOWN + "\n");
        assertThat(written(out -> out.print(HOSTILE))).isEqualTo(SHOWN);
        assertThat(written(out -> out.append(HOSTILE))).isEqualTo(SHOWN);
        assertThat(written(out -> out.println((Object) HOSTILE))).isEqualTo(SHOWN + "\n");
        assertThat(written(out -> out.printf("%d %s%n", 7, HOSTILE))).isEqualTo("7 " + SHOWN + "\n");
        assertThat(written(out -> out.printf("%s%n", new StringBuilder(HOSTILE))))
                .isEqualTo(SHOWN + "\n");
        assertThat(written(out -> out.println(HOSTILE.toCharArray()))).isEqualTo(SHOWN + "\n");
    }

    @Test
    void bytesOfALoggerKeepTheirLinesAndNothingElse() {
        byte[] bytes = ("one\n\ttwo " + HOSTILE + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(written(out -> out.write(bytes, 0, bytes.length)))
                .isEqualTo("one\n\ttwo " + SHOWN.replace("red\\n", "red\n") + "\n");
    }

    @Test
    void stackTracesKeepTheirLines() {
        assertThat(written(out -> new IllegalStateException(HOSTILE).printStackTrace(out)))
                .startsWith("java.lang.IllegalStateException: " + SHOWN + "\n\tat io.solera.jobs.console.TestConsole");
    }

    @Test
    void plainTextInAnyAlphabetIsLeftAsItIs() {
        String plain = "Erdős, 分子, مرحبا, 🧪\tβ-1";
        assertThat(written(out -> out.println(plain))).isEqualTo(plain + "\n");
        assertThat(written(out -> out.printf("\r%s\033[K", 12))).isEqualTo("\r12\033[K");
    }

    @Test
    void everyCommandSpeaksThroughIt() {
        Commands.Outcome wrong = Commands.run(
                "score", "--input", "x.csv", "--rewards", "q\u001b[31m\nsolera: done()", "--output", "y.csv");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("q\\u001b[31m\\nsolera: done").hasLineCount(1);
        Commands.Outcome option = Commands.run("train", "--config", "x", "--\u001b[31m\nsolera: done");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).contains("--\\u001b[31m\\nsolera: done").hasLineCount(2);
    }
}
