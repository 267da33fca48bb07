package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.inoculum.train.Preset;
import org.junit.jupiter.api.Test;

class TrainCommandTest {
  @Test
  void helpNamesTheBatchesThatThePresetsHave() {
    assertThat(Preset.TINY.batch()).isEqualTo(Preset.MODERN.batch());
    assertThat(CommandLineTest.inoculum("train", "--help-all").out().replaceAll("\\s+", " "))
        .contains(
            "classic: %d, modern and tiny: %d"
                .formatted(Preset.CLASSIC.batch(), Preset.MODERN.batch()));
  }
}
