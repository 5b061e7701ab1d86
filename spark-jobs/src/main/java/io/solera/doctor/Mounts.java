package io.solera.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What is mounted where, and how, as Linux lists it in {@code /proc/self/mounts}; elsewhere nothing is known. */
record Mounts(List<Mount> all) {
    private static final Path LIST = Path.of("/proc/self/mounts");

    /** @param options as in {@code rw, noexec} */
    record Mount(Path place, Set<String> options) {}

    Mounts {
        all = List.copyOf(all);
    }

    static Mounts here() {
        try {
            return of(Files.readAllLines(LIST));
        } catch (IOException e) { // no Linux
            return new Mounts(List.of());
        }
    }

    /** @param lines device, place, type, options and two numbers each */
    static Mounts of(List<String> lines) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words.length > 3) {
                mounts.add(new Mount(Path.of(words[1].replace("\\040", " ")), Set.of(words[3].split(","))));
            }
        }
        return new Mounts(mounts);
    }

    /** Whether programs and libraries in a folder are refused. */
    boolean refusesPrograms(Path folder) {
        return has(folder, "noexec");
    }

    boolean isReadOnly(Path folder) {
        return has(folder, "ro");
    }

    private boolean has(Path folder, String option) {
        return all.stream()
                .filter(mount -> folder.startsWith(mount.place()))
                // of two at the same place the later one is seen
                .reduce((one, other) ->
                        Comparator.<Mount>comparingInt(mount -> mount.place().getNameCount())
                                                .compare(one, other)
                                        > 0
                                ? one
                                : other)
                .filter(mount -> mount.options().contains(option))
                .isPresent();
    }
}
