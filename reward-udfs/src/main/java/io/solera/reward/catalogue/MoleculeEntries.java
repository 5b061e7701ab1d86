package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.molecule.MoleculeRewards;
import io.solera.reward.molecule.SaFragments;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The rewards on molecules. */
final class MoleculeEntries {
    private static final String RDKIT = "RDKit 2022.09.3, ";

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("qed", Input.SMILES, "drug-likeness")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .definedBy("Bickerton et al., Nature Chemistry 4, 90 (2012)")
                    .comparedTo(
                            RDKIT + "QED.qed",
                            "equal to 1e-5 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others")
                    .made((arguments, resources) -> MoleculeRewards.qed()),
            RewardEntry.of("sa", Input.SMILES, "synthetic accessibility, 1 is easy")
                    .range("1 .. 10")
                    .lower(Shaping.reverseLinear(1.5, 5))
                    .takes("table", "", "a fragment table to use instead of the shipped one")
                    .definedBy("Ertl and Schuffenhauer, J. Cheminform. 1, 8 (2009)")
                    .comparedTo(
                            RDKIT + "Contrib/SA_Score",
                            "r 0.966 and mean error 0.16 on 5,999 molecules kept aside from the count and calibration of the table (0.22 on those of ZINC)")
                    .example("sa")
                    .made(MoleculeEntries::sa),
            RewardEntry.of("logp", Input.SMILES, "lipophilicity, Wildman-Crippen")
                    .unit("log10")
                    .range("any")
                    .window(Shaping.window(1, 3, 2))
                    .definedBy("Wildman and Crippen, J. Chem. Inf. Comput. Sci. 39, 868 (1999)")
                    .comparedTo(
                            RDKIT + "Crippen.MolLogP",
                            "equal to 1e-4 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others")
                    .made((arguments, resources) -> MoleculeRewards.logP()),
            RewardEntry.of("mw", Input.SMILES, "molecular weight")
                    .unit("Da")
                    .range("above 0")
                    .window(Shaping.window(200, 500, 100))
                    .definedBy("IUPAC standard atomic weights, Pure Appl. Chem. 88, 265 (2016)")
                    .comparedTo(
                            RDKIT + "Descriptors.MolWt",
                            "equal to 0.01 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others")
                    .made((arguments, resources) -> MoleculeRewards.molecularWeight()),
            RewardEntry.of("tpsa", Input.SMILES, "topological polar surface area")
                    .unit("square angstrom")
                    .range("0 and above")
                    .window(Shaping.window(20, 130, 50))
                    .definedBy("Ertl, Rohde and Selzer, J. Med. Chem. 43, 3714 (2000)")
                    .comparedTo(
                            RDKIT + "CalcTPSA",
                            "equal to 0.01 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others")
                    .made((arguments, resources) -> MoleculeRewards.polarSurface()),
            RewardEntry.of("similarity", Input.SMILES, "ECFP4 Tanimoto similarity to the nearest reference molecule")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .needs("reference", "SMILES, several separated by spaces")
                    .definedBy("Rogers and Hahn, J. Chem. Inf. Model. 50, 742 (2010)")
                    .comparedTo(
                            RDKIT + "Morgan fingerprint of radius 2, 2048 bits",
                            "equal to 1e-5 on the 8,999 of 9,000 molecules that were read, of ZINC, ChEMBL, PubChem and others (to aspirin)")
                    .example("similarity(reference='CC(=O)Oc1ccccc1C(=O)O')")
                    .made((arguments, resources) -> similarity(arguments)));

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

    private static Reward similarity(Map<String, String> arguments) {
        String list = arguments.getOrDefault("reference", "").strip();
        return MoleculeRewards.similarity(list.isEmpty() ? List.of() : List.of(list.split("\\s+")));
    }
}
