package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.config.StageSettings;
import io.solera.config.TrainJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations of REINVENT 4 become jobs, and what a job cannot have is listed. */
class TestImportReinventCommand {
    private static final String HEAD = """
            run_type = "staged_learning"
            device = "cuda:0"

            [parameters]
            prior_file = "priors/reinvent.prior"
            agent_file = "priors/reinvent.prior"
            batch_size = 64   # molecules
            purge_memories = false

            [learning_strategy]
            type = "dap"
            sigma = 120
            rate = 0.0002

            [diversity_filter]
            type = "IdenticalMurckoScaffold"
            bucket_size = 10
            minscore = 0.5

            [inception]
            smiles_file = "good.smi"
            memory_size = 20
            sample_size = 5

            """;

    private static final String STAGES = """
            [[stage]]
            chkpt_file = 'one.chkpt'
            max_score = 0.6
            min_steps = 25
            max_steps = 100
            [stage.scoring]
            type = "geometric_mean"
            parallel = 4
            [[stage.scoring.component]]
            [stage.scoring.component.custom_alerts]
            [[stage.scoring.component.custom_alerts.endpoint]]
            name = "Unwanted SMARTS"
            params.smarts = [
                "[*;r{8-17}]",
                "[#7;!n][S;!$(S(=O)=O)]", # a comment, as in their examples
                "C#(C",
            ]
            [[stage.scoring.component]]
            [[stage.scoring.component.MolecularWeight.endpoint]]
            name = "Molecular weight"
            weight = 1
            transform.type = "double_sigmoid"
            transform.low = 200.0
            transform.high = 500.0
            transform.coef_div = 500.0
            transform.coef_si = 20.0
            transform.coef_se = 20.0
            [[stage.scoring.component]]
            [[stage.scoring.component.QED.endpoint]]
            name = "QED"
            weight = 3
            [[stage.scoring.component]]
            [[stage.scoring.component.MatchingSubstructure.endpoint]]
            name = "Amide"
            params.smarts = "C(=O)N"
            params.use_chirality = false
            [[stage.scoring.component]]
            [[stage.scoring.component.Maize.endpoint]]
            name = "docking"
            weight = 5
            params.executable = "maize"
            transform.type = "reverse_sigmoid"
            transform.low = -15
            transform.high = -5
            transform.k = 0.3

            [[stage]]
            max_steps = 50
            [stage.scoring]
            type = "arithmetic_mean"
            filename = "two.json"
            """;

    private static final String SECOND = """
            {"component": [
                {"qed": {"endpoint": [{"name": "QED", "weight": 3}]}},
                {"SAScore": {"endpoint": [
                    {"name": "SA", "transform": {"type": "reverse_sigmoid", "low": 2, "high": 5, "k": 0.5}}]}},
                {"tanimoto-similarity": {"params": {"radius": 2, "use_counts": false, "use_features": true},
                    "endpoint": [{"params": {"smiles": ["CCO"]}}]}}]}
            """;

    @TempDir
    private Path folder;

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path config() throws IOException {
        write("two.json", SECOND);
        return write("config.toml", HEAD + STAGES);
    }

    private Commands.Outcome imported(Path config, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "import-reinvent";
        arguments[1] = config.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Commands.run(arguments);
    }

    private String refused(String name, String content) throws IOException {
        Commands.Outcome outcome = imported(write(name, content));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        return outcome.err().strip().replace(folder + "/", "");
    }

    @Test
    void stagesBecomeRewardsAndRounds() throws IOException {
        Commands.Outcome outcome = imported(config());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        TrainJob job = TrainJob.read(outcome.out(), List.of());
        assertThat(job.rewards().keySet())
                .containsExactly(
                        "unwanted_smarts",
                        "molecular_weight",
                        "qed",
                        "amide",
                        "total_score",
                        "sa",
                        "tanimoto_similarity");
        assertThat(job.rewards().get("unwanted_smarts").function())
                .isEqualTo("substructure(smarts='[$([*;r{8-17}]),$([#7;!n][S;!$(S(=O)=O)])]')");
        assertThat(job.rewards().get("molecular_weight").shaping("mw").text())
                .isEqualTo("double-sigmoid(200, 500, 500, 20, 20)");
        assertThat(job.rewards().get("total_score").sql())
                .isEqualTo("pow(if(molecular_weight_shaped < 1e-8D, 1e-8D, molecular_weight_shaped), 0.25D)"
                        + " * pow(if(qed_shaped < 1e-8D, 1e-8D, qed_shaped), 0.75D)"
                        + " * unwanted_smarts_shaped * (0.5D + 0.5D * amide_shaped)");
        assertThat(job.rewards().get("tanimoto_similarity").function())
                .isEqualTo("similarity(fingerprint=fcfp4, reference=CCO)");
        assertThat(job.stepsPerRound()).isEqualTo(10);
        assertThat(job.stages())
                .containsExactly(
                        new StageSettings(null, List.of("total_score"), 3, 10, 0.6),
                        new StageSettings(null, List.of("qed", "sa", "tanimoto_similarity"), 5, 5, 1.0));
        assertThat(job.samplesPerStep()).isEqualTo(64);
        assertThat(job.algorithm().sigma()).isEqualTo(120);
        assertThat(job.optimizer().learningRate()).isEqualTo(2e-4);
        assertThat(job.optimizer().gradientClip()).isZero();
        assertThat(job.diversityFilter())
                .hasToString("DiversityFilterSettings[name=IDENTICAL_MURCKO_SCAFFOLD,"
                        + " bucketSize=10, minScore=0.5, minSimilarity=0.4, penalty=STEP, penaltyMultiplier=0.5,"
                        + " purgeBetweenStages=false]");
        assertThat(job.replay())
                .hasToString("ReplaySettings[memorySize=20, sampleSize=5, smiles=[],"
                        + " smilesFile=good.smi, separator=null, encoding=null]");
    }

    @Test
    void whatHasNoCounterpartIsListedAndInTheJob() throws IOException {
        Commands.Outcome outcome = imported(config());
        assertThat(outcome.err().lines().map(String::strip))
                .containsExactly(
                        "The job does not have, or has otherwise:",
                        "parameters.prior_file = priors/reinvent.prior: networks of REINVENT are not read; the run"
                                + " starts from prior (--model; solera pretrain makes one of your molecules)",
                        "parameters.agent_file = priors/reinvent.prior: networks of REINVENT are not read; the run"
                                + " starts from prior (--model; solera pretrain makes one of your molecules)",
                        "stage[0].scoring.component[0].custom_alerts.endpoint[0].params.smarts: C#(C is left out:"
                                + " Cannot read SMARTS: it ends too early at character 10 ([$(C#(C)])",
                        "stage[0].scoring.component[4].Maize.endpoint[0]: docking (Maize): no reward of the catalogue"
                                + " computes it; a program or service of yours can: docs/outside-rewards.md",
                        "stage.max_steps: a stage that reaches it is followed by the next one; REINVENT then ends"
                                + " the run",
                        "device = \"cuda:0\": where steps run is up to Spark's executors: docs/gpu.md",
                        "stage[0].chkpt_file = \"one.chkpt\": the run folder keeps the policy and the state of rounds:"
                                + " docs/run-folder.md",
                        "stage[0].scoring.parallel = 4: rewards are scored on all slots of Spark: docs/spark.md");
        assertThat(outcome.out().lines().takeWhile(line -> line.startsWith("#")))
                .startsWith("# Made of config.toml by solera import-reinvent.")
                .contains("# - device = \"cuda:0\": where steps run is up to Spark's executors: docs/gpu.md")
                .allMatch(line -> line.length() <= 120);
    }

    @Test
    void anUnknownKeyIsListed() throws IOException {
        Commands.Outcome outcome = imported(write("config.toml", """
                run_type = "staged_learning"
                [parameters]
                colour = "blue"
                [[stage]]
                max_steps = 7
                [stage.scoring]
                type = "custom_sum"
                [[stage.scoring.component]]
                [[stage.scoring.component.SlogP.endpoint]]
                name = "Loss"
                """));
        assertThat(outcome.err())
                .contains("parameters.colour = \"blue\": no counterpart; the job does not have it")
                .contains(
                        "stage[0].scoring.component[0].SlogP.endpoint[0]: Loss has no transform; its values are cut to"
                                + " [0, 1], which REINVENT does not do");
        TrainJob job = TrainJob.read(outcome.out(), List.of());
        assertThat(job.rewards()).containsOnlyKeys("loss_reward");
        assertThat(job.stepsPerRound()).isEqualTo(7);
    }

    @Test
    void aJobThatWasImportedTrains() throws IOException {
        Path job = folder.resolve("job.yaml");
        Commands.Outcome outcome = imported(config(), "--output", job.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).endsWith("\nTrain it with: solera train --config " + job + "\n");
        Commands.Outcome trained = Commands.run(
                "train",
                "--config",
                job.toString(),
                "--run-dir",
                folder.resolve("run").toString(),
                "--set",
                "replay.smiles-file=~",
                "--set",
                "stages=[{rewards: [total_score], max-rounds: 1}]",
                "--set",
                "steps-per-round=1",
                "--set",
                "samples-per-step=16",
                "--set",
                "evaluation={samples: 16, round-samples: 0}");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Files.readString(folder.resolve("run/metrics.jsonl"))).contains("\"total_score_shaped\"");
    }

    @Test
    void otherRunsAreRefusedWithWhatToUse() throws IOException {
        assertThat(refused("a.toml", "run_type = \"sampling\"\n"))
                .isEqualTo("solera: Cannot import a.toml: its run_type is sampling (must be staged_learning; use solera"
                        + " sample)");
        assertThat(refused("b.json", "{\"run_type\": \"transfer_learning\"}"))
                .isEqualTo("solera: Cannot import b.json: its run_type is transfer_learning (must be staged_learning;"
                        + " use solera pretrain --model, or solera sft)");
        assertThat(refused("c.toml", "[[component]]\n"))
                .isEqualTo("solera: Cannot import c.toml: it has no run_type (must be a configuration of REINVENT 4"
                        + " with run_type = \"staged_learning\")");
        assertThat(refused("d.toml", "run_type = \"staged_learning\"\nparameters.smiles_file = \"scaffolds.smi\"\n"))
                .isEqualTo("solera: Cannot import d.toml: parameters.smiles_file makes it a run of LibInvent,"
                        + " LinkInvent, Mol2Mol or Pepinvent, whose models Solera does not have (must be a run of"
                        + " Reinvent; prompts grow molecules from fragments: examples/fragments.yaml)");
    }

    @Test
    void whatCannotBeReadIsRefused() throws IOException {
        assertThat(refused("a.toml", "run_type = \n"))
                .startsWith("solera: Cannot read a.toml: ")
                .contains(" at line 1");
        assertThat(refused("a.yaml", "run_type: staged_learning\n"))
                .isEqualTo("solera: Cannot read a.yaml: its name does not say what it is (must end in .toml or .json)");
        assertThat(refused("b.toml", HEAD + STAGES))
                .isEqualTo(
                        "solera: Cannot import b.toml: stage[1].scoring.filename names two.json, and there is no such"
                                + " file (looked for two.json)");
        write("two.json", SECOND);
        assertThat(refused("c.toml", HEAD + STAGES.replace("double_sigmoid", "double_sigma")))
                .isEqualTo("solera: Invalid stage[0].scoring.component[1].MolecularWeight.endpoint[0].transform.type:"
                        + " double_sigma (must be a transform of REINVENT 4)");
        assertThat(refused("d.toml", HEAD.replace("sigma = 120", "sigma = \"high\"") + STAGES))
                .isEqualTo("solera: Invalid learning_strategy.sigma: \"high\" (must be a number)");
        assertThat(refused("e.toml", HEAD)).isEqualTo("solera: Cannot import e.toml: it has no [[stage]]");
    }
}
