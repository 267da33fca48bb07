package org.inoculum.bench.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A folder with one iteration of the classic recipe: {@code shape.txt}, and arrays of 32-bit
 * floats, little-endian, row-major in libtorch's order of dimensions, in {@code NAME.f32}.
 *
 * <p>The arrays: {@code reals} (batch / 2, channels, size, size), {@code z1} (batch / 2, latent) of
 * the fakes, {@code z2} (batch, latent) of the generator's update, {@code mask1} {@code mask2}
 * (batch / 2, features) and {@code mask3} (batch, features) of dropout, and the weights {@code
 * generator.NAME} and {@code discriminator.NAME}.
 *
 * @param size of the images, in pixels
 * @param blocks that the generator doubles with
 */
public record Work(Path folder, int size, int channels, int latentSize, int batch, int blocks) {
  /** Filters of every hidden convolution. */
  public static final int WIDTH = 128;

  /** Channels of the map that the latent is brought to. */
  public static final int START_CHANNELS = 1024;

  /** The article's numbers. */
  public static final float LEARNING_RATE = 2e-4f;

  public static final float BETA1 = 0.5f;
  public static final float BETA2 = 0.999f;
  public static final float EPSILON = 1e-7f;
  public static final float GENERATOR_SLOPE = 0.2f;
  public static final float DISCRIMINATOR_SLOPE = 0.02f;

  /** Reads a folder's {@code shape.txt}. */
  public static Work read(Path folder) throws IOException {
    int[] numbers =
        Arrays.stream(Files.readString(folder.resolve("shape.txt")).trim().split("\\s+"))
            .mapToInt(Integer::parseInt)
            .toArray();
    return new Work(folder, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  /** Writes it. */
  public void writeShape() throws IOException {
    Files.writeString(
        folder.resolve("shape.txt"),
        String.format("%d %d %d %d %d%n", size, channels, latentSize, batch, blocks));
  }

  /** Side of the smallest map. */
  public int start() {
    return size >> blocks;
  }

  /** Numbers that the discriminator's dense unit sees. */
  public int features() {
    return WIDTH * start() * start();
  }

  /** An array. */
  public float[] floats(String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".f32")));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Writes one. */
  public void write(String name, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(folder.resolve(name + ".f32"), bytes.array());
  }
}
