package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.Python;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TIFF files of every layout that tifffile, Pillow and libtiff's tiffcp write: each is read as they
 * read it, or refused with the name of what is not read.
 */
class TiffMatrixTest {
  @TempDir Path folder;

  /** A file, and its values or the words of its refusal. */
  private record Case(
      String file,
      @Nullable String values,
      int width,
      int height,
      int channels,
      int tolerance,
      @Nullable String refused) {}

  @Test
  void everyLayoutIsReadAsOthersReadItOrRefusedByName() throws IOException {
    String written = Python.runWith("tifffile", "tiff_matrix.py", folder);
    boolean complete = !written.contains("no tiffcp");
    if ("true".equals(System.getenv("CI"))) {
      assertThat(complete).as("no tiffcp (Debian's libtiff-tools)").isTrue();
    }
    Assumptions.assumeTrue(complete, "no tiffcp (Debian's libtiff-tools)");
    List<Case> cases = Json.readLines(folder.resolve("matrix.jsonl"), Case.class);
    List<String> wrong = new ArrayList<>();
    for (Case one : cases) {
      if (one.refused() != null) {
        String words = one.refused();
        assertThatThrownBy(() -> decode(one.file()))
            .as(one.file())
            .isInstanceOf(UserException.class)
            .hasMessageContaining(words)
            .hasMessageNotContaining("truncated or damaged");
      } else {
        String difference = difference(one);
        if (!difference.isEmpty()) {
          wrong.add(one.file() + ": " + difference);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(cases).hasSizeGreaterThan(300);
  }

  private DecodedImage decode(String file) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(file));
    return ImageFiles.decode(content, file, DecodingLimits.DEFAULT, PlaneChoice.ONLY);
  }

  private String difference(Case one) throws IOException {
    DecodedImage decoded;
    try {
      decoded = decode(one.file());
    } catch (UserException e) {
      return String.valueOf(e.getMessage());
    }
    String shape = decoded.width() + " x " + decoded.height() + " x " + decoded.channels();
    if (!shape.equals(one.width() + " x " + one.height() + " x " + one.channels())) {
      return shape;
    }
    byte[] raw = Files.readAllBytes(folder.resolve(String.valueOf(one.values())));
    FloatBuffer values = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    assertThat(values.remaining()).isEqualTo(one.width() * one.height() * one.channels());
    for (int i = 0; i < values.remaining(); i++) {
      if (!(Math.abs(decoded.value(i) - values.get(i)) <= one.tolerance())) {
        return "%s at %d where %s was written".formatted(decoded.value(i), i, values.get(i));
      }
    }
    return "";
  }
}
