package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inoculum.cli.CommandLines;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/commands.md is what the commands say of themselves. After a change of an option:
 * {@code mvn test -pl cli -am -Dtest=CommandsReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dinoculum.update-documents=true}.
 */
class CommandsReferenceTest {
  private static final String NAME = "docs/reference/commands.md";

  @Test
  void theReferenceIsWhatTheCommandsSay() throws IOException {
    String wanted = CommandsReference.write(CommandLines.create());
    Path file = MarkdownFile.ROOT.resolve(NAME);
    if (Boolean.getBoolean("inoculum.update-documents")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file)).isEqualTo(wanted);
  }
}
