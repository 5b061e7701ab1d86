package io.solera.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The processes of this machine as the Linux kernel lists them. What says which machine and which numbering of
 * processes is meant is empty on other systems, where nothing is known of another process.
 *
 * @param folder {@code /proc}
 */
record ProcessTable(Path folder) {
    static final ProcessTable OF_KERNEL = new ProcessTable(Path.of("/proc"));
    /**
     * The places of the state and of the start, in clock ticks since the machine's, after a process's name in its
     * {@code stat}.
     */
    private static final int STATE = 0;

    private static final int START = 19;

    /** This start of this machine. */
    String machine() {
        return text(folder.resolve("sys/kernel/random/boot_id")).strip();
    }

    /**
     * Where process numbers and starts mean the same: containers of one machine have the host's machine and another of
     * these.
     */
    String namespace() {
        String pid = link(folder.resolve("self/ns/pid"));
        return pid.isEmpty() ? "" : pid + " " + link(folder.resolve("self/ns/time"));
    }

    /** The start of a process in clock ticks since that of the machine; empty when it is none or has ended. */
    OptionalLong start(long process) {
        return start(Long.toString(process));
    }

    OptionalLong ownStart() {
        return start("self");
    }

    /**
     * Whether this lists the processes by the numbers that this process knows them by, and all of them: neither holds
     * where {@code /proc} is that of another namespace, or hides what belongs to other users.
     */
    boolean isWhole(long self) {
        return link(folder.resolve("self")).equals(Long.toString(self)) && start(1).isPresent();
    }

    private OptionalLong start(String process) {
        String stat = text(folder.resolve(process).resolve("stat"));
        List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
        if (fields.size() <= START
                || fields.get(STATE).equals("Z")
                || fields.get(STATE).equals("X")) {
            return OptionalLong.empty(); // ended, and maybe not asked for its exit code yet
        }
        return OptionalLong.of(Long.parseLong(fields.get(START)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
