package io.solera.jobs.options;

import io.solera.reward.catalogue.Permission;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a user lets rewards do. */
public final class AllowOption {
    @Option(
            names = "--allow",
            defaultValue = "",
            paramLabel = "LIST",
            description = "What rewards may do that can harm: programs (process, http), torchscript.")
    private String allow = "";

    public Set<Permission> permissions() {
        return Permission.parse(allow);
    }
}
