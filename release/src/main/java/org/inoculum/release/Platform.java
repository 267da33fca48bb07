package org.inoculum.release;

import java.util.Arrays;

/** A system that a release is made for. */
enum Platform {
  /** The one that releases are made and tried on; its release brings a Java runtime. */
  LINUX("linux-x86_64", "linux-x64", "inoculum"),
  MACOS("macosx-arm64", "osx-aarch64", "inoculum"),
  WINDOWS("windows-x86_64", "win-x64", "inoculum.cmd");

  private final String classifier;
  private final String onnxFolder;
  private final String launcher;

  Platform(String classifier, String onnxFolder, String launcher) {
    this.classifier = classifier;
    this.onnxFolder = onnxFolder;
    this.launcher = launcher;
  }

  /** The name that JavaCPP, and so each jar of natives, has for it. */
  String classifier() {
    return classifier;
  }

  /** The folder of ONNX Runtime's jar that holds its libraries. */
  String onnxFolder() {
    return onnxFolder;
  }

  /** The file that starts the program. */
  String launcher() {
    return launcher;
  }

  /** Whether the release holds a Java runtime: only a system's own JDK can make one. */
  boolean hasRuntime() {
    return this == LINUX;
  }

  /** Whether a name, of a jar or in a bill of materials, belongs to no other system. */
  boolean takes(String name) {
    return Arrays.stream(values())
        .noneMatch(other -> other != this && name.contains(other.classifier));
  }
}
