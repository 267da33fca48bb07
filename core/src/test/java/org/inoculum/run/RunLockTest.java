package org.inoculum.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.run.RunLock.Owner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir private Path folder;

  @Test
  void theSecondIsRefusedUntilTheFirstIsDone() {
    RunDirectory run = run();
    try (RunLock first = RunLock.acquire(run)) {
      assertThat(RunLock.owner(run)).get().matches(Owner::livesHere);
      assertThatThrownBy(() -> RunLock.acquire(run))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.STORAGE))
          .hasMessageContaining("being trained already")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    assertThat(RunLock.owner(run)).isEmpty();
    RunLock.acquire(run).close();
  }

  @Test
  void aLinkToTheRunIsTheSameRun() throws IOException {
    RunDirectory run = run();
    Path link = Files.createSymbolicLink(folder.resolve("link"), run.path());
    try (RunLock first = RunLock.acquire(run)) {
      assertThatThrownBy(() -> RunLock.acquire(new RunDirectory(link)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("being trained already");
    }
    RunLock.acquire(new RunDirectory(link)).close();
  }

  @Test
  void aDeadOwnersLockIsTakenOver() throws IOException {
    RunDirectory run = run();
    String host;
    try (RunLock own = RunLock.acquire(run)) {
      host = RunLock.owner(run).orElseThrow().host();
    }
    write(run, new Owner(host, Long.MAX_VALUE >> 33, "2020-01-01T00:00:00Z", "2020"));
    assertThat(RunLock.owner(run)).get().matches(owner -> !owner.livesHere());
    try (RunLock taken = RunLock.acquire(run)) {
      assertThat(RunLock.owner(run)).get().matches(Owner::livesHere);
    }
  }

  @Test
  void aProcessIdThatIsUsedAgainIsNotTheOwner() throws IOException {
    RunDirectory run = run();
    String host;
    try (RunLock own = RunLock.acquire(run)) {
      host = RunLock.owner(run).orElseThrow().host();
    }
    write(run, new Owner(host, ProcessHandle.current().pid(), "2020-01-01T00:00:00Z", "2020"));
    assertThat(RunLock.owner(run)).get().matches(owner -> !owner.livesHere());
  }

  @Test
  void anOwnerOnAnotherMachineMayBeAlive() throws IOException {
    RunDirectory run = run();
    write(run, new Owner("elsewhere", 1, "2020-01-01T00:00:00Z", "2020"));
    assertThatThrownBy(() -> RunLock.acquire(run))
        .hasMessageContaining("elsewhere")
        .hasMessageContaining("remove");
    Files.delete(run.path().resolve("lock.json"));
    RunLock.acquire(run).close();
  }

  private RunDirectory run() {
    return RunDirectory.create(folder, "cells", Map.of("config.json", "{}"));
  }

  private static void write(RunDirectory run, Owner owner) throws IOException {
    Files.writeString(run.path().resolve("lock.json"), Json.document(owner));
  }
}
