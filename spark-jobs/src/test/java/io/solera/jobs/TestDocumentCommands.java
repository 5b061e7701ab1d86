package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.solera.config.SftJob;
import io.solera.config.TrainJob;
import io.solera.jobs.DocumentText.Piece;
import io.solera.reward.catalogue.RewardCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands, jobs and scripts in the documents are right, and {@code docs/commands.txt} says what runs each. */
class TestDocumentCommands {
    private static final Path ROOT = DocumentText.ROOT;
    private static final Set<String> LANGUAGES = Set.of("sh", "console", "text", "yaml", "json", "sql", "python");
    /** A file of the clone: none of a build, of another machine's disk, or with a part that the reader fills in. */
    private static final Pattern FILE =
            Pattern.compile("(?<![\\w/.])(?:bin|deploy|docs|examples|model-runtime|\\.ci)/(?!target/)[\\w./-]*\\w");

    private static final Pattern KEY = Pattern.compile("`([a-z0-9]+(?:[.-][a-z0-9]+)*)(?:: ([^`]+))?`");

    /** The arguments of Solera in a command: what follows its script, or the jar where spark-submit is given one. */
    private static Optional<List<String>> ofSolera(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            boolean submitted = words.contains("spark-submit") && words.get(i).endsWith(".jar");
            if (submitted
                    || words.get(i).equals("bin/solera")
                    || i == 0 && words.get(0).equals("solera")) {
                return Optional.of(words.subList(i + 1, words.size()));
            }
        }
        return Optional.empty();
    }

    private static CommandLine command(String name) {
        return SoleraCommand.COMMANDS.stream()
                .filter(type -> type.getAnnotation(Command.class).name().equals(name))
                .findFirst()
                .map(type -> new CommandLine(type).setCaseInsensitiveEnumValuesAllowed(true))
                .orElseThrow(() -> new AssertionError("There is no command " + name));
    }

    /** Has picocli read a command, and the job reader its job with the keys that it overrides. */
    private static void check(List<String> arguments) throws IOException {
        List<String> rest = arguments.subList(1, arguments.size());
        command(arguments.get(0)).parseArgs(rest.toArray(String[]::new));
        int config = rest.indexOf("--config");
        String job = "rewards: {qed: }\n";
        if (config >= 0 && Files.exists(ROOT.resolve(rest.get(config + 1)))) {
            job = Files.readString(ROOT.resolve(rest.get(config + 1)));
        }
        List<String> overrides = new ArrayList<>();
        for (int i = 0; i + 1 < rest.size(); i++) {
            if (rest.get(i).equals("--set")) {
                overrides.add(rest.get(i + 1));
            }
        }
        if (arguments.get(0).equals("sft")) {
            SftJob.read(job, overrides);
        } else {
            TrainJob.read(job, overrides);
        }
    }

    @Test
    void everySoleraCommandIsRead() throws IOException {
        int commands = 0;
        for (Piece piece : DocumentText.commands()) {
            for (List<String> words : ShellText.words(piece.text())) {
                Optional<List<String>> arguments = ofSolera(words);
                if (arguments.isPresent()) {
                    commands++;
                    try {
                        check(arguments.get());
                    } catch (RuntimeException e) {
                        throw new AssertionError(piece.place() + ": " + piece.text(), e);
                    }
                }
            }
        }
        assertThat(commands).isGreaterThan(45);
    }

    /** In running text a command may lack what it needs, but what it has must be there. */
    @Test
    void everyOptionInRunningTextExists() throws IOException {
        int commands = 0;
        for (Piece piece : DocumentText.inline()) {
            for (List<String> words : ShellText.words(piece.text().replace("...", ""))) {
                Optional<List<String>> arguments = ofSolera(words);
                if (words.get(0).equals("--set")) {
                    check(Stream.concat(Stream.of("train", "--config", "job.yaml"), words.stream())
                            .toList());
                    commands++;
                }
                if (arguments.isEmpty() || arguments.get().isEmpty()) {
                    continue;
                }
                commands++;
                CommandLine line = command(arguments.get().get(0));
                for (String word : arguments.get()) {
                    if (word.startsWith("--")) {
                        assertThat(line.getCommandSpec().optionsMap())
                                .as("%s: %s", piece.place(), piece.text())
                                .containsKey(word.replaceAll("=.*", ""));
                    }
                }
            }
        }
        assertThat(commands).isGreaterThan(30);
    }

    @Test
    void whatIsMisspeltIsRefused() {
        assertThatThrownBy(() -> check(List.of("train", "--config", "job.yaml", "--resmue")))
                .hasMessage("Unknown option: '--resmue'");
        assertThatThrownBy(() -> check(List.of("train", "--config", "job.yaml", "--set", "stepsperround=8")))
                .hasMessageStartingWith("Unknown key stepsperround in --set stepsperround=8 (did you mean");
        assertThatThrownBy(() -> check(List.of("trian"))).hasMessage("There is no command trian");
        assertThat(ShellText.commands("a 'b # c' \\\n    d # e\n# f\n\ng \"h\n  i\"\n"))
                .containsExactly("a 'b # c' d", "g \"h i\"");
        assertThat(ShellText.words("A=1 b 'c d'|e \"f='g'\" && (h \\$i)"))
                .containsExactly(List.of("A=1", "b", "c d"), List.of("e", "f='g'"), List.of("h", "$i"));
    }

    @Test
    void everyFileOfTheCloneThatACommandNamesExists() throws IOException {
        int files = 0;
        for (Piece piece : DocumentText.commands()) {
            for (var found : FILE.matcher(piece.text()).results().toList()) {
                files++;
                assertThat(ROOT.resolve(found.group()))
                        .as("%s: %s", piece.place(), piece.text())
                        .exists();
            }
        }
        assertThat(files).isGreaterThan(60);
    }

    @Test
    void everyBlockIsOfItsLanguage() throws IOException {
        int jobs = 0;
        for (Piece block : DocumentText.blocks()) {
            assertThat(block.language())
                    .as(
                            "the language of the block at %s (sh: commands alone; console: commands after $ and what"
                                    + " they print; text: neither)",
                            block.place())
                    .isIn(LANGUAGES);
            try {
                switch (block.language()) {
                    case "json" -> JsonParser.parseString(block.text());
                    case "yaml" -> {
                        jobs++;
                        job(block.text());
                    }
                    default -> {}
                }
            } catch (RuntimeException e) {
                throw new AssertionError(block.place(), e);
            }
        }
        assertThat(jobs).isGreaterThan(15);
    }

    /** A job, or keys of one. */
    private static void job(String text) throws IOException {
        if (text.matches("(?s)(.*\n)?table: .*")) {
            SftJob.read(text.replaceAll("(?m)^(text|messages): .*$", ""), List.of());
        } else {
            TrainJob.read(text.matches("(?s)(.*\n)?rewards: *.*") ? text : "rewards: {qed: }\n" + text, List.of());
        }
    }

    /** Pages for those who come from elsewhere: the last column has keys of ours, some of them with a value. */
    @Test
    void everyKeyInTablesOfOtherProgramsExists() throws IOException {
        int keys = 0;
        for (String page : List.of("docs/coming-from-reinvent4.md", "docs/coming-from-trl.md")) {
            for (String line : Files.readAllLines(ROOT.resolve(page))) {
                String[] cells = line.split("\\|");
                if (cells.length != 3 || !line.startsWith("|")) {
                    continue;
                }
                for (var found : KEY.matcher(cells[2]).results().toList()) {
                    String key = found.group(1);
                    boolean isFile = key.matches(".*\\.(yaml|html|parquet)");
                    if (isFile
                            || RewardCatalogue.ENTRIES.stream()
                                    .anyMatch(entry -> entry.name().equals(key))) {
                        continue;
                    }
                    keys++;
                    String override = key + "=" + (found.group(2) == null ? "~" : found.group(2));
                    assertThat(isKey(override, found.group(2) != null))
                            .as("%s: %s", page, found.group())
                            .isTrue();
                }
            }
        }
        assertThat(keys).isGreaterThan(80);
        assertThat(isKey("optimizer.rate=~", false)).isFalse();
        assertThat(isKey("optimizer.decay=steep", true)).isFalse();
    }

    /** @param whole whether the value is one of the key's, too */
    private static boolean isKey(String override, boolean whole) {
        String train = refusal(() -> TrainJob.read("rewards: {qed: }\n", List.of(override)));
        String sft = refusal(() -> SftJob.read("table: a.csv\n", List.of(override)));
        return whole
                ? train.isEmpty() || sft.isEmpty()
                : !train.startsWith("Unknown key ") || !sft.startsWith("Unknown key ");
    }

    private static String refusal(Supplier<Object> job) {
        try {
            job.get();
            return "";
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void everyScriptIsRunnable() throws IOException, InterruptedException {
        List<String> check = new ArrayList<>(List.of("bash", "-c", "for f; do bash -n \"$f\" || exit; done", "check"));
        for (Path script : DocumentText.scripts()) {
            assertThat(script).isExecutable();
            if (Files.readString(script).startsWith("#!/usr/bin/env bash")) {
                check.add(script.toString());
            }
        }
        Process process = new ProcessBuilder(check).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes())).isEmpty();
        assertThat(process.waitFor()).isZero();
        assertThat(check).hasSizeGreaterThan(20);
    }

    @Test
    void theListHasEveryCommandAndNoOther() throws IOException {
        Set<String> written = new TreeSet<>();
        for (Piece piece : DocumentText.commands()) {
            written.add(piece.text());
        }
        Set<String> listed = new TreeSet<>();
        for (CommandList entry : CommandList.read()) {
            assertThat(listed.add(entry.command()))
                    .as("%s has it once: %s", CommandList.FILE, entry.command())
                    .isTrue();
            assertThat(entry.how().equals("not"))
                    .as("a reason of %s", entry)
                    .isEqualTo(!entry.because().isEmpty());
        }
        Set<String> missing = new TreeSet<>(written);
        missing.removeAll(listed);
        listed.removeAll(written);
        assertThat(String.join("\n", missing))
                .as("commands that %s lacks", CommandList.FILE)
                .isEmpty();
        assertThat(String.join("\n", listed))
                .as("commands that no document has any more")
                .isEmpty();
    }

    @Test
    void theSmallOnesWork() throws IOException {
        int commands = 0;
        for (CommandList entry : CommandList.read()) {
            if (entry.how().equals("test")) {
                commands++;
                List<String> arguments =
                        ofSolera(ShellText.words(entry.command()).get(0)).orElseThrow();
                Commands.Outcome outcome = Commands.run(arguments.stream()
                        .map(word -> word.replace("examples/", ROOT + "/examples/"))
                        .toArray(String[]::new));
                assertThat(outcome.code())
                        .as(entry.command() + "\n" + outcome.err())
                        .isZero();
                assertThat(outcome.out()).as(entry.command()).isNotBlank();
            }
        }
        assertThat(commands).isPositive();
    }
}
