package org.inoculum.detect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.StoredFile;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Safetensors;

/** Detectors to and from files: safetensors whose metadata say what they are. */
public final class DetectorFile {
  private static final String FAMILY = "detector";
  private static final long MOST_BYTES = 64L << 20;

  private DetectorFile() {}

  /** The file. */
  public static byte[] encode(Detector detector) {
    Map<String, org.bytedeco.pytorch.Tensor> tensors =
        new LinkedHashMap<>(detector.network().weights().all());
    tensors.putAll(detector.network().statistics().all());
    Map<String, String> metadata = facts(detector.info());
    // The sum is of the numbers alone, so that a flipped bit in one is found.
    byte[] numbers = Safetensors.encode(tensors, Map.of());
    metadata.put("tensorsSha256", Sha256.of(numbers));
    return Safetensors.encode(tensors, metadata);
  }

  /** What a file of the detector says of itself: names and texts. */
  public static Map<String, String> facts(DetectorInfo info) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", "inoculum");
    facts.put("family", FAMILY);
    facts.put("formatVersion", String.valueOf(FormatVersion.CURRENT));
    facts.put("program", Inoculum.program());
    facts.put("notice", Detector.NOTICE);
    facts.put("info", Json.line(info));
    return facts;
  }

  /**
   * Reads one.
   *
   * @throws UserException of kind BAD_DATA, naming the file, if it is no detector or damaged
   */
  public static Detector read(Path file) {
    byte[] content;
    try {
      content = StoredFile.bytes(file, MOST_BYTES);
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
    String source = file.toString();
    Map<String, Safetensors.Entry> entries = Safetensors.decode(content, source);
    Map<String, String> metadata = Safetensors.metadata(content, source);
    if (!FAMILY.equals(metadata.get("family")) || metadata.get("info") == null) {
      throw UserException.badData(
          source + " is no detector; expected a file that utility --keep-detector wrote");
    }
    String version = String.valueOf(metadata.get("formatVersion"));
    if (!version.equals(String.valueOf(FormatVersion.CURRENT))) {
      throw UserException.badData(
          source
              + " is of format "
              + version
              + ", and this version of the program reads format "
              + FormatVersion.CURRENT
              + ": train it again");
    }
    DetectorInfo info;
    try {
      info = Json.parse(String.valueOf(metadata.get("info")), DetectorInfo.class, source);
    } catch (IllegalArgumentException e) {
      throw UserException.badData(source + " is damaged: " + e.getMessage(), e);
    }
    LibTorch.load(1); // whoever looks at fields sets as many as it wants
    DetectorNetwork network = new DetectorNetwork(info.classes().size(), 0);
    try {
      network.set(entries, source);
      Detector detector = new Detector(network, info);
      Map<String, String> again = Safetensors.metadata(encode(detector), source);
      if (!String.valueOf(again.get("tensorsSha256")).equals(metadata.get("tensorsSha256"))) {
        throw UserException.badData(
            source + " is damaged: its numbers are not those that its SHA-256 was made of");
      }
      return detector;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }
}
