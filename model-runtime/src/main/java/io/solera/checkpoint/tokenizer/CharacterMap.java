package io.solera.checkpoint.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's table of replacements as a tokenizer's Precompiled normalizer has it: four bytes for the length of a double-array trie, the
 * trie, and the replacements, each ended by a zero byte. Hugging Face's library follows it without looking and aborts the process
 * where it leads out of the trie or into the middle of a letter; so every way through it is walked once here.
 */
public final class CharacterMap {
    /** The table of T5, of 240 kB, with room. */
    private static final int BYTES = 4 << 20;
    /** The longest replacement of NFKC has 33 bytes. */
    private static final int REPLACEMENT = 64;

    private final int[] trie;
    private final byte[] replacements;
    private int longest = 1;

    private CharacterMap(int[] trie, byte[] replacements) {
        this.trie = trie;
        this.replacements = replacements;
    }

    /**
     * The bytes of the longest replacement.
     *
     * @throws IllegalArgumentException saying why not, where a table is not sound
     */
    public static int check(String base64) {
        if (base64.length() > BYTES) {
            throw new IllegalArgumentException("it is larger than %d MiB".formatted(BYTES >> 20));
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is no base64", e);
        }
        long size = bytes.remaining() < 4 ? -1 : Integer.toUnsignedLong(bytes.getInt());
        if (size < 4 || size % 4 != 0 || size > bytes.remaining()) {
            throw new IllegalArgumentException("it is cut");
        }
        int[] trie = new int[(int) size / 4];
        bytes.asIntBuffer().get(trie);
        byte[] replacements = new byte[bytes.remaining() - (int) size];
        bytes.position(4 + (int) size).get(replacements);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its replacements are no UTF-8", e);
        }
        CharacterMap map = new CharacterMap(trie, replacements);
        map.walk();
        return map.longest;
    }

    private void walk() {
        BitSet seen = new BitSet(trie.length);
        Deque<Integer> open = new ArrayDeque<>();
        int root = place(0, trie[0]);
        seen.set(root);
        open.push(root);
        while (!open.isEmpty()) {
            int node = open.pop();
            for (int letter = 1; letter < 256; letter++) {
                int child = node ^ letter;
                int unit = trie[child];
                if ((unit & 0x800000FF) != letter) {
                    continue;
                }
                int next = place(child, unit);
                if ((unit >>> 8 & 1) == 1) {
                    replacement(trie[next] & Integer.MAX_VALUE);
                }
                if (!seen.get(next)) {
                    seen.set(next);
                    open.push(next);
                }
            }
        }
    }

    /** The node that a unit leads to: one whose 256 children are all in the trie. */
    private int place(int from, int unit) {
        long offset = (long) (unit >>> 10) << ((unit & 1 << 9) >>> 6);
        long node = from ^ offset;
        if ((node | 0xFF) >= trie.length) {
            throw new IllegalArgumentException("its trie leads out of itself");
        }
        return (int) node;
    }

    private void replacement(int start) {
        int end = start;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        boolean inLetter = start < replacements.length && (replacements[start] & 0xC0) == 0x80;
        if (start > replacements.length || inLetter || end - start > REPLACEMENT) {
            throw new IllegalArgumentException("a replacement lies outside of it, or is too long");
        }
        longest = Math.max(longest, end - start);
    }
}
