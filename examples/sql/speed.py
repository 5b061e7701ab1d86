"""Rows per second of a reward as a scalar function and as part of the table function.

    python examples/sql/speed.py JAR TABLE COLUMN REWARD...

Each way scores rows that nobody scored before (rewards keep what they know), after a warm-up on other rows; the two
take turns, four times.
"""

import sys
import time

from pyspark.sql import SparkSession

jar, table, column, *rewards = sys.argv[1:]
spark = (
    SparkSession.builder.appName("speed")
    .master("local[2]")
    .config("spark.jars", jar)
    .config("spark.driver.extraJavaOptions", "-Dai.djl.offline=true")
    .config("spark.sql.extensions", "io.solera.reward.sql.SoleraExtensions")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
rows = spark.read.csv(table, header=True).select(column).distinct().collect()


def seconds(part, query):
    spark.createDataFrame(part).coalesce(2).createOrReplaceTempView("part")
    spark.sql("SELECT count(*) FROM part").collect()
    begun = time.perf_counter()
    spark.sql(query).collect()
    return time.perf_counter() - begun


for reward in rewards:
    name, _, given = reward.rstrip(")").partition("(")
    constants = ", '" + given.replace("'", "''") + "'" if given else ""
    scalar = f"SELECT sum(s) FROM (SELECT solera_{name}({column}{constants}) AS s FROM part)"
    batched = f"""SELECT sum({name}) FROM solera_score(TABLE(part), '{column}', "{reward}")"""
    size = len(rows) // 10
    seconds(rows[:size], scalar)
    seconds(rows[size : 2 * size], batched)
    spent = {scalar: 0.0, batched: 0.0}
    for turn in range(4):
        for place, query in enumerate((scalar, batched)):
            begin = (2 + 2 * turn + place) * size
            spent[query] += seconds(rows[begin : begin + size], query)
    per_second = {query: 4 * size / time_spent for query, time_spent in spent.items()}
    print(
        f"{reward}: scalar {per_second[scalar]:,.0f} rows/s, table function {per_second[batched]:,.0f} rows/s,"
        f" {per_second[batched] / per_second[scalar]:.1f} times, {4 * size:,} rows each"
    )
spark.stop()
