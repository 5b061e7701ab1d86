package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.molecule.MoleculeRewards;
import io.solera.reward.molecule.descriptor.SaFragmentFile;
import io.solera.reward.molecule.descriptor.SaFragments;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rewards on molecules: scores, and the list of the whole group. */
final class MoleculeEntries {
    static final String RDKIT = "RDKit 2026.9.1, ";
    private static final String OWN_TABLE = "own";

    private static final List<RewardEntry> SCORES = List.of(
            RewardEntry.of("qed", Input.SMILES, "drug-likeness")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .definedBy("Bickerton et al., Nature Chemistry 4, 90 (2012)")
                    .comparedTo(
                            RDKIT + "QED.qed",
                            "equal to 1e-5 on all but one of 11,999 molecules of ZINC, ChEMBL and PubChem")
                    .made((arguments, resources) -> MoleculeRewards.qed()),
            RewardEntry.of("sa", Input.SMILES, "synthetic accessibility, 1 is easy")
                    .range("1 .. 10")
                    .lower(Shaping.reverseLinear(1.5, 5))
                    .takes(
                            "table",
                            "",
                            "a fragment table instead of the published one; own: a table counted from ChEMBL and "
                                    + "PubChem")
                    .definedBy("Ertl and Schuffenhauer, J. Cheminform. 1, 8 (2009)")
                    .comparedTo(
                            RDKIT + "Contrib/SA_Score",
                            "equal to 1e-6 on all 26,997 molecules of ZINC, ChEMBL and PubChem, and of the reference "
                                    + "table, that are not too large")
                    .example("sa")
                    .made(MoleculeEntries::sa),
            RewardEntry.of("logp", Input.SMILES, "lipophilicity, Wildman-Crippen")
                    .unit("log10")
                    .range("any")
                    .window(Shaping.window(1, 3, 2))
                    .definedBy("Wildman and Crippen, J. Chem. Inf. Comput. Sci. 39, 868 (1999)")
                    .comparedTo(
                            RDKIT + "Crippen.MolLogP",
                            "equal to 1e-4 on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made((arguments, resources) -> MoleculeRewards.logP()),
            RewardEntry.of("mw", Input.SMILES, "molecular weight")
                    .unit("Da")
                    .range("above 0")
                    .window(Shaping.window(200, 500, 100))
                    .definedBy("IUPAC standard atomic weights, Pure Appl. Chem. 88, 265 (2016)")
                    .comparedTo(
                            RDKIT + "Descriptors.MolWt",
                            "equal to 0.01 on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made((arguments, resources) -> MoleculeRewards.molecularWeight()),
            RewardEntry.of("tpsa", Input.SMILES, "topological polar surface area")
                    .unit("square angstrom")
                    .range("0 and above")
                    .window(Shaping.window(20, 130, 50))
                    .definedBy("Ertl, Rohde and Selzer, J. Med. Chem. 43, 3714 (2000)")
                    .comparedTo(
                            RDKIT + "CalcTPSA",
                            "equal to 0.01 on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made((arguments, resources) -> MoleculeRewards.polarSurface()),
            RewardEntry.of(
                            "penalised_logp",
                            Input.SMILES,
                            "logP minus SA and rings beyond six atoms, each normalised on ZINC")
                    .range("any")
                    .higher(Shaping.linear(-2, 4))
                    .definedBy(
                            "Gomez-Bombarelli et al., ACS Cent. Sci. 4, 268 (2018); normalised as by Jin et al., ICML "
                                    + "(2018)")
                    .comparedTo(
                            RDKIT + "MolLogP, Contrib/SA_Score and the largest ring of its ring info",
                            "equal to 1e-6 on all 11,999 molecules of ZINC, ChEMBL and PubChem")
                    .made((arguments, resources) -> MoleculeRewards.penalisedLogP()),
            RewardEntry.of("lipinski", Input.SMILES, "violations of the rule of five; one is common in drugs")
                    .unit("violations")
                    .range("0 .. 4")
                    .lower(Shaping.reverseLinear(1, 3))
                    .definedBy("Lipinski et al., Adv. Drug Deliv. Rev. 23, 3 (1997), with Wildman-Crippen logP")
                    .comparedTo(
                            RDKIT + "MolWt, MolLogP, CalcNumLipinskiHBD and CalcNumLipinskiHBA",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made((arguments, resources) -> MoleculeRewards.lipinski()),
            RewardEntry.of("veber", Input.SMILES, "how many of: more than 10 rotatable bonds, TPSA above 140")
                    .unit("violations")
                    .range("0 .. 2")
                    .lower(Shaping.reverseLinear(0, 2))
                    .definedBy("Veber et al., J. Med. Chem. 45, 2615 (2002)")
                    .comparedTo(
                            RDKIT + "CalcNumRotatableBonds (strict) and CalcTPSA",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made((arguments, resources) -> MoleculeRewards.veber()));

    static final List<RewardEntry> ALL = Stream.of(SCORES, MoleculeCountEntries.ALL, MoleculeMatchEntries.ALL)
            .flatMap(List::stream)
            .toList();

    private MoleculeEntries() {}

    private static Reward sa(Map<String, String> arguments, Resources resources) throws IOException {
        String table = arguments.getOrDefault("table", "");
        if (table.isEmpty()) {
            return MoleculeRewards.sa();
        }
        if (table.equals(OWN_TABLE)) {
            return MoleculeRewards.sa(SaFragments.own());
        }
        try (InputStream in = resources.open(table)) {
            return MoleculeRewards.sa(SaFragmentFile.read(in, table));
        }
    }
}
