package io.solera.cluster;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The settings of file systems. */
public final class HadoopConfigurations {
    private HadoopConfigurations() {}

    /**
     * Those of Spark, whether a session runs or not: before one is started they are read as it reads them, from
     * {@code spark.hadoop.*} of the submission. A file system that is opened with others stays open with them for the
     * rest of the process.
     */
    public static Configuration ofSpark() {
        return SparkEnv.get() == null
                ? SparkHadoopUtil.get().newConfiguration(new SparkConf())
                : SparkContext.getOrCreate().hadoopConfiguration();
    }
}
