package io.solera.jobs.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * SIGTERM, handled while this is open. A shutdown hook is no place to finish work in: the JVM is ending then, Hadoop
 * allows a hook 30 seconds, files and libraries are closed next to it, and the exit code is settled. So this uses
 * {@code sun.misc.Signal} of the JDK's module {@code jdk.unsupported}, as Spark and Hadoop do, since Java has nothing
 * else; by reflection, since javac warns of it and cannot be asked not to.
 */
final class TermSignal implements AutoCloseable {
    private final Class<?> signal;
    private final Class<?> handler;
    private final Object term;
    private final Object before;
    private boolean closed;

    /**
     * @param handle is called in a thread of the JVM's for each signal
     * @throws ReflectiveOperationException if this JVM does not give it away, as with the option {@code -Xrs}
     */
    TermSignal(Runnable handle) throws ReflectiveOperationException {
        signal = Class.forName("sun.misc.Signal");
        handler = Class.forName("sun.misc.SignalHandler");
        term = signal.getConstructor(String.class).newInstance("TERM");
        before = handle(Proxy.newProxyInstance(
                TermSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "handle" -> handle.run();
                        case "equals" -> {
                            return arguments[0] == proxy;
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        default -> {
                            return TermSignal.class.getName();
                        }
                    }
                    return null;
                }));
    }

    /** Puts back what handled the signal before, as a rule the end of the JVM. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                handle(before);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot put back the handler of SIGTERM", e);
            }
        }
    }

    /** Closes this and sends the signal to this process. */
    void pass() {
        close();
        try {
            signal.getMethod("raise", signal).invoke(null, term);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot pass SIGTERM on", e);
        }
    }

    private Object handle(Object with) throws ReflectiveOperationException {
        try {
            return signal.getMethod("handle", signal, handler).invoke(null, term, with);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(String.valueOf(e.getCause()), e);
        }
    }
}
