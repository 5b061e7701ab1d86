package io.solera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists: files, headings, classes, scripts. */
class TestDocuments {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
    private static final Pattern CLASS = Pattern.compile("`(?:([a-z0-9.]+)\\.)?([A-Z]\\w*[a-z]\\w*)`");
    private static final Pattern SCRIPT = Pattern.compile("`([a-z]+\\.js)`");
    /** A committed command or folder; what a build makes, {@code deploy/target}, is not one. */
    private static final Pattern COMMAND =
            Pattern.compile("\\b((?:bin|deploy|\\.ci|docs/reference|docs/measurements)/(?!target\\b)[a-z_-]+"
                    + "(?:\\.[a-z]+)?|mvnw)\\b");

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(match.groupCount() == 0 ? 0 : 1))
                .toList();
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Test
    void linksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (String link :
                    found(LINK, CODE.matcher(Files.readString(document)).replaceAll(""))) {
                if (link.startsWith("https://")) {
                    continue;
                }
                links++;
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).normalize();
                boolean there = Files.exists(target)
                        && (parts.length == 1
                                || found(HEADING, Files.readString(target)).stream()
                                        .anyMatch(heading -> anchor(heading).equals(parts[1])));
                if (!there) {
                    broken.add(ROOT.relativize(document) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(80);
    }

    @Test
    void theArchitectureNamesClassesThatExist() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/architecture.md"));
        List<String> classes = new ArrayList<>();
        for (String module : List.of("model-runtime", "reward-udfs", "spark-jobs")) {
            Path sources = ROOT.resolve(module).resolve("src");
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> sources.relativize(file).toString())
                        .filter(file -> file.endsWith(".java"))
                        .map(file -> file.replaceAll("^.*/java/io/solera/|\\.java$", "")
                                .replace('/', '.'))
                        .forEach(classes::add);
            }
        }
        List<MatchResult> names = CLASS.matcher(page).results().toList();
        assertThat(names).hasSizeGreaterThan(50);
        for (MatchResult name : names) {
            if (name.group().contains("java.util")) {
                continue;
            }
            String full = name.group(1) == null ? "." + name.group(2) : name.group(1) + "." + name.group(2);
            assertThat(classes)
                    .as("docs/architecture.md names %s", name.group())
                    .anyMatch(type -> name.group(1) == null ? ("." + type).endsWith(full) : type.equals(full));
        }
        for (String script : found(SCRIPT, page)) {
            assertThat(ROOT.resolve("spark-jobs/src/main/resources/io/solera/report/" + script))
                    .as("docs/architecture.md names it")
                    .exists();
        }
    }

    @Test
    void commandsInDocumentsExist() throws IOException {
        int commands = 0;
        for (Path document : documents()) {
            for (String command : found(COMMAND, Files.readString(document))) {
                commands++;
                assertThat(ROOT.resolve(command))
                        .as("%s names it", ROOT.relativize(document))
                        .exists();
            }
        }
        assertThat(commands).isGreaterThan(80);
    }
}
