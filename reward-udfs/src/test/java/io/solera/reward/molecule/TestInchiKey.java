package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Keys as RDKit 2026.9.1 makes them, with InChI 1.07.3. */
class TestInchiKey {
    private static final Map<String, String> OF_RDKIT = Map.ofEntries(
            Map.entry("CC(=O)Oc1ccccc1C(=O)O", "BSYNRYMUTXBXSQ-UHFFFAOYSA-N"),
            Map.entry("Cn1cnc2c1c(=O)n(C)c(=O)n2C", "RYYVLZVUVIJVGH-UHFFFAOYSA-N"),
            Map.entry("C[C@H](N)C(=O)O", "QNAYBMKLOCPYGJ-REOHCLBHSA-N"),
            Map.entry("C[C@@H](N)C(=O)O", "QNAYBMKLOCPYGJ-UWTATZPHSA-N"),
            Map.entry("CC(N)C(=O)O", "QNAYBMKLOCPYGJ-UHFFFAOYSA-N"),
            Map.entry("C/C=C/C", "IAQRGUVFOMOMEM-ONEGZZNKSA-N"),
            Map.entry("C/C=C\\C", "IAQRGUVFOMOMEM-ARJAWSKDSA-N"),
            Map.entry("CC=CC", "IAQRGUVFOMOMEM-UHFFFAOYSA-N"),
            Map.entry("C[S@](=O)CC", "VTRRCXRVEQTTOE-YFKPBYRVSA-N"),
            Map.entry("[2H]C", "VNWKTOKETHGBQD-MICDWDOJSA-N"),
            Map.entry("[13CH4]", "VNWKTOKETHGBQD-OUBTZVSYSA-N"),
            Map.entry("[NH3+]CC(=O)[O-]", "DHMQDGOQFOQNFH-UHFFFAOYSA-N"),
            Map.entry("CC(=O)[O-].[Na+]", "VMHLLURERBWHNL-UHFFFAOYSA-M"),
            Map.entry("C[N+](C)(C)C", "QEMXHQIAXOOASZ-UHFFFAOYSA-N"),
            Map.entry("CC(O)=CC", "ZEXFAVZTIZXHFA-UHFFFAOYSA-N"),
            Map.entry("CN(=O)=O", "LYGJENNIWJXYER-UHFFFAOYSA-N"),
            Map.entry("O=c1cccc[nH]1", "UBQKCCHYAOITMY-UHFFFAOYSA-N"),
            Map.entry("Oc1ccccn1", "UBQKCCHYAOITMY-UHFFFAOYSA-N"),
            Map.entry("[O-][Cl+3]([O-])([O-])[O-].[K+]", "YLMGFJXSLBMXHK-UHFFFAOYSA-M"),
            Map.entry("[CH3]", "WCYWZMWISLQXQU-UHFFFAOYSA-N"),
            Map.entry("[Fe+2].[CH-]1C=CC=C1.[CH-]1C=CC=C1", "KTWOOEGAPBSYNW-UHFFFAOYSA-N"),
            Map.entry("C[C@H]1CC[C@@H](C)CC1", "QRMPKOFEUHIBNM-OCAPTIKFSA-N"),
            Map.entry("OC[C@H]1O[C@@H](O)[C@H](O)[C@@H](O)[C@@H]1O", "WQZGKKKJIJFFOK-VFUOTHLCSA-N"),
            Map.entry("F/C=C/C=C\\F", "RXJPYUWYMSTJKF-HSFFGMMNSA-N"),
            Map.entry("C1CC/C=C/CCCC1", "BESIOWGPXPAVOS-OWOJBTEDSA-N"),
            Map.entry("[H+]", "GPRLSGONYQIRFK-UHFFFAOYSA-N"),
            Map.entry("C[N@](CC)C1CC1", "VQJOPRHZJAIGEW-UHFFFAOYSA-N"),
            Map.entry("[2H]/C(C)=C/C", "IAQRGUVFOMOMEM-AICLDEIISA-N"),
            Map.entry("[Cl-].[NH3+][C@@H](C)C(=O)O", "ILYVXUGGBVATGA-DKWTVANSSA-N"),
            Map.entry("[I-][Hg+2]([I-])[I-]", "LAONQGCOACPRKC-UHFFFAOYSA-K"));

    private static Optional<String> key(String smiles) {
        Molecule molecule = Molecules.read(smiles).molecule();
        assertThat(molecule).as(smiles).isNotNull();
        return InchiKey.of(molecule);
    }

    @Test
    void isTheOneOfRdkit() {
        OF_RDKIT.forEach((smiles, key) -> assertThat(key(smiles)).as(smiles).contains(key));
    }

    @Test
    void isTheSameForEverySpelling() {
        for (String alanine : List.of("C[C@H](N)C(=O)O", "N[C@@H](C)C(O)=O", "OC(=O)[C@H](C)N", "[C@@H](C)(N)C(=O)O")) {
            assertThat(key(alanine)).as(alanine).contains("QNAYBMKLOCPYGJ-REOHCLBHSA-N");
        }
    }

    /** As PubChem has them; RDKit keeps the charges that it draws such acids with, but for perchlorates. */
    @Test
    void oxygenAcidsOfHalogensHaveTheKeyOfTheirNeutralForm() {
        for (String chlorate : List.of("[Na+].[O-]Cl(=O)=O", "[Na+].[O-][Cl+2]([O-])[O-]")) {
            assertThat(key(chlorate)).as(chlorate).contains("YZHUMGUJCQRKBT-UHFFFAOYSA-M");
        }
        assertThat(key("OI(=O)(=O)=O")).contains("KHIWWQKSHDUIBK-UHFFFAOYSA-N");
        assertThat(key("OCl(=O)=O")).contains("XTEGARKTQYYJKE-UHFFFAOYSA-N");
    }

    /** RDKit has none for these either. */
    @Test
    void whatInchiDoesNotKnowHasNone() {
        for (String smiles : List.of("*C", "[16*]CC", "C~C", "C$C", "[NH3]->[Pt](<-[NH3])(Cl)Cl")) {
            assertThat(key(smiles)).as(smiles).isEmpty();
        }
    }

    @Test
    void whatNativeCodeCountsInAByteIsBounded() {
        assertThat(key("[Pt]" + "(C)".repeat(19) + "C")).isPresent();
        assertThat(key("[Pt]" + "(C)".repeat(20) + "C")).isEmpty();
        assertThat(key("[UH20]")).isPresent();
        assertThat(key("[UH200]")).isEmpty();
        assertThat(key("[U+20]")).isPresent();
        assertThat(key("[U-21]")).isEmpty();
        assertThat(key("[112CH4]")).isPresent();
        assertThat(key("[113CH4]")).isEmpty();
    }

    @Test
    void largeAndSymmetricMoleculesHaveOne() {
        assertThat(key("C".repeat(150))).isPresent();
        assertThat(key("C1" + "C".repeat(147) + "C1")).isPresent();
        assertThat(key("[K+].".repeat(149) + "[Cl-]")).isPresent();
        // buckminsterfullerene
        assertThat(key("c12c3c4c5c1c1c6c7c2c2c8c3c3c9c4c4c%10c5c5c1c1c6c6c%11c7c2c2c7c8c3c3c8c9c4c4c9c%10c5c"
                        + "5c1c1c6c6c%11c2c2c7c3c3c8c4c4c9c5c1c1c6c2c3c41"))
                .contains("XMWRBQBLMFGWIX-UHFFFAOYSA-N");
    }

    /** The library's global variables would mix two molecules up. */
    @Test
    void manyThreadsGetTheKeysOfOne() throws Exception {
        List<Molecule> molecules = new ArrayList<>();
        for (int carbons = 1; carbons <= 60; carbons++) {
            for (String head : List.of("O=C(O)c1ccccc1", "N[C@H](CO)", "F/C=C/", "c1cnc[nH]1.", "[Na+].[O-]")) {
                molecules.add(Molecules.read(head + "C".repeat(carbons)).molecule());
            }
        }
        List<Optional<String>> expected = molecules.stream().map(InchiKey::of).toList();
        assertThat(expected).doesNotContain(Optional.empty()).doesNotHaveDuplicates();

        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Optional<String>>>> runs = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                runs.add(pool.submit(() -> molecules.stream().map(InchiKey::of).toList()));
            }
            for (Future<List<Optional<String>>> run : runs) {
                assertThat(run.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
