package org.inoculum.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.StoredFile;

/**
 * Weights on disk in the safetensors format (a length, a JSON header, raw little-endian numbers),
 * which cannot carry code.
 *
 * <p>Reading is strict: 32-bit floats only, no byte of the file unaccounted for, and nothing is
 * allocated before the header was checked against the file's size.
 */
public final class Safetensors {
  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private Safetensors() {}

  /** One tensor as it is in a file. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between file and tensor; never compared
  public record Entry(long[] shape, float[] values) {
    /**
     * Replaces a tensor's values by these.
     *
     * @param name and {@code source} are what errors call the tensor and the file
     * @throws UserException of kind BAD_DATA if the shape is another
     */
    public void copyTo(Tensor tensor, String name, String source) {
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw UserException.badData(
            source
                + " holds "
                + name
                + " in the shape "
                + Arrays.toString(shape)
                + ", expected "
                + Arrays.toString(tensor.shape()));
      }
      try (PointerScope scope = new PointerScope();
          AutoGradMode noGradients = new AutoGradMode(false)) {
        tensor.copy_(Tensor.create(values, shape));
      }
    }
  }

  /**
   * The bytes of a file with these weights, in order, and with metadata of names and texts, which
   * are sorted: the order of {@link Map#of} is another in each process.
   */
  public static byte[] encode(Weights weights, Map<String, String> metadata) {
    return encode(weights.all(), metadata);
  }

  /** As {@link #encode(Weights, Map)}, of any tensors of 32-bit floats. */
  public static byte[] encode(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(METADATA, new TreeMap<>(metadata));
    long offset = 0;
    try (PointerScope scope = new PointerScope()) { // asking for a shape makes a native object
      for (var weight : tensors.entrySet()) {
        long end = offset + weight.getValue().numel() * Float.BYTES;
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("dtype", "F32");
        entry.put("shape", weight.getValue().shape());
        entry.put("data_offsets", new long[] {offset, end});
        header.put(weight.getKey(), entry);
        offset = end;
      }
    }
    StringBuilder text = new StringBuilder(Json.line(header));
    while (text.length() % LENGTH_BYTES != 0) {
      text.append(' ');
    }
    byte[] head = text.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(Math.toIntExact(LENGTH_BYTES + head.length + offset))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(head.length)
            .put(head);
    for (Tensor tensor : tensors.values()) {
      float[] values;
      try (PointerScope scope = new PointerScope()) {
        values = Tensors.toFloats(tensor);
      }
      file.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
      file.position(file.position() + values.length * Float.BYTES);
    }
    return file.array();
  }

  /**
   * The tensors of a file, in the file's order.
   *
   * @throws UserException of kind BAD_DATA that names the file and what is wrong with it
   */
  public static Map<String, Entry> read(Path path) {
    byte[] content;
    try {
      content = StoredFile.bytes(path, StoredFile.ARRAY);
    } catch (IOException e) {
      throw UserException.badData("cannot read " + path + ": " + e.getMessage(), e);
    }
    return decode(content, path.toString());
  }

  /** As {@link #read}, from memory; {@code source} is what errors call it. */
  public static Map<String, Entry> decode(byte[] content, String source) {
    if (content.length < LENGTH_BYTES) {
      throw broken(source, "it has " + content.length + " bytes");
    }
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long headLength = file.getLong();
    if (headLength < 2
        || headLength > MAX_HEADER_BYTES
        || headLength > content.length - LENGTH_BYTES) {
      throw broken(source, "its header claims " + Long.toUnsignedString(headLength) + " bytes");
    }
    String head = new String(content, LENGTH_BYTES, (int) headLength, StandardCharsets.UTF_8);
    Map<?, ?> header = Json.parse(head, Map.class, source);
    int dataStart = LENGTH_BYTES + (int) headLength;
    long expectedOffset = 0;
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (var field : header.entrySet()) {
      String name = String.valueOf(field.getKey());
      if (name.equals(METADATA)) {
        continue;
      }
      if (!(field.getValue() instanceof Map<?, ?> fields) || !"F32".equals(fields.get("dtype"))) {
        throw broken(source, name + " is not of type F32");
      }
      long[] shape = numbers(fields.get("shape"), source, name);
      long[] offsets = numbers(fields.get("data_offsets"), source, name);
      long bytes = byteCount(shape, content.length, source, name);
      if (offsets.length != 2 || offsets[0] != expectedOffset || offsets[1] - offsets[0] != bytes) {
        throw broken(source, name + " does not lie where its shape and the tensor before it say");
      }
      if (offsets[1] > content.length - dataStart) {
        throw broken(source, name + " ends beyond the file; it was cut short");
      }
      float[] values = new float[(int) (bytes / Float.BYTES)];
      file.position(dataStart + (int) offsets[0]);
      file.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      entries.put(name, new Entry(shape, values));
      expectedOffset = offsets[1];
    }
    if (expectedOffset != content.length - dataStart) {
      throw broken(
          source,
          "it has "
              + (content.length - dataStart - expectedOffset)
              + " bytes that no tensor claims");
    }
    return entries;
  }

  /** The names and texts in a file's header, which {@link #decode} passes over. */
  public static Map<String, String> metadata(byte[] content, String source) {
    decode(content, source); // checks the header
    int length = (int) ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String head = new String(content, LENGTH_BYTES, length, StandardCharsets.UTF_8);
    Map<String, String> texts = new LinkedHashMap<>();
    if (Json.parse(head, Map.class, source).get(METADATA) instanceof Map<?, ?> metadata) {
      metadata.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
    }
    return texts;
  }

  private static long byteCount(long[] shape, long limit, String source, String name) {
    long count = Float.BYTES;
    for (long side : shape) {
      if (side < 0 || (side > 0 && count > limit / side)) {
        throw broken(source, name + " claims a shape that the file is too small for");
      }
      count *= side;
    }
    return count;
  }

  private static long[] numbers(
      @org.jspecify.annotations.Nullable Object value, String source, String name) {
    if (!(value instanceof List<?> list) || list.size() > 8) {
      throw broken(source, name + " lacks a shape or an offset");
    }
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Integer || list.get(i) instanceof Long)) {
        throw broken(source, name + " has a shape or an offset that is not a whole number");
      }
      numbers[i] = ((Number) list.get(i)).longValue();
    }
    return numbers;
  }

  private static UserException broken(String source, String what) {
    return UserException.badData(source + " is not a whole safetensors file: " + what);
  }
}
