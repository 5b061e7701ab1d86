package io.solera.reward.catalogue;

import static io.solera.reward.catalogue.MoleculeEntries.RDKIT;

import io.solera.reward.Shaping;
import io.solera.reward.molecule.MoleculeRewards;
import io.solera.reward.molecule.descriptor.Descriptors;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;
import java.util.List;

/** Rewards that count atoms, bonds and rings of a molecule. */
final class MoleculeCountEntries {
    private static final String RINGS = "Vismara, Electron. J. Combin. 4, R9 (1997): the relevant cycles";
    private static final String BONDS =
            "Lipinski et al., Adv. Drug Deliv. Rev. 23, 3 (1997), atoms as in Gobbi and Poppinger, Biotechnol. "
                    + "Bioeng. 61, 47 (1998)";

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("heavy_atoms", Input.SMILES, "atoms other than hydrogen")
                    .unit("atoms")
                    .range("0 .. 150")
                    .window(Shaping.window(15, 35, 10))
                    .definedBy("Hopkins, Groom and Alex, Drug Discov. Today 9, 430 (2004)")
                    .comparedTo(
                            RDKIT + "CalcNumHeavyAtoms",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::heavyAtoms)),
            RewardEntry.of(
                            "fraction_csp3",
                            Input.SMILES,
                            "carbon atoms with four neighbours, over all carbon atoms (Fsp3)")
                    .range("0 .. 1")
                    .window(Shaping.window(0.3, 0.7, 0.3))
                    .definedBy("Lovering, Bikker and Humblet, J. Med. Chem. 52, 6752 (2009)")
                    .comparedTo(
                            RDKIT + "CalcFractionCSP3",
                            "equal to 1e-5 on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::fractionCsp3)),
            RewardEntry.of("hbd", Input.SMILES, "hydrogen-bond donors")
                    .unit("atoms")
                    .range("0 and above")
                    .lower(Shaping.reverseLinear(3, 8))
                    .definedBy(BONDS)
                    .comparedTo(
                            RDKIT + "CalcNumHBD 2.0.1",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::donors)),
            RewardEntry.of("hba", Input.SMILES, "hydrogen-bond acceptors")
                    .unit("atoms")
                    .range("0 and above")
                    .lower(Shaping.reverseLinear(6, 14))
                    .definedBy(BONDS)
                    .comparedTo(
                            RDKIT + "CalcNumHBA 2.0.2, which excludes substituted aromatic nitrogen",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::acceptors)),
            RewardEntry.of(
                            "rotatable_bonds",
                            Input.SMILES,
                            "rotatable bonds, without those of amides, esters and similar groups")
                    .unit("bonds")
                    .range("0 and above")
                    .lower(Shaping.reverseLinear(5, 15))
                    .definedBy("Veber et al., J. Med. Chem. 45, 2615 (2002)")
                    .comparedTo(
                            RDKIT + "CalcNumRotatableBonds 3.2.0, strict",
                            "equal on all but one of 11,999 molecules of ZINC, ChEMBL and PubChem")
                    .made(each(Descriptors::rotors)),
            RewardEntry.of("rings", Input.SMILES, "rings")
                    .range("0 .. 512")
                    .window(Shaping.window(1, 5, 2))
                    .definedBy(RINGS)
                    .comparedTo(
                            RDKIT + "CalcNumRings",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Molecule::rings)),
            RewardEntry.of("aromatic_rings", Input.SMILES, "rings with only aromatic bonds")
                    .unit("rings")
                    .range("0 .. 512")
                    .window(Shaping.window(1, 3, 2))
                    .definedBy("Ritchie and Macdonald, Drug Discov. Today 14, 1011 (2009)")
                    .comparedTo(
                            RDKIT + "CalcNumAromaticRings",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::aromaticRings)),
            RewardEntry.of("aliphatic_rings", Input.SMILES, "rings with a bond that is not aromatic")
                    .unit("rings")
                    .range("0 .. 512")
                    .window(Shaping.window(1, 3, 2))
                    .definedBy("Ritchie and Macdonald, Drug Discov. Today 14, 1011 (2009)")
                    .comparedTo(
                            RDKIT + "CalcNumAliphaticRings",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::aliphaticRings)),
            RewardEntry.of("largest_ring", Input.SMILES, "atoms of the largest ring, 0 without rings")
                    .unit("atoms")
                    .range("0 .. 150")
                    .lower(Shaping.reverseLinear(6, 10))
                    .definedBy(RINGS)
                    .comparedTo(
                            RDKIT + "the longest of RingInfo.AtomRings",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::largestRing)),
            RewardEntry.of("formal_charge", Input.SMILES, "sum of the formal charges")
                    .unit("e")
                    .range("any")
                    .window(Shaping.window(0, 0, 2))
                    .definedBy("IUPAC Gold Book, charge number")
                    .comparedTo(
                            RDKIT + "GetFormalCharge",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .made(each(Descriptors::formalCharge)));

    private MoleculeCountEntries() {}

    private static RewardEntry.Maker each(Property property) {
        return (arguments, resources) -> MoleculeRewards.of(property);
    }
}
