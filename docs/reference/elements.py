#!/usr/bin/env python3
"""Makes elements.tsv and isotopes.tsv of the molecule rewards from RDKit's periodic table: elements.py FOLDER."""

import os
import sys

from rdkit import Chem, rdBase

TABLE = Chem.GetPeriodicTable()


def main(folder):
    with open(os.path.join(folder, "elements.tsv"), "w") as file:
        file.write(
            "# Chemical elements as in RDKit %s (docs/reference/elements.py). outer: electrons outside the noble-gas"
            " core as\n"
            % rdBase.rdkitVersion
        )
        file.write(
            "# counted in the aromaticity model. isotope: the most common one. valences: those allowed, -1 for any. 0"
            " is the unknown atom.\n"
        )
        file.write("#number\tsymbol\tweight\touter\tisotope\tvalences\n")
        for z in range(119):
            row = (
                z,
                TABLE.GetElementSymbol(z),
                "%.10g" % TABLE.GetAtomicWeight(z),
                TABLE.GetNOuterElecs(z),
                TABLE.GetMostCommonIsotope(z),
            )
            file.write("\t".join(map(str, row)) + "\t" + ",".join(map(str, TABLE.GetValenceList(z))) + "\n")
    with open(os.path.join(folder, "isotopes.tsv"), "w") as file:
        file.write(
            "# Masses of isotopes in dalton as in RDKit %s (docs/reference/elements.py); any other counts as its mass"
            " number.\n"
            % rdBase.rdkitVersion
        )
        file.write("#number\tisotope\tmass\n")
        for z in range(1, 119):
            for isotope in range(1, 400):
                mass = TABLE.GetMassForIsotope(z, isotope)
                if mass:
                    file.write("%d\t%d\t%.12g\n" % (z, isotope, mass))


if __name__ == "__main__":
    main(*sys.argv[1:])
