package io.solera.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the documents of the clone write: their blocks by language, and the commands in them. */
final class DocumentText {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$");
    private static final Pattern INLINE = Pattern.compile(
            "`((?:bin/)?solera [a-z-]+[^`]*|spark-submit [^`]*\\.jar [^`]*|--set (?!key\\.path)[a-z][^`]*)`");
    private static final Pattern HEADER =
            Pattern.compile("(?m)^# {1,3}((?:\\w+=\\S+ |taskset -c \\S+ )*bin/solera .*)$");
    private static final Pattern PROMPT = Pattern.compile("(?m)^\\$ ((?:.*\\\\\n)*.*)$");

    private DocumentText() {}

    /** A text of a document. */
    record Piece(String document, int line, String language, String text) {
        String place() {
            return document + ":" + line;
        }
    }

    /** The committed files below the root that documents may be among. */
    private static List<Path> files(Predicate<String> name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(Files::isRegularFile).forEach(found::add);
        }
        for (String folder : List.of("docs", "deploy", "examples")) {
            try (Stream<Path> below = Files.walk(ROOT.resolve(folder))) {
                below.filter(Files::isRegularFile)
                        .filter(file -> !ROOT.relativize(file).toString().contains("/target"))
                        .forEach(found::add);
            }
        }
        return found.stream()
                .filter(file -> name.test(file.getFileName().toString()))
                .sorted()
                .toList();
    }

    /** The fenced blocks of all Markdown documents. */
    static List<Piece> blocks() throws IOException {
        List<Piece> blocks = new ArrayList<>();
        for (Path file : files(name -> name.endsWith(".md"))) {
            String text = Files.readString(file);
            BLOCK.matcher(text).results().forEach(block -> blocks.add(piece(file, text, block, 2, 3)));
        }
        return blocks;
    }

    /** The commands that a reader may paste: of blocks of shell, and those in the head of an example. */
    static List<Piece> commands() throws IOException {
        List<Piece> commands = new ArrayList<>();
        for (Piece block : blocks()) {
            String shell = block.language().equals("sh") ? block.text() : "";
            if (block.language().equals("console")) {
                shell = String.join(
                        "\n",
                        PROMPT.matcher(block.text())
                                .results()
                                .map(found -> found.group(1))
                                .toList());
            }
            for (String command : ShellText.commands(shell)) {
                commands.add(new Piece(block.document(), block.line(), "sh", command));
            }
        }
        for (Path file : files(name -> name.endsWith(".yaml"))) {
            String text = Files.readString(file);
            HEADER.matcher(text).results().forEach(head -> commands.add(piece(file, text, head, 0, 1)));
        }
        return commands;
    }

    /** Commands of Solera in running text, which may be shortened. */
    static List<Piece> inline() throws IOException {
        List<Piece> inline = new ArrayList<>();
        for (Path file :
                files(name -> name.endsWith(".md") && !Set.of("CHANGELOG.md").contains(name))) {
            String text = BLOCK.matcher(Files.readString(file)).replaceAll(block -> "\n".repeat(lines(block.group())));
            INLINE.matcher(text).results().forEach(found -> inline.add(piece(file, text, found, 0, 1)));
        }
        return inline;
    }

    /** Scripts that the clone has for users. */
    static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>(files(name -> name.endsWith(".sh")));
        for (String folder : List.of("bin", ".ci")) {
            try (Stream<Path> all = Files.list(ROOT.resolve(folder))) {
                all.filter(file -> !file.toString().contains(".xml")
                                && !file.toString().contains(".properties"))
                        .forEach(scripts::add);
            }
        }
        return scripts;
    }

    private static Piece piece(Path file, String text, MatchResult found, int language, int group) {
        return new Piece(
                ROOT.relativize(file).toString(),
                1 + lines(text.substring(0, found.start())),
                language == 0 ? "sh" : found.group(language),
                found.group(group).replace('\n', group == 1 ? ' ' : '\n'));
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
