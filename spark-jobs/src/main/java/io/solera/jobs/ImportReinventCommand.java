package io.solera.jobs;

import io.solera.cluster.HadoopConfigurations;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.options.OverwriteOption;
import io.solera.reinvent.ImportedJob;
import io.solera.reinvent.Note;
import io.solera.reinvent.ReinventFile;
import io.solera.table.output.OutputPath;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import-reinvent",
        mixinStandardHelpOptions = true,
        description = {
            "Make a job of a REINVENT 4 configuration of staged learning (TOML or JSON).",
            "What the job cannot have is listed, here and at its top. docs/coming-from-reinvent4.md has all settings."
        },
        footer = {"", "Exit codes: 0 done, 2 the request is wrong."})
final class ImportReinventCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", description = "The configuration, with the scoring files that it names.")
    private Path config = Path.of("");

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the job; else it is printed, and the list goes to standard error.")
    private @Nullable String output;

    @Option(
            names = "--model",
            defaultValue = "prior",
            description = "The policy to start from, in place of REINVENT's files (default: ${DEFAULT-VALUE}).")
    private String model = "";

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    @Override
    public Integer call() throws Exception {
        OutputPath target =
                output == null ? null : overwrite.path(output, HadoopConfigurations.ofSpark(), "import-reinvent");
        ImportedJob job = ImportedJob.of(ReinventFile.read(config), model);
        if (target == null) {
            job.yaml().lines().forEach(System.out::println);
            list(System.err, job.notes());
        } else {
            byte[] yaml = job.yaml().getBytes(StandardCharsets.UTF_8);
            target.write(out -> out.write(yaml));
            list(System.out, job.notes());
            System.out.printf("%nTrain it with: solera train --config %s%n", output);
        }
        return ExitCode.DONE;
    }

    private static void list(PrintStream out, List<Note> notes) {
        out.println(notes.isEmpty() ? "The job has all of it." : "The job does not have, or has otherwise:");
        notes.forEach(note -> out.println("  " + note));
    }
}
