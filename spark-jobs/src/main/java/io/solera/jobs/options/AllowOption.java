package io.solera.jobs.options;

import io.solera.reward.catalogue.Permission;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the user allows rewards to do. */
public final class AllowOption {
    @Option(
            names = "--allow",
            defaultValue = "",
            paramLabel = "LIST",
            description = "Allow rewards to do what could be dangerous: programs (process, http), torchscript.")
    private String allow = "";

    public Set<Permission> permissions() {
        return Permission.parse(allow);
    }
}
