package io.solera.reward.catalogue;

import io.solera.lang.EnumText;
import io.solera.problem.RequestException;
import java.util.EnumSet;
import java.util.Set;

/** What a reward may only do if the user allows it by name. */
public enum Permission {
    /** Run a program, or call a service, that the reward's arguments name. */
    PROGRAMS,
    /** Run the code in a TorchScript model. */
    TORCHSCRIPT;

    /** The name in jobs and on the command line. */
    public String text() {
        return EnumText.of(this);
    }

    /** Comma-separated permissions. */
    public static Set<Permission> parse(String words) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String word : words.isBlank() ? new String[0] : words.split(",", -1)) {
            permissions.add(EnumText.find(Permission.class, word.strip())
                    .orElseThrow(() -> new RequestException("Invalid allow: %s (must be %s)"
                            .formatted(word.strip(), EnumText.choices(Permission.class)))));
        }
        return permissions;
    }

    /** The message of what is not allowed. */
    RequestException missing(String reward, String why) {
        return new RequestException(
                "Cannot use %s: %s (allow it: --allow %s, allow: [%s] in a job, or spark.solera.sql.allow=%s for SQL)"
                        .formatted(reward, why, text(), text(), text()));
    }
}
