package org.inoculum.bench;

import java.util.concurrent.TimeUnit;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.inoculum.image.Resize;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading, resizing and writing one image. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ImageKernels {
  private final Image large = DrawnBacilli.draw(0, 0, 512);
  private final Image small = DrawnBacilli.draw(0, 0, 128);
  private final byte[] png = Png.encode(large);

  /** 512 x 512 RGB to 128 x 128. */
  @Benchmark
  public Image resize() {
    return Resize.to(large, 128, 128);
  }

  /** A PNG of 512 x 512 RGB. */
  @Benchmark
  public Image decode() {
    return ImageFiles.decode(png, "drawn.png", DecodingLimits.DEFAULT);
  }

  /** A PNG of 128 x 128 RGB, as generating writes them. */
  @Benchmark
  public byte[] encode() {
    return Png.encode(small);
  }
}
