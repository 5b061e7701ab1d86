package io.solera.reward.outside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A process and all its descendants. Its children are known while it lives; on Linux they are also recognised by an
 * environment variable after it has died, or if they are in sessions of their own.
 */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    /** A child that is just being created is not found at first. */
    private static final int LOOKS = 5;

    private final Process root;
    private final byte[] mark;

    private ProcessTree(Process root, String mark) {
        this.root = root;
        this.mark = (mark + "=").getBytes(StandardCharsets.US_ASCII);
    }

    static ProcessTree start(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        String mark = "SOLERA_PROGRAM_" + UUID.randomUUID().toString().replace('-', '_');
        builder.environment().put(mark, "1");
        return new ProcessTree(builder.start(), mark);
    }

    Process root() {
        return root;
    }

    void kill() {
        List<ProcessHandle> found = living();
        for (int look = 0; look < LOOKS && !found.isEmpty(); look++) {
            found.forEach(ProcessHandle::destroyForcibly);
            found = living();
        }
    }

    private List<ProcessHandle> living() {
        return Stream.concat(Stream.concat(root.descendants(), Stream.of(root.toHandle())), marked().stream())
                .filter(ProcessHandle::isAlive)
                .distinct()
                .toList();
    }

    private List<ProcessHandle> marked() {
        List<ProcessHandle> marked = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (isMarked(process)) {
                    Optional.of(process.getFileName().toString())
                            .map(Long::parseLong)
                            .flatMap(ProcessHandle::of)
                            .ifPresent(marked::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return marked; // not Linux
        }
        return marked;
    }

    private boolean isMarked(Path process) {
        try {
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            for (int at = 0; at + mark.length <= environment.length; at++) {
                if ((at == 0 || environment[at - 1] == 0)
                        && Arrays.equals(environment, at, at + mark.length, mark, 0, mark.length)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) { // it has ended, or belongs to another user
            return false;
        }
    }
}
