package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.catalogue.RewardEntry.Direction;
import io.solera.reward.molecule.MoleculeRewards;
import io.solera.reward.molecule.SaFragments;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The rewards on molecules. */
final class MoleculeEntries {
    private static final String RDKIT = "RDKit 2022.09.3, ";

    static final RewardEntry QED = new RewardEntry(
            "qed",
            "drug-likeness",
            "",
            "0 .. 1",
            Direction.HIGHER,
            Shaping.IDENTITY,
            List.of(),
            "Bickerton et al., Nature Chemistry 4, 90 (2012)",
            RDKIT + "QED.qed",
            "equal to 1e-5 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others",
            "qed",
            (arguments, resources) -> MoleculeRewards.qed());

    static final RewardEntry SA = new RewardEntry(
            "sa",
            "synthetic accessibility, 1 is easy",
            "",
            "1 .. 10",
            Direction.LOWER,
            Shaping.reverseLinear(1.5, 5),
            List.of(new Argument("table", "", "a fragment table to use instead of the shipped one")),
            "Ertl and Schuffenhauer, J. Cheminform. 1, 8 (2009)",
            RDKIT + "Contrib/SA_Score",
            "r 0.966 and mean error 0.16 on 5,999 molecules kept aside from the count and calibration of the table (0.22 on those of ZINC)",
            "sa(table=my-fragments.bin.gz)",
            MoleculeEntries::sa);

    static final RewardEntry LOGP = new RewardEntry(
            "logp",
            "lipophilicity, Wildman-Crippen",
            "log10",
            "any",
            Direction.WINDOW,
            Shaping.window(1, 3, 2),
            List.of(),
            "Wildman and Crippen, J. Chem. Inf. Comput. Sci. 39, 868 (1999)",
            RDKIT + "Crippen.MolLogP",
            "equal to 1e-4 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others",
            "logp",
            (arguments, resources) -> MoleculeRewards.logP());

    static final RewardEntry MOLECULAR_WEIGHT = new RewardEntry(
            "mw",
            "molecular weight",
            "Da",
            "above 0",
            Direction.WINDOW,
            Shaping.window(200, 500, 100),
            List.of(),
            "IUPAC standard atomic weights, Pure Appl. Chem. 88, 265 (2016)",
            RDKIT + "Descriptors.MolWt",
            "equal to 0.01 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others",
            "mw",
            (arguments, resources) -> MoleculeRewards.molecularWeight());

    static final RewardEntry POLAR_SURFACE = new RewardEntry(
            "tpsa",
            "topological polar surface area",
            "square angstrom",
            "0 and above",
            Direction.WINDOW,
            Shaping.window(20, 130, 50),
            List.of(),
            "Ertl, Rohde and Selzer, J. Med. Chem. 43, 3714 (2000)",
            RDKIT + "CalcTPSA",
            "equal to 0.01 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others",
            "tpsa",
            (arguments, resources) -> MoleculeRewards.polarSurface());

    static final RewardEntry SIMILARITY = new RewardEntry(
            "similarity",
            "ECFP4 Tanimoto similarity to the nearest reference molecule",
            "",
            "0 .. 1",
            Direction.HIGHER,
            Shaping.IDENTITY,
            List.of(new Argument("reference", null, "SMILES, several separated by spaces")),
            "Rogers and Hahn, J. Chem. Inf. Model. 50, 742 (2010)",
            RDKIT + "Morgan fingerprint of radius 2, 2048 bits",
            "equal to 1e-5 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others (to aspirin)",
            "similarity(reference='CC(=O)Oc1ccccc1C(=O)O')",
            MoleculeEntries::similarity);

    private MoleculeEntries() {}

    private static Reward sa(Map<String, String> arguments, Resources resources) throws IOException {
        String table = arguments.getOrDefault("table", "");
        if (table.isEmpty()) {
            return MoleculeRewards.sa();
        }
        try (InputStream in = resources.open(table)) {
            return MoleculeRewards.sa(SaFragments.read(in, table));
        }
    }

    private static Reward similarity(Map<String, String> arguments, Resources resources) {
        String list = arguments.getOrDefault("reference", "").strip();
        return MoleculeRewards.similarity(list.isEmpty() ? List.of() : List.of(list.split("\\s+")));
    }
}
