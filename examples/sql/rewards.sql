-- Rewards from the spark-sql shell:
--   spark-sql --jars deploy/target/solera-job-spark*.jar \
--     --conf spark.sql.catalog.rewards=io.solera.reward.sql.RewardFunctionCatalog -f examples/sql/rewards.sql

CREATE TEMPORARY VIEW molecules AS
SELECT * FROM VALUES
  ('aspirin', 'CC(=O)Oc1ccccc1C(=O)O'), ('caffeine', 'Cn1cnc2c1c(=O)n(C)c(=O)n2C'), ('broken', 'C1CC'), ('none', NULL)
  AS molecules(name, smiles);

-- a function of the catalogue and one of the session give the same; NULL and broken texts give NULL, and a status
SELECT name, round(rewards.qed(smiles), 4) AS qed, round(solera_logp(smiles), 4) AS logp,
  solera_qed_status(smiles) AS status
FROM molecules;

-- arguments follow the text: values in their order, or a list of names
SELECT name, round(solera_similarity(smiles, 'CC(=O)O'), 4) AS positional,
  round(solera_similarity(smiles, "reference='CC(=O)O'"), 4) AS named
FROM molecules;

-- several rewards in one pass, many rows at a time
SELECT name, round(activity, 4) AS activity, activity_status, round(sa, 4) AS sa, sa_status
FROM solera_score(TABLE(molecules), 'smiles', 'activity(model=gsk3), sa');

DESCRIBE FUNCTION EXTENDED solera_similarity;
