"""The SQL functions from a client of Spark Connect, and what it is refused.

python deploy/check/connect.py sc://127.0.0.1:15002
"""

import sys

from pyspark.sql import SparkSession


def check(what, found, expected):
    if found != expected:
        sys.exit(f"Failed: {what}: {found} (must be {expected})")
    print(f"{what}: {found}")


spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
check("session", type(spark).__module__, "pyspark.sql.connect.session")
row = spark.sql("SELECT round(rewards.qed('CCO'), 4), round(solera_qed('CCO'), 4), solera_qed_status('C1CC')").collect()
check("functions", tuple(row[0]), (0.4068, 0.4068, "invalid-input"))
row = spark.sql("SELECT smiles, round(sa, 2) FROM solera_score(TABLE(SELECT 'CCO' smiles), 'smiles', 'sa')").collect()
check("table function", tuple(row[0]), ("CCO", 1.98))
frame = spark.createDataFrame([("CCO",), ("c1ccccc1",)], ["smiles"]).selectExpr("round(solera_mw(smiles), 2)")
check("a data frame of the client", [row[0] for row in frame.collect()], [46.07, 78.11])
for query, message in {
    "SELECT solera_activity('CCO', 'modle=gsk3')": "Invalid argument: modle of activity(modle=gsk3)",
    "SELECT reflect('java.lang.System', 'getenv', 'HOME')": "Cannot use reflect in SQL",
}.items():
    try:
        spark.sql(query).collect()
        sys.exit(f"Failed: {query} is not refused")
    except Exception as problem:
        check("refused", message in str(problem), True)
spark.stop()
