package org.inoculum.torch;

import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test that runs tensors: libtorch is loaded, and each test has a scope. */
public abstract class TorchTest {
  private @Nullable PointerScope scope;

  @BeforeAll
  static void load() {
    LibTorch.load(2);
  }

  @BeforeEach
  void open() {
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    Objects.requireNonNull(scope).close();
  }
}
