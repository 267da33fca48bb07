package org.inoculum.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/** Images for tests, a function of their arguments. */
public final class TestImages {
  private TestImages() {}

  /** (3 x^2 + 5 y^2 + 7 x y + 31 c) mod 256: structure at every frequency. */
  public static Image waves(int width, int height, int channels) {
    short[] samples = new short[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      int c = i % channels;
      int x = i / channels % width;
      int y = i / channels / width;
      samples[i] = (short) ((3 * x * x + 5 * y * y + 7 * x * y + 31 * c) % 256);
    }
    return new Image(width, height, channels, 8, samples);
  }

  /** Random samples of the full range. */
  public static Image noise(int width, int height, int channels, int bitDepth, long index) {
    RandomStream random = RandomStream.of(1, Purpose.CHECKING, index);
    short[] samples = new short[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(1 << bitDepth);
    }
    return new Image(width, height, channels, bitDepth, samples);
  }

  /** A few soft blobs of random place, size and colour on a coloured ground: like stained cells. */
  public static Image blobs(int size, long index) {
    RandomStream random = RandomStream.of(2, Purpose.CHECKING, index);
    double[][] blobs = new double[4][];
    for (int b = 0; b < blobs.length; b++) {
      blobs[b] =
          new double[] {
            random.nextDouble(0, size),
            random.nextDouble(0, size),
            random.nextDouble(size / 16.0, size / 5.0),
            random.nextDouble(30, 120),
            random.nextDouble(30, 120),
            random.nextDouble(0, 60)
          };
    }
    short[] samples = new short[size * size * 3];
    for (int i = 0; i < samples.length; i++) {
      int x = i / 3 % size;
      int y = i / 3 / size;
      double value = 200;
      for (double[] blob : blobs) {
        double square = Math.pow(x - blob[0], 2) + Math.pow(y - blob[1], 2);
        value -= blob[3 + i % 3] * Math.exp(-square / (2 * blob[2] * blob[2]));
      }
      samples[i] = (short) Math.max(0, Math.min(255, value));
    }
    return new Image(size, size, 3, 8, samples);
  }

  /** Every sample changed by a number, within 0..255. */
  public static Image brighter(Image image, int by) {
    short[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.max(0, Math.min(255, samples[i] + by));
    }
    return new Image(image.width(), image.height(), image.channels(), 8, samples);
  }

  /** An 8-bit image as JPEG by the JDK's writer. */
  public static byte[] jpeg(Image image, float quality, boolean progressive) throws IOException {
    int type = image.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage decoded = new BufferedImage(image.width(), image.height(), type);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < image.channels(); c++) {
          decoded.getRaster().setSample(x, y, c, image.sample(x, y, c));
        }
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam options = writer.getDefaultWriteParam();
    options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    options.setCompressionQuality(quality);
    if (progressive) {
      options.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(decoded, null, null), options);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
