package io.solera.reward.molecule;

import io.solera.reward.molecule.smiles.Molecules;
import java.awt.Color;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openscience.cdk.depict.DepictionGenerator;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.renderer.color.IAtomColorer;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmilesParser;

/** Molecules as drawings in SVG. Letters become outlines, so that the reader of a drawing needs no font; the machine that draws does. */
public final class Depiction {
    private static final double WIDTH = 220;
    private static final double HEIGHT = 150;
    /** Bonds of this scale are as long in all drawings but those of molecules that would not fit. */
    private static final double ZOOM = 0.7;

    private static final Pattern DECIMALS = Pattern.compile("(-?\\d+\\.\\d)\\d+");
    private static final @Nullable String OBSTACLE = findObstacle();

    private Depiction() {}

    /** Why this machine cannot draw; empty when it can. */
    public static Optional<String> obstacle() {
        return Optional.ofNullable(OBSTACLE);
    }

    /** The drawing of a molecule as an SVG document; empty for a string that is none, and on a machine that cannot draw. */
    public static Optional<String> svg(String smiles) {
        if (OBSTACLE != null || !Molecules.valid(smiles)) {
            return Optional.empty();
        }
        try {
            return Optional.of(draw(smiles));
        } catch (CDKException | RuntimeException e) { // an odd molecule costs its own drawing
            return Optional.empty();
        }
    }

    private static String draw(String smiles) throws CDKException {
        IAtomContainer molecule = new SmilesParser(SilentChemObjectBuilder.getInstance()).parseSmiles(smiles);
        String svg = new DepictionGenerator()
                .withSize(WIDTH, HEIGHT)
                .withZoom(ZOOM)
                .withMargin(4)
                .withBackgroundColor(new Color(255, 255, 255, 0))
                .withAtomColors(new Ink())
                .depict(molecule)
                .toSvgStr("px");
        return DECIMALS.matcher(svg).replaceAll("$1");
    }

    /** Dark enough for paper, and for eyes that do not tell red from green: the letters are what tells atoms apart. */
    private static final class Ink implements IAtomColorer {
        @Override
        public Color getAtomColor(IAtom atom) {
            return switch (atom.getAtomicNumber()) {
                case 7 -> new Color(0x1F4FBF);
                case 8 -> new Color(0xB8181B);
                case 9, 17, 35, 53 -> new Color(0x1B6B2F);
                case 15 -> new Color(0x9A5000);
                case 16 -> new Color(0x7A6200);
                default -> new Color(0x1C1C1C);
            };
        }

        @Override
        public Color getAtomColor(IAtom atom, Color otherwise) {
            return getAtomColor(atom);
        }
    }

    /** Draws once: Java finds out only then that a system library or every font is missing, and says so by an error. */
    private static @Nullable String findObstacle() {
        System.setProperty("java.awt.headless", "true"); // a server has no screen, and none is needed
        try {
            draw("CO");
            return null;
        } catch (CDKException | RuntimeException | LinkageError | InternalError e) {
            return "Java finds no fonts on this machine; install fontconfig and a font, such as fonts-dejavu-core (%s)"
                    .formatted(e);
        }
    }
}
