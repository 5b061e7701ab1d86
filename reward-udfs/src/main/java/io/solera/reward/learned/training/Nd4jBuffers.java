package io.solera.reward.learned.training;

import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.memory.Deallocatable;
import org.nd4j.linalg.api.memory.deallocation.DeallocatableReference;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Frees ND4J's buffers between native calls, never during one. ND4J's own threads free a buffer as soon as its Java object is unreachable,
 * which it may be while native code still reads it: a call keeps the pointer, not the object (SIGSEGV in
 * {@code sd::DataBuffer::primary()}). Here those threads never start, and {@link #free} runs on the one thread that computes.
 */
final class Nd4jBuffers extends DeallocatorService {
    private static final String NO_THREADS = "org.nd4j.noarraygc";

    private final ReferenceQueue<Deallocatable> unreachable = new ReferenceQueue<>();
    private final Map<String, DeallocatableReference> live = new ConcurrentHashMap<>();

    private Nd4jBuffers() {}

    /** Starts ND4J with these in place of its own; what it makes for itself while it starts stays. */
    static Nd4jBuffers install() {
        String before = System.setProperty(NO_THREADS, "true");
        try {
            Nd4j.getDeallocatorService();
            Nd4jBuffers buffers = new Nd4jBuffers();
            var field = Nd4j.class.getDeclaredField("deallocatorService");
            field.setAccessible(true);
            field.set(null, buffers);
            return buffers;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot compute with ND4J: its version frees memory in another way", e);
        } finally {
            if (before == null) {
                System.clearProperty(NO_THREADS);
            } else {
                System.setProperty(NO_THREADS, before);
            }
        }
    }

    @Override
    public void pickObject(Deallocatable buffer) {
        live.put(buffer.getUniqueId(), new DeallocatableReference(buffer, unreachable));
    }

    /** Frees what is unreachable; only while nothing computes. */
    void free() {
        for (var reference = unreachable.poll(); reference != null; reference = unreachable.poll()) {
            DeallocatableReference buffer = (DeallocatableReference) reference;
            buffer.getDeallocator().deallocate();
            live.remove(buffer.getId());
        }
    }
}
