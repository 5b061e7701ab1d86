import io.solera.reward.molecule.smiles.Molecules;
import io.solera.rl.RandomKey;
import io.solera.text.Words;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table of any size of different molecules with many rows each, and a number that two equal tables have in common.
 * Run by {@code score-at-size.sh}.
 */
final class ScoreAtSize {
    private static final List<String> ALIPHATIC = List.of("C", "N", "O", "S", "F", "Cl", "Br");
    private static final List<String> AROMATIC = List.of("c", "n", "o", "s");
    private static final List<String> INSERTED =
            List.of("C", "N", "O", "CC", "(C)", "(O)", "(N)", "(F)", "(Cl)", "(=O)", "(CC)", "(OC)", "C(=O)N", "S");
    private static final int BATCH = 50_000;

    public static void main(String[] arguments) throws IOException {
        SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "16")
                .getOrCreate();
        if (arguments[0].equals("make")) {
            make(spark, arguments);
        } else {
            hash(spark, arguments[1]);
        }
        spark.stop();
    }

    /** make SAMPLES.csv MOLECULES ROWS FOLDER */
    private static void make(SparkSession spark, String[] arguments) throws IOException {
        List<List<String>> samples = new ArrayList<>();
        for (Row row : spark.read().option("header", "true").csv(arguments[1]).select("smiles").collectAsList()) {
            if (!row.isNullAt(0) && Molecules.valid(row.getString(0))) {
                samples.add(Words.SMILES.split(row.getString(0)));
            }
        }
        long wanted = Long.parseLong(arguments[2]);
        Path folder = Path.of(arguments[4]);
        long begun = System.nanoTime();
        Set<String> molecules = new LinkedHashSet<>();
        long tried = 0;
        for (; molecules.size() < wanted; tried += BATCH) {
            for (String canonical : LongStream.range(tried, tried + BATCH)
                    .parallel()
                    .mapToObj(i -> Molecules.canonicalSmiles(mutant(samples, i)).orElse(null))
                    .toList()) {
                if (canonical != null && molecules.size() < wanted) {
                    molecules.add(canonical);
                }
            }
        }
        System.out.printf(
                "%,d different valid molecules of %,d mutants of %,d samples, in %.0f s%n",
                molecules.size(), tried, samples.size(), (System.nanoTime() - begun) / 1e9);
        Path list = folder.resolve("molecules.txt");
        try (BufferedWriter out = Files.newBufferedWriter(list)) {
            long index = 0;
            for (String molecule : molecules) {
                out.append(String.valueOf(index++)).append(' ').append(molecule).append('\n');
            }
        }
        table(spark, list, wanted, Long.parseLong(arguments[3]))
                .write()
                .parquet(folder.resolve("table.parquet").toString());
    }

    /**
     * Every molecule has a row; of the others a fifth is of a hundred molecules; a hundredth has no or a broken SMILES.
     */
    private static org.apache.spark.sql.Dataset<Row> table(SparkSession spark, Path list, long molecules, long rows) {
        spark.read()
                .text(list.toString())
                .selectExpr("cast(split(value, ' ')[0] as bigint) as molecule", "split(value, ' ')[1] as smiles")
                .createOrReplaceTempView("molecules");
        spark.range(rows).createOrReplaceTempView("numbers");
        return spark.sql("""
                select id, source, case when id < %1$d then smiles
                    when pmod(xxhash64(id, 'none'), 200) = 0 then null
                    when pmod(xxhash64(id, 'broken'), 200) = 0 then smiles || '('
                    else smiles end as smiles
                from molecules join (select id, concat('batch-', pmod(id, 1000)) as source,
                    case when id < %1$d then id
                    when pmod(xxhash64(id, 'often'), 5) = 0 then pmod(xxhash64(id, 'which'), 100)
                    else pmod(xxhash64(id, 'one'), %1$d) end as molecule from numbers) using (molecule)
                """.formatted(molecules));
    }

    private static String mutant(List<List<String>> samples, long number) {
        RandomKey key = RandomKey.of(20).with(number);
        List<String> tokens = new ArrayList<>(samples.get(key.index(0, samples.size())));
        int changes = 1 + key.index(1, 3);
        for (int c = 0; c < changes; c++) {
            RandomKey draw = key.with(c + 1);
            int place = draw.index(0, tokens.size());
            String token = tokens.get(place);
            List<String> kin = ALIPHATIC.contains(token) ? ALIPHATIC : AROMATIC.contains(token) ? AROMATIC : List.of();
            if (kin.isEmpty()) {
                continue;
            }
            switch (draw.index(1, 4)) {
                case 0 -> tokens.set(place, kin.get(draw.index(2, kin.size())));
                case 1 -> {
                    if (tokens.size() > 4 && kin == ALIPHATIC) {
                        tokens.remove(place);
                    }
                }
                default -> {
                    if (kin == ALIPHATIC || place + 1 < tokens.size()
                            && !Character.isDigit(tokens.get(place + 1).charAt(0))) {
                        tokens.add(place + 1, INSERTED.get(draw.index(2, INSERTED.size())));
                    }
                }
            }
        }
        return String.join("", tokens);
    }

    /** hash TABLE: rows, and the sum of a 64-bit hash of each, which does not depend on their order. */
    private static void hash(SparkSession spark, String table) {
        Row row = spark.read()
                .parquet(table)
                .selectExpr("count(*)", "sum(cast(xxhash64(*) as decimal(38, 0)))", "count(distinct smiles)")
                .head();
        System.out.printf("%d rows, %s, %d distinct%n", row.getLong(0), Objects.toString(row.get(1)), row.getLong(2));
    }
}
