package io.solera.reward.molecule;

import io.solera.lang.Sha256;

/**
 * An InChI as its key: 14 letters for the skeleton, 8 for stereo and isotopes, one for the protons that were added or
 * removed. Each is a part of a SHA-256 in letters, 14 bits as three and 9 bits as two (IUPAC, InChI Technical Manual,
 * 2020, section VI). The library has it too, but version 1.07.2 leaks 0.5 KB at each call
 * (https://github.com/IUPAC-InChI/InChI/issues/87).
 */
final class InchiHash {
    private static final String PREFIX = "InChI=1S/";
    /** Layers of the skeleton, in addition to the formula. */
    private static final String SKELETON = "chq";

    private static final int LETTERS = 26;
    private static final int MAX_PROTONS = 12;
    /** Shorter layers are hashed twice in a row. */
    private static final int SHORT = 255;

    private InchiHash() {}

    /** @throws IllegalArgumentException if it is not a standard InChI */
    static String key(String inchi) {
        if (!inchi.startsWith(PREFIX)) {
            throw new IllegalArgumentException("Invalid InChI: %s (must begin with %s)".formatted(inchi, PREFIX));
        }
        String layers = inchi.substring(PREFIX.length());
        int end = layers.indexOf('/');
        int protons = 0;
        int protonsAt = -1;
        while (end >= 0 && end + 1 < layers.length()) {
            char layer = layers.charAt(end + 1);
            int next = layers.indexOf('/', end + 1);
            if (layer == 'p') {
                protonsAt = end;
                protons = Integer.parseInt(layers, end + 2, next < 0 ? layers.length() : next, 10);
            } else if (SKELETON.indexOf(layer) < 0) {
                break;
            }
            end = next;
        }
        end = end < 0 ? layers.length() : end;
        String rest = layers.substring(end);
        return "%s-%sSA-%c"
                .formatted(
                        letters(layers.substring(0, protonsAt < 0 ? end : protonsAt), 4),
                        letters(rest.length() < SHORT ? rest + rest : rest, 2),
                        Math.abs(protons) > MAX_PROTONS ? 'A' : (char) ('N' + protons));
    }

    /** That many groups of three letters, and two more. */
    private static String letters(String text, int groups) {
        byte[] hash = new Sha256().add(text).bytes();
        StringBuilder letters = new StringBuilder();
        for (int group = 0; group < groups; group++) {
            letters.append(three(bits(hash, 14 * group, 14)));
        }
        int last = bits(hash, 14 * groups, 9);
        return letters.append((char) ('A' + last / LETTERS))
                .append((char) ('A' + last % LETTERS))
                .toString();
    }

    /** The three-letter words in order, without those of E and the first 516 of T, which leaves 2^14. */
    private static String three(int number) {
        int word = number;
        if (word >= 4 * LETTERS * LETTERS) {
            word += LETTERS * LETTERS;
        }
        if (word >= 19 * LETTERS * LETTERS) {
            word += 516;
        }
        return new String(new char[] {
            (char) ('A' + word / (LETTERS * LETTERS)),
            (char) ('A' + word / LETTERS % LETTERS),
            (char) ('A' + word % LETTERS)
        });
    }

    /** Bits of a hash, lowest bit of each byte first. */
    private static int bits(byte[] hash, int from, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int at = from + i;
            value |= (hash[at / 8] >> at % 8 & 1) << i;
        }
        return value;
    }
}
