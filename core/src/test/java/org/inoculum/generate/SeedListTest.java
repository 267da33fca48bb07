package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.model.Latents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of images that somebody liked, well written and badly. */
class SeedListTest {
  @TempDir private Path folder;

  @Test
  void aListIsReadAndWrittenAsItIs() throws IOException {
    SeedList list =
        read(
            "{\"seed\": 0, \"index\": 17, \"class\": \"bacillus\", \"truncation\": 1.0}\n"
                + "\n{\"index\": 123456789012, \"seed\": -5}"); // the last line end is missing
    assertThat(list.entries())
        .containsExactly(
            new SeedList.Entry(1, 0, 17, Optional.of("bacillus"), 1),
            new SeedList.Entry(3, -5, 123456789012L, Optional.empty(), Latents.NO_TRUNCATION));
    SeedList again = read(list.document());
    assertThat(again.document()).isEqualTo(list.document());
    assertThat(again.sha256()).isEqualTo(list.sha256());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"seed\": 0, \"index\": -1}|index must not be negative, was -1",
        "{\"seed\": 0}|index is missing",
        "{\"index\": 0}|seed is missing",
        "{\"seed\": 0.5, \"index\": 1}|seed must be a whole number, was 0.5",
        "{\"seed\": \"1\", \"index\": 1}|seed must be a whole number, was 1",
        "{\"seed\": 1, \"index\": 99999999999999999999}|index must be a whole number",
        "{\"seed\": 1, \"index\": 1, \"label\": 1}|unknown name 'label'",
        "{\"seed\": 1, \"index\": 1, \"class\": 1}|class must be a name",
        "{\"seed\": 1, \"index\": 1, \"truncation\": 0}|truncation must be a number of at least 0.1",
        "{\"seed\": 1, \"index\": 1, \"truncation\": \"x\"}|truncation must be",
        "{\"seed\": 1, \"seed\": 2, \"index\": 1}|not the JSON that was expected",
        "{\"seed\": 1, \"index\": 1|not the JSON that was expected",
        "[0, 17]|not the JSON that was expected",
        "null|not the JSON that was expected"
      })
  void aMistakeIsToldWithItsLine(String line, String told) {
    assertThatThrownBy(() -> read("{\"seed\": 0, \"index\": 0}\n" + line + "\n"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("liked.jsonl, line 2")
        .hasMessageContaining(told);
  }

  @Test
  void whatIsNoListIsSaid() throws IOException {
    assertThatThrownBy(() -> read("\n \n")).hasMessageContaining("lists no image");
    assertThatThrownBy(() -> SeedList.read(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot read");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> SeedList.read(binary)).hasMessageContaining("not a text in UTF-8");
  }

  private SeedList read(String text) throws IOException {
    return SeedList.read(Files.writeString(folder.resolve("liked.jsonl"), text));
  }
}
