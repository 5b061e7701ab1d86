package io.solera.fit;

import io.solera.cluster.Slots;
import io.solera.reward.molecule.descriptor.SaFragmentCounter;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.table.TableName;
import io.solera.table.Tables;
import io.solera.table.file.EmptyTableException;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The circular fragments of the molecules of tables, each molecule counted once.
 *
 * @param texts rows read
 * @param unreadable rows with an invalid or too large molecule
 * @param molecules counted
 */
public record FragmentCount(long texts, long unreadable, long molecules, SaFragmentCounter fragments) {
    private static final int TASKS_PER_CORE = 4;

    /**
     * @param leaveOut tables of molecules to exclude
     * @throws EmptyTableException if nothing is left to count
     */
    public static FragmentCount of(
            SparkSession spark, List<String> data, List<String> leaveOut, TextOptions options, String column)
            throws IOException {
        JavaRDD<String> texts = union(spark, data, options, column);
        JavaRDD<String> readable =
                canonical(texts).setName("canonical molecules").persist(StorageLevel.MEMORY_AND_DISK());
        long read = texts.count();
        long unreadable = read - readable.count();
        int tasks = TASKS_PER_CORE * Slots.of(spark.sparkContext()).spread();
        JavaRDD<String> molecules = readable.distinct(tasks);
        if (!leaveOut.isEmpty()) {
            molecules = molecules.subtract(canonical(union(spark, leaveOut, options, column)));
        }
        molecules.setName("distinct molecules").persist(StorageLevel.MEMORY_AND_DISK());
        long counted = molecules.count();
        if (counted == 0) {
            throw new EmptyTableException(
                    "Cannot count fragments: no molecule is left of %s".formatted(String.join(", ", data)));
        }
        SaFragmentCounter fragments =
                molecules.mapPartitions(FragmentCount::count).reduce(SaFragmentCounter::merge);
        readable.unpersist();
        molecules.unpersist();
        return new FragmentCount(read, unreadable, counted, fragments);
    }

    private static JavaRDD<String> union(SparkSession spark, List<String> paths, TextOptions options, String column)
            throws IOException {
        int tasks = TASKS_PER_CORE * Slots.of(spark.sparkContext()).spread();
        JavaRDD<String> all = Tables.texts(spark, new TableName(paths.get(0), null, options), column)
                .javaRDD();
        for (String path : paths.subList(1, paths.size())) {
            all = all.union(Tables.texts(spark, new TableName(path, null, options), column)
                    .javaRDD());
        }
        return all.repartition(tasks);
    }

    private static JavaRDD<String> canonical(JavaRDD<String> texts) {
        return texts.flatMap(text -> Molecules.canonicalSmiles(text).stream().iterator());
    }

    private static Iterator<SaFragmentCounter> count(Iterator<String> molecules) {
        SaFragmentCounter counter = new SaFragmentCounter();
        while (molecules.hasNext()) {
            Molecule molecule = Molecules.read(molecules.next()).molecule();
            if (molecule != null) {
                counter.add(molecule);
            }
        }
        return List.of(counter).iterator();
    }
}
