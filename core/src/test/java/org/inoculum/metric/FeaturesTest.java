package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesTest {
  @TempDir Path folder;

  @Test
  void readsNumbersWithAndWithoutHeader() throws IOException {
    assertThat(read("1,2\n3,-4e-1\n").row(1)).containsExactly(3, -0.4);
    Features named = read("\uFEFFa,b\r\n1, 2\r\n\r\n3,4");
    assertThat(named.count()).isEqualTo(2);
    assertThat(named.dimension()).isEqualTo(2);
    assertThat(named.value(0, 1)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2;3|expected 2 columns as in the first row, found 1 in line 2",
        "1,2;3,4,5|expected 2 columns as in the first row, found 3 in line 2",
        "a,b;1,x|expected a finite number up to 3.4e38 in line 2, column 2, found 'x'",
        "1,;2,3|expected a finite number up to 3.4e38 in line 1, column 2, found ''",
        "nan,nan;2,3|expected a finite number up to 3.4e38 in line 1, column 1, found 'nan'",
        "1,2;-Infinity,3|in line 2, column 1, found '-Infinity'",
        "1,2;1e39,3|in line 2, column 1, found '1e39'",
        "a,b|expected at least one row of numbers, found none",
      })
  void saysWhereATableIsWrong(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace(';', '\n')))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageContaining("features.csv: ")
        .hasMessageContaining(message);
  }

  @Test
  void saysThatAFileIsMissingOrNoText() throws IOException {
    assertThatThrownBy(() -> Features.readCsv(folder.resolve("none.csv")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.csv");
    Path binary =
        Files.write(folder.resolve("image.csv"), new byte[] {(byte) 0x89, 'P', (byte) 0xFF});
    assertThatThrownBy(() -> Features.readCsv(binary))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void refusesEmptyRaggedAndNonFiniteMatrices() {
    assertThatThrownBy(() -> Features.of(new double[0][], "net")).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Features.of(new double[1][0], "net"))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() -> Features.of(new double[][] {{1, 2}, {1}}, "net"))
        .hasMessage("net: expected 2 columns as in row 1, found 1 in row 2");
    assertThatThrownBy(() -> Features.ofFloats(new float[] {1, 2, 3, Float.NaN}, 2, "net"))
        .hasMessageContaining("found NaN in row 2, column 2");
  }

  @Test
  void keepsItsValuesWhenTheCallersArrayChanges() {
    double[][] rows = {{1, 2}};
    Features features = Features.of(rows, "net");
    rows[0][0] = 9;
    features.row(0)[1] = 9;
    assertThat(features.row(0)).containsExactly(1, 2);
  }

  @Test
  void selectsRows() {
    Features features = Features.of(new double[][] {{1}, {2}, {3}}, "net");
    assertThat(features.select(new int[] {2, 0, 2}).value(2, 0)).isEqualTo(3);
    assertThat(features.first(2).count()).isEqualTo(2);
  }

  private Features read(String text) throws IOException {
    Path file = folder.resolve("features.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return Features.readCsv(file);
  }
}
