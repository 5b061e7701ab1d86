package io.solera.jobs;

import io.solera.reward.catalogue.Permission;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a user lets rewards do. */
final class AllowOption {
    @Option(
            names = "--allow",
            defaultValue = "",
            paramLabel = "LIST",
            description = "What rewards may do that can harm: programs (process, http), torchscript.")
    private String allow = "";

    Set<Permission> permissions() {
        return Permission.parse(allow);
    }
}
