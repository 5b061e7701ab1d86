package io.solera.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The processes of this machine as listed by the Linux kernel. The machine and the process namespace are empty on other
 * systems, where nothing is known about other processes.
 *
 * @param folder {@code /proc}
 */
record ProcessTable(Path folder) {
    static final ProcessTable OF_KERNEL = new ProcessTable(Path.of("/proc"));
    /**
     * Field indices of the state and of the start time (in clock ticks since boot), after a process's name in its
     * {@code stat}.
     */
    private static final int STATE = 0;

    private static final int START = 19;

    /** The boot id of this machine. */
    String machine() {
        return text(folder.resolve("sys/kernel/random/boot_id")).strip();
    }

    /**
     * The process namespace: containers on one machine have the host's machine id but different namespaces.
     */
    String namespace() {
        String pid = link(folder.resolve("self/ns/pid"));
        return pid.isEmpty() ? "" : pid + " " + link(folder.resolve("self/ns/time"));
    }

    /** The start time of a process in clock ticks since boot; empty if it does not exist or has ended. */
    OptionalLong start(long process) {
        return start(Long.toString(process));
    }

    OptionalLong ownStart() {
        return start("self");
    }

    /**
     * Whether this lists all processes, under the numbers used by this process: not if {@code /proc} belongs to another
     * namespace, or hides processes of other users.
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
            return OptionalLong.empty(); // ended, possibly not reaped yet
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
