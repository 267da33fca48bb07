package org.inoculum.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Set by Ctrl-C, SIGTERM or a closed terminal. The first signal asks the command to save its work;
 * the second ends the process at once, by the signal's own action in the kernel, so that no native
 * operation is cut off while the process still cleans up (which crashes). Until a command first
 * asks whether to stop it has nothing to save, and the first signal ends it so.
 *
 * <p>Java has no public way to handle a signal without beginning to shut down, hence {@code
 * sun.misc.Signal}, which every JDK has, by name.
 */
final class StopRequest implements BooleanSupplier {
  private static final int SIGNAL_EXIT = 128;
  private static final String[] SIGNALS = {"INT", "TERM", "HUP"};

  private final AtomicBoolean kernels;
  private volatile int signal;

  private StopRequest(boolean kernels) {
    this.kernels = new AtomicBoolean(kernels);
  }

  /** A request that no signal makes, for tests. */
  static StopRequest never() {
    return new StopRequest(false);
  }

  /** A request that signals make once it is asked; until then they end the process. */
  static StopRequest onSignals() {
    for (String name : SIGNALS) {
      Signals.restore(name);
    }
    return new StopRequest(true);
  }

  @Override
  public boolean getAsBoolean() {
    if (kernels.compareAndSet(true, false)) {
      for (String name : SIGNALS) {
        try {
          Signals.handle(name, this);
        } catch (ReflectiveOperationException e) {
          // Windows has no HUP, and -Xrs keeps signals from Java: then the signal ends the process.
        }
      }
    }
    return signal != 0;
  }

  /** What the shell gets of a command that was stopped: 128 and the signal's number. */
  OptionalInt exitCode() {
    return signal == 0 ? OptionalInt.empty() : OptionalInt.of(SIGNAL_EXIT + signal);
  }

  private void received(Object received) throws ReflectiveOperationException {
    for (String name : SIGNALS) {
      Signals.restore(name);
    }
    signal = Signals.number(received);
  }

  /** {@code sun.misc.Signal}. */
  private static final class Signals {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    static void handle(String name, StopRequest request) throws ReflectiveOperationException {
      Class<?> handler = Class.forName(HANDLER);
      set(
          name,
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  request.received(arguments[0]);
                  return null;
                }
                return method.getName().equals("hashCode") ? (Object) 0 : proxy == arguments[0];
              }));
    }

    /** Gives the signal to the kernel, which ends the process. */
    static void restore(String name) {
      try {
        set(name, Class.forName(HANDLER).getField("SIG_DFL").get(null));
      } catch (ReflectiveOperationException e) {
        // As in getAsBoolean: it is never taken.
      }
    }

    static int number(Object signal) throws ReflectiveOperationException {
      return (int) Class.forName(SIGNAL).getMethod("getNumber").invoke(signal);
    }

    private static void set(String name, Object handler) throws ReflectiveOperationException {
      Class<?> type = Class.forName(SIGNAL);
      Method handle = type.getMethod("handle", type, Class.forName(HANDLER));
      handle.invoke(null, type.getConstructor(String.class).newInstance(name), handler);
    }
  }
}
