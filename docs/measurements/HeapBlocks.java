import java.util.ArrayList;
import java.util.List;

/**
 * How much of a Java heap arrays of some length fill before it is full:
 * {@code java -Xmx10g docs/measurements/HeapBlocks.java 1048560}.
 */
final class HeapBlocks {
    public static void main(String[] arguments) {
        int length = Integer.parseInt(arguments[0]);
        List<float[]> blocks = new ArrayList<>();
        try {
            while (true) {
                blocks.add(new float[length]);
            }
        } catch (OutOfMemoryError full) {
            long bytes = (long) blocks.size() * length * Float.BYTES;
            blocks.clear();
            System.out.printf("%,d of %,d MiB%n", bytes >> 20, Runtime.getRuntime().maxMemory() >> 20);
        }
    }
}
