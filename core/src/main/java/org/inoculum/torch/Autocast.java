package org.inoculum.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * While open, libtorch runs the convolutions and GEMM of this thread in the given precision. Open
 * it around forward passes only: the backward pass repeats each operation's own format.
 */
public final class Autocast implements AutoCloseable {
  private final boolean active;
  private final boolean paused;

  private Autocast(boolean active, boolean paused) {
    this.active = active;
    this.paused = paused;
  }

  /** Switches autocast on for BF16; for F32 nothing changes. */
  public static Autocast to(Precision precision) {
    boolean active = precision == Precision.BF16;
    if (active) {
      torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
      torch.set_autocast_enabled(DeviceType.CPU, true);
      torch.increment_nesting();
    }
    return new Autocast(active, false);
  }

  /** Whether convolutions of this thread are in 16 bits. */
  public static boolean isOn() {
    return torch.is_autocast_enabled(DeviceType.CPU);
  }

  /** Switches autocast off for a while, if it is on. */
  public static Autocast off() {
    boolean on = torch.is_autocast_enabled(DeviceType.CPU);
    torch.set_autocast_enabled(DeviceType.CPU, false);
    return new Autocast(false, on);
  }

  /**
   * Switches autocast off and forgets the weights' 16-bit copies, which the next optimiser step
   * makes stale.
   */
  @Override
  public void close() {
    if (paused) {
      torch.set_autocast_enabled(DeviceType.CPU, true);
    }
    if (!active) {
      return;
    }
    if (torch.decrement_nesting() == 0) {
      torch.clear_cache();
    }
    torch.set_autocast_enabled(DeviceType.CPU, false);
  }
}
