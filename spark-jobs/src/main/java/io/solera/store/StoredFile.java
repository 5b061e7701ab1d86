package io.solera.store;

import java.io.Serializable;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A file of a round: its name below the attempt's folder, its size and its SHA-256. */
public record StoredFile(String name, long bytes, String sha256) implements Serializable {
    static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    static final String RULE =
            "names without a colon, a backslash or a control character, joined by /, none of them . or ..";
    private static final Pattern PART = Pattern.compile("[^/\\\\:\\p{Cntrl}]{1,255}");

    /** Whether a file of a round may have this name: then it is inside the attempt's folder, wherever that is. */
    static boolean isName(String name) {
        return Arrays.stream(name.split("/", -1))
                .allMatch(part -> PART.matcher(part).matches() && !part.equals(".") && !part.equals(".."));
    }
}
