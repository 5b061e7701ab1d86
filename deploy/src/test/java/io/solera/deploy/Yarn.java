package io.solera.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A YARN of one node in this JVM, on the loopback interface; what it runs are processes of their own, as on a cluster.
 */
final class Yarn implements AutoCloseable {
    private static final int LONGEST_SECONDS = 600;
    private static final List<String> ADDRESSES = List.of(
            "resourcemanager.address",
            "resourcemanager.scheduler.address",
            "resourcemanager.resource-tracker.address",
            "resourcemanager.admin.address",
            "resourcemanager.webapp.address",
            "nodemanager.address",
            "nodemanager.localizer.address",
            "nodemanager.webapp.address",
            "nodemanager.collector-service.address");

    /** Kept, as a logger without a reference loses its level. */
    private static final Logger WEB = Logger.getLogger("org.apache.hadoop.shaded");

    private final Path folder;
    private final MiniYARNCluster cluster;
    private final YarnClient client = YarnClient.createYarnClient();

    /** How a job ended: YARN's report of it, and all that spark-submit, drivers and executors wrote. */
    record Outcome(ApplicationReport report, int attempts, int submitExit, String log) {}

    private Yarn(Path folder, MiniYARNCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    static Yarn start(Path folder) throws IOException {
        WEB.setLevel(Level.SEVERE);
        System.setProperty("test.build.data", folder.toString()); // where the cluster keeps its files
        Configuration configuration = new Configuration();
        configuration.setBoolean("yarn.minicluster.fixed.ports", true);
        ADDRESSES.forEach(address -> configuration.set("yarn." + address, "127.0.0.1:0"));
        configuration.set("yarn.resourcemanager.hostname", "127.0.0.1");
        configuration.set("yarn.nodemanager.hostname", "127.0.0.1");
        configuration.setInt("yarn.minicluster.yarn.nodemanager.resource.memory-mb", 16384);
        configuration.setInt("yarn.scheduler.maximum-allocation-mb", 16384);
        configuration.setInt("yarn.nodemanager.resource.cpu-vcores", 8);
        configuration.setInt("yarn.scheduler.minimum-allocation-mb", 128);
        configuration.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
        configuration.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
        configuration.set("yarn.scheduler.capacity.root.queues", "default");
        configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
        configuration.setFloat("yarn.scheduler.capacity.maximum-am-resource-percent", 1);
        configuration.setFloat("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 100);
        configuration.setLong("yarn.nodemanager.delete.debug-delay-sec", 600);
        MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
        cluster.init(configuration);
        cluster.start();
        Yarn yarn = new Yarn(folder, cluster);
        Files.createDirectories(yarn.conf());
        try (OutputStream out = Files.newOutputStream(yarn.conf().resolve("yarn-site.xml"))) {
            cluster.getConfig().writeXml(out);
        }
        yarn.client.init(cluster.getConfig());
        yarn.client.start();
        return yarn;
    }

    /** Submits Solera in cluster mode by spark-submit, and waits until YARN has ended it. */
    Outcome submit(String name, List<String> confs, String... arguments)
            throws IOException, YarnException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--deploy-mode", "cluster", "--class", "io.solera.jobs.Solera"));
        options.addAll(List.of("--driver-memory", "768m", "--executor-memory", "512m", "--num-executors", "1"));
        confs.forEach(conf -> options.addAll(List.of("--conf", conf)));
        options.add(jar().toUri().toString());
        options.addAll(List.of(arguments));
        return outcome(name, begin(name, "256m", options));
    }

    /** An empty jar: Solera's classes are on the class path. */
    Path jar() throws IOException {
        Path jar = folder.resolve("nothing.jar");
        if (!Files.exists(jar)) {
            new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
        }
        return jar;
    }

    /**
     * Starts spark-submit.
     *
     * @param heap of its JVM, which in client mode is the driver's
     * @param words that follow {@code spark-submit}: options, the jar, arguments
     */
    Process begin(String name, String heap, List<String> words) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(":"))
                .filter(entry -> !entry.contains("minicluster"))
                .collect(Collectors.joining(":"));
        List<String> command = new ArrayList<>(List.of(java, "-Xmx" + heap, "-Dai.djl.offline=true"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", conf() + ":" + classPath, "org.apache.spark.deploy.SparkSubmit"));
        command.addAll(List.of("--master", "yarn", "--name", name));
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "OPT_OUT_TRACKING",
                "true");
        List<String> confs = new ArrayList<>(List.of(
                "spark.yarn.jars=local:" + jar(),
                "spark.driver.extraClassPath=" + classPath,
                "spark.executor.extraClassPath=" + classPath,
                "spark.driver.extraJavaOptions=-Dai.djl.offline=true",
                "spark.executor.extraJavaOptions=-Dai.djl.offline=true",
                "spark.yarn.stagingDir=" + folder.resolve("staging").toUri(),
                "spark.yarn.tags=" + name, // in client mode the application has a name of its own
                "spark.yarn.report.interval=200ms",
                "spark.yarn.scheduler.heartbeat.interval-ms=200",
                "spark.executorEnv.JAVA_HOME=" + System.getProperty("java.home"),
                "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
                "spark.ui.enabled=false"));
        environment.forEach((key, value) -> confs.add("spark.yarn.appMasterEnv." + key + "=" + value));
        confs.forEach(conf -> command.addAll(List.of("--conf", conf)));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed(name).toFile());
        builder.environment().putAll(environment);
        builder.environment().put("HADOOP_CONF_DIR", conf().toString());
        return builder.start();
    }

    private Path printed(String name) {
        return folder.resolve(name + ".submit");
    }

    /** Waits until spark-submit has ended, and reads what YARN says of the application with that tag. */
    Outcome outcome(String name, Process submit) throws IOException, YarnException, InterruptedException {
        if (!submit.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            submit.destroyForcibly();
            throw new IllegalStateException("%s has not ended after %d s: %s"
                    .formatted(name, LONGEST_SECONDS, Files.readString(printed(name))));
        }
        for (ApplicationReport report : client.getApplications(EnumSet.allOf(YarnApplicationState.class))) {
            if (report.getApplicationTags().contains(name)) {
                int attempts =
                        client.getApplicationAttempts(report.getApplicationId()).size();
                String application = report.getApplicationId().toString();
                String log = Files.readString(printed(name)) + log(application);
                return new Outcome(report, attempts, submit.exitValue(), log);
            }
        }
        throw new IllegalStateException("%s was not submitted: %s".formatted(name, Files.readString(printed(name))));
    }

    /** What the application's containers have printed; YARN deletes their other files meanwhile. */
    private String log(String application) throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().contains(application) && (file.endsWith("stdout") || file.endsWith("stderr"))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        StringBuilder log = new StringBuilder();
        for (Path file : files) {
            log.append(Files.readString(file));
        }
        return log.toString();
    }

    private Path conf() {
        return folder.resolve("conf");
    }

    @Override
    public void close() {
        client.stop();
        cluster.stop();
    }
}
