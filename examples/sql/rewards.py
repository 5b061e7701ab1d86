"""Rewards from PySpark: the job jar is all it needs.

pip install 'pyspark==3.5.*'
python examples/sql/rewards.py deploy/target/solera-job-spark*.jar examples/molecules.csv
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import expr

jar, table = sys.argv[1:]
spark = (
    SparkSession.builder.appName("rewards")
    .config("spark.jars", jar)
    .config("spark.sql.extensions", "io.solera.reward.sql.SoleraExtensions")
    .config("spark.sql.catalog.rewards", "io.solera.reward.sql.RewardFunctionCatalog")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate()
)
molecules = spark.read.csv(table, header=True)
molecules.createOrReplaceTempView("molecules")

# as expressions of a data frame
scored = molecules.select(
    "smiles",
    expr("solera_qed(smiles)").alias("qed"),
    expr("rewards.similarity(smiles, 'CC(=O)Oc1ccccc1C(=O)O')").alias("like_aspirin"),
    expr("solera_qed_status(smiles)").alias("status"),
)
scored.orderBy("qed", ascending=False).show(5, truncate=False)

# many rows at a time, which is how to ask a network
spark.sql(
    "SELECT smiles, activity, activity_status, sa"
    " FROM solera_score(TABLE(SELECT smiles FROM molecules), 'smiles', 'activity(model=gsk3), sa')"
    " ORDER BY activity DESC LIMIT 5"
).show(truncate=False)

# a wrong argument is reported before anything runs
try:
    spark.sql("SELECT solera_activity(smiles, 'modle=gsk3') FROM molecules")
except Exception as problem:
    print(str(problem).splitlines()[0])

spark.stop()
