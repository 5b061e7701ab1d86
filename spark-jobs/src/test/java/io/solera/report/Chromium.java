package io.solera.report;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real browser without a screen: opens a page, lets its scripts run, and tells what became of it. */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int PATIENCE = 120;

    /** The document after its scripts have run, and what they said on the console. */
    record Answer(String document, List<String> console) {}

    private Chromium() {}

    static Answer open(Path page, Path scratch) throws IOException, InterruptedException {
        Path document = scratch.resolve("document.html");
        Path log = scratch.resolve("log.txt");
        Process process = new ProcessBuilder(
                        program(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1200,900",
                        "--user-data-dir=" + Files.createDirectory(scratch.resolve("profile")),
                        "--enable-logging=stderr",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(document.toFile())
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "Cannot open %s: the browser took more than %d s".formatted(page, PATIENCE));
        }
        List<String> console = Files.readString(log)
                .lines()
                .filter(line -> line.contains(":CONSOLE"))
                .toList();
        return new Answer(Files.readString(document, StandardCharsets.UTF_8), console);
    }

    private static String program() {
        String named = System.getProperty("solera.browser", "");
        if (!named.isEmpty()) {
            return named;
        }
        Optional<File> found = NAMES.stream()
                .flatMap(name -> List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
        return found.orElseThrow(() -> new IllegalStateException(
                        "Cannot find a browser: no %s on the PATH (install chromium, or name one by -Dsolera.browser)"
                                .formatted(String.join(", ", NAMES))))
                .toString();
    }
}
