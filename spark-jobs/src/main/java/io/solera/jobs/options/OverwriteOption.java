package io.solera.jobs.options;

import io.solera.table.output.OutputPath;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** Whether a command may replace its {@code --output}. */
public final class OverwriteOption {
    @Option(names = "--overwrite", description = "Replace the existing --output.")
    private boolean overwrite;

    /** @param command that writes the output */
    public OutputPath path(String output, Configuration configuration, String command) throws IOException {
        return OutputPath.of(output, configuration, command, overwrite);
    }
}
