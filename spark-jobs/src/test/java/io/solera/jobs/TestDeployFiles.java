package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** What the requests and resources in deploy/ have Solera do: picocli reads the arguments, and the classes exist. */
class TestDeployFiles {
    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
    private static final Set<String> ARGUMENTS = Set.of("Args", "args", "arguments", "entryPointArguments");
    private static final Pattern CLASS = Pattern.compile("\\bio\\.solera\\.[\\w.]*[A-Z]\\w*");
    private static final Map<String, Class<?>> COMMANDS =
            Map.of("train", TrainCommand.class, "score", ScoreCommand.class, "select", SelectCommand.class);

    /** The files with the parameters of their place in them, by name. */
    private static Map<String, String> filled() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(DEPLOY, 2)) {
            for (Path file : files.filter(TestDeployFiles::isFilled).toList()) {
                String text = Files.readString(file);
                for (String line : Files.readAllLines(file.resolveSibling("parameters.env"))) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        String[] parts = line.split("=", 2);
                        text = text.replace("${" + parts[0] + "}", parts[1]);
                    }
                }
                texts.put(DEPLOY.relativize(file).toString(), text);
            }
        }
        return texts;
    }

    private static boolean isFilled(Path file) {
        return file.toString().matches(".*\\.(json|yaml)") && Files.exists(file.resolveSibling("parameters.env"));
    }

    /** JSON is YAML, too. */
    private static void forEachMap(String text, Consumer<Map<?, ?>> action) {
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(content -> walk(content, action));
    }

    private static void walk(Object content, Consumer<Map<?, ?>> action) {
        if (content instanceof Map<?, ?> map) {
            action.accept(map);
            map.values().forEach(value -> walk(value, action));
        } else if (content instanceof List<?> list) {
            list.forEach(each -> walk(each, action));
        }
    }

    /** What Solera is given: all of it, or what follows the jar where it is an argument of spark-submit. */
    private static List<String> ofSolera(List<?> arguments) {
        List<String> texts = arguments.stream().map(String::valueOf).toList();
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).endsWith(".jar")) {
                return texts.subList(i + 1, texts.size());
            }
        }
        return texts;
    }

    private static void parse(List<String> arguments) {
        Class<?> command = COMMANDS.get(arguments.get(0));
        assertThat(command).as("the command of %s", arguments).isNotNull();
        new CommandLine(command)
                .parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
    }

    @Test
    void theirCommandsAndOptionsExist() throws IOException {
        List<String> commands = new ArrayList<>();
        filled().forEach((name, text) -> forEachMap(
                text,
                map -> map.forEach((key, value) -> {
                    if (ARGUMENTS.contains(key) && value instanceof List<?> list) {
                        List<String> arguments = ofSolera(list);
                        parse(arguments);
                        commands.add(name + ": " + arguments.get(0));
                    }
                })));
        assertThat(commands)
                .containsExactlyInAnyOrder(
                        "dataproc-serverless/batch.json: train",
                        "dataproc-workflow/workflow.yaml: train",
                        "dataproc-workflow/workflow.yaml: select",
                        "dataproc-workflow/workflow.yaml: score",
                        "dataproc/job.json: train",
                        "emr-eks/job.json: train",
                        "emr-serverless/job.json: train",
                        "emr/cluster.json: train",
                        "kubernetes/application.yaml: train",
                        "kubernetes/scheduled.yaml: train");
    }

    @Test
    void theirClassesExist() throws IOException, ClassNotFoundException {
        List<String> classes = filled().values().stream()
                .flatMap(text -> CLASS.matcher(text).results())
                .map(match -> match.group())
                .distinct()
                .sorted()
                .toList();
        assertThat(classes).containsExactly("io.solera.jobs.Solera", "io.solera.meter.SoleraPlugin");
        for (String name : classes) {
            assertThat(Class.forName(name)).hasPackage(name.substring(0, name.lastIndexOf('.')));
        }
    }

    @Test
    void aMisspeltOptionIsRefused() {
        assertThatThrownBy(() -> parse(List.of("train", "--config", "job.yaml", "--resmue")))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessage("Unknown option: '--resmue'");
    }

    @Test
    void aMissingOptionIsRefused() {
        assertThatThrownBy(() -> parse(List.of("train", "--resume")))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessage("Missing required option: '--config=FILE'");
    }
}
