package org.inoculum.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.inoculum.data.FileProgress;

/** Stops a generation after so many batches of its own, and remembers what it was told. */
final class StopAfter implements FileProgress, BooleanSupplier {
  private final int batches;
  private final List<String> told = new ArrayList<>();

  StopAfter(int batches) {
    this.batches = batches;
  }

  @Override
  public void at(String doing, int done, int total) {
    told.add(doing + " " + done + " of " + total);
  }

  @Override
  public boolean getAsBoolean() {
    return told.stream().filter(line -> line.startsWith("generating ")).count() >= batches;
  }

  List<String> told() {
    return told;
  }
}
