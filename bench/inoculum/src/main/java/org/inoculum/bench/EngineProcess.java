package org.inoculum.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An engine in a process of its own, with what was measured of it. */
final class EngineProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader from;
  private final BufferedWriter to;
  private final List<Double> millis = new ArrayList<>();

  EngineProcess(String name, List<String> command) throws IOException {
    this.name = name;
    // What an engine says of itself goes to our stderr.
    this.process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    this.from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.to =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    answer("ready");
  }

  String name() {
    return name;
  }

  /** One step that is not counted: its numbers. */
  double[] rehearse() throws IOException {
    String[] words = ask("step");
    return Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
  }

  /** One step that is. */
  void step() throws IOException {
    millis.add(Double.valueOf(ask("step")[1]));
  }

  double gemm() throws IOException {
    return Double.parseDouble(ask("gemm")[1]);
  }

  List<Double> millis() {
    return millis;
  }

  /** The most memory that the process has held, in MiB; Linux only. */
  long peakMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no peak memory of process " + process.pid());
  }

  private String[] ask(String label) throws IOException {
    to.write(label);
    to.newLine();
    to.flush();
    return answer(label);
  }

  private String[] answer(String label) throws IOException {
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      if (line.equals(label) || line.startsWith(label + " ")) {
        return line.split("\\s+");
      }
    }
    throw new IOException(name + " has ended without an answer");
  }

  @Override
  public void close() throws IOException {
    to.close();
    process.destroy();
  }
}
