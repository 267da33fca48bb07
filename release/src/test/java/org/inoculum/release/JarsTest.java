package org.inoculum.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JarsTest {
  @Test
  void eachSystemGetsItsOwnNatives() {
    assertThat(Platform.LINUX.takes("pytorch-2.10.0-1.5.13-linux-x86_64.jar")).isTrue();
    assertThat(Platform.LINUX.takes("pytorch-2.10.0-1.5.13-macosx-arm64.jar")).isFalse();
    assertThat(Platform.LINUX.takes("pytorch-2.10.0-1.5.13.jar")).isTrue();
    String onnx = "ai/onnxruntime/native/";
    assertThat(Jars.keeps(onnx + "linux-x64/libonnxruntime.so", Platform.LINUX)).isTrue();
    assertThat(Jars.keeps(onnx + "win-x64/onnxruntime.dll", Platform.LINUX)).isFalse();
    assertThat(Jars.keeps(onnx + "win-x64/onnxruntime.dll", Platform.WINDOWS)).isTrue();
    assertThat(
            Jars.keeps(
                onnx + "osx-aarch64/libonnxruntime.dylib.dSYM/Contents/libonnxruntime.dylib",
                Platform.MACOS))
        .isFalse();
    assertThat(Jars.keeps("ai/onnxruntime/OrtSession.class", Platform.WINDOWS)).isTrue();
  }

  @Test
  void theFolderThatJavaCppAsksForStays() {
    String folder = "org/bytedeco/openblas/linux-x86_64/";
    assertThat(Jars.keeps(folder, Platform.LINUX)).isTrue();
    assertThat(Jars.keeps(folder + "libopenblas.so.0", Platform.LINUX)).isTrue();
    assertThat(Jars.keeps(folder + "include/cblas.h", Platform.LINUX)).isFalse();
    assertThat(Jars.keeps(folder + "include/", Platform.LINUX)).isFalse();
  }

  @Test
  void onlyWhereItWasRunIsALibraryLeftOut() {
    assertThat(
            Jars.keeps("org/bytedeco/openblas/linux-x86_64/libjniopenblas_full.so", Platform.LINUX))
        .isFalse();
    assertThat(
            Jars.keeps(
                "org/bytedeco/openblas/windows-x86_64/jniopenblas_full.dll", Platform.WINDOWS))
        .isTrue();
  }
}
