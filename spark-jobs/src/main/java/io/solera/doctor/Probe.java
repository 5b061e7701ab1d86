package io.solera.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.package$;

/**
 * The task that asks a process who it is. It is sent before it is known that driver and executors have the same
 * classes, so it is made of a name and of texts alone, and its serial form never changes.
 */
final class Probe implements FlatMapFunction<Iterator<Integer>, String[]> {
    private static final long serialVersionUID = 1;
    private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

    /** What is told of a process, in this order. */
    static final List<String> NAMES = List.of("Solera", "Spark", "Scala");

    /** Of an answer: the place, its clock in milliseconds, and then what {@link #NAMES} lists. */
    static final int PLACE = 0;

    static final int CLOCK = 1;
    static final int FIRST_NAME = 2;

    /** A few milliseconds in which tasks that have nothing to do leave others to other executors. */
    static final long YIELD_MILLIS = 100;

    private final String question;

    /** @param question each process answers it once */
    Probe(String question) {
        this.question = question;
    }

    @Override
    public Iterator<String[]> call(Iterator<Integer> task) throws InterruptedException, IOException {
        List<String[]> answer = new ArrayList<>();
        if (ASKED.add(question)) {
            answer.add(new String[] {
                place(),
                String.valueOf(System.currentTimeMillis()),
                SoleraJar.text(),
                package$.MODULE$.SPARK_VERSION(),
                scala()
            });
        } else {
            Thread.sleep(YIELD_MILLIS);
        }
        return answer.iterator();
    }

    /** The driver, in local mode too, or an executor. */
    static String place() {
        SparkEnv spark = SparkEnv.get();
        return spark.executorId().equals("driver")
                ? Finding.DRIVER
                : "executor %s on %s"
                        .formatted(
                                spark.executorId(),
                                spark.blockManager().blockManagerId().host());
    }

    /** Of the library that Spark runs on. */
    static String scala() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = SparkEnv.class.getClassLoader().getResourceAsStream("library.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version.number", "unknown");
    }
}
