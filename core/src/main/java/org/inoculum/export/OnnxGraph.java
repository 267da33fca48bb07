package org.inoculum.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.inoculum.Inoculum;
import org.inoculum.files.Protobuf;

/**
 * A network as ONNX has it (onnx.ai/onnx/repo-docs/IR.html): constants, and nodes that make one
 * value each of values before them. Every value has the name of what makes it, which is a C
 * identifier, as the specification asks. Field numbers are those of onnx.proto.
 */
final class OnnxGraph {
  /** Version of the operators. */
  static final int OPSET = 17;

  /** Version of the file format that came with them. */
  static final int IR_VERSION = 8;

  /** What the batch dimension is called in every shape that has it. */
  private static final String BATCH = "N";

  /** A side of an input or output that the user chooses. */
  static final long FREE = -1;

  /** Element types of tensors (TensorProto.DataType). */
  enum Element {
    FLOAT(1),
    INT64(7);

    private final int code;

    Element(int code) {
      this.code = code;
    }
  }

  private final String name;
  private final Protobuf nodes = new Protobuf();
  private final Protobuf constants = new Protobuf();
  private final Protobuf inputs = new Protobuf();
  private final Protobuf outputs = new Protobuf();
  private final Set<String> names = new HashSet<>();

  OnnxGraph(String name) {
    this.name = name;
  }

  /** A value that the user gives: (N, shape). */
  String input(String input, Element element, long... shape) {
    inputs.message(11, valueInfo(claim(input), element, shape));
    return input;
  }

  /** Says that a value is a result: 32-bit floats (N, shape). */
  void output(String value, long... shape) {
    outputs.message(12, valueInfo(value, Element.FLOAT, shape));
  }

  /** Floats that belong to the network, row-major. */
  String constant(String constant, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    constants.message(5, tensor(claim(constant), Element.FLOAT, raw.array(), shape));
    return constant;
  }

  /** A list of whole numbers, such as a shape; equal lists are one constant. */
  String integers(long... values) {
    String list =
        Arrays.stream(values)
            .mapToObj(value -> value < 0 ? "minus" + -value : String.valueOf(value))
            .collect(Collectors.joining("_", "integers_", ""));
    if (names.add(list)) {
      ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES);
      raw.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
      constants.message(5, tensor(list, Element.INT64, raw.array(), values.length));
    }
    return list;
  }

  /**
   * Appends a node.
   *
   * @param operator of the default domain
   * @param made what the node and its value are called
   * @param from the values that it takes, in the operator's order; an empty one is left out
   * @return {@code made}
   */
  String node(String operator, String made, List<String> from, Protobuf... attributes) {
    Protobuf node = new Protobuf();
    from.forEach(value -> node.text(1, value));
    node.text(2, claim(made)).text(3, made).text(4, operator);
    for (Protobuf attribute : attributes) {
      node.message(5, attribute);
    }
    nodes.message(1, node);
    return made;
  }

  /** An attribute of whole numbers. */
  static Protobuf integersAttribute(String attribute, long... values) {
    Protobuf message = new Protobuf().text(1, attribute);
    for (long value : values) {
      message.number(8, value);
    }
    return message.number(20, 7); // AttributeType.INTS
  }

  /** An attribute of one whole number. */
  static Protobuf integerAttribute(String attribute, long value) {
    return new Protobuf().text(1, attribute).number(3, value).number(20, 2); // INT
  }

  /** An attribute of one float. */
  static Protobuf floatAttribute(String attribute, float value) {
    return new Protobuf().text(1, attribute).decimal(2, value).number(20, 1); // FLOAT
  }

  /** An attribute of one word. */
  static Protobuf wordAttribute(String attribute, String value) {
    return new Protobuf()
        .text(1, attribute)
        .bytes(4, value.getBytes(StandardCharsets.UTF_8))
        .number(20, 3); // STRING
  }

  /**
   * The file.
   *
   * @param description for a reader, at the beginning of the file
   * @param metadata names and texts
   * @throws org.inoculum.UserException of kind FAILURE if the format has no room for the network
   */
  byte[] toBytes(String description, Map<String, String> metadata) {
    Protobuf graph =
        new Protobuf().append(nodes).text(2, name).append(constants).append(inputs).append(outputs);
    Protobuf model =
        new Protobuf()
            .number(1, IR_VERSION)
            .text(2, "inoculum")
            .text(3, Inoculum.version())
            .text(6, description)
            .message(7, graph)
            .message(8, new Protobuf().text(1, "").number(2, OPSET));
    new TreeMap<>(metadata)
        .forEach((key, value) -> model.message(14, new Protobuf().text(1, key).text(2, value)));
    return model.toBytes("the ONNX file");
  }

  private String claim(String value) {
    if (!value.matches("[A-Za-z_][A-Za-z0-9_]*") || !names.add(value)) {
      throw new IllegalArgumentException(value + " is no identifier, or there are two of it");
    }
    return value;
  }

  private static Protobuf tensor(String name, Element element, byte[] raw, long... shape) {
    Protobuf tensor = new Protobuf();
    for (long side : shape) {
      tensor.number(1, side);
    }
    return tensor.number(2, element.code).text(8, name).bytes(9, raw);
  }

  private static Protobuf valueInfo(String name, Element element, long... shape) {
    Protobuf sides = new Protobuf().message(1, new Protobuf().text(2, BATCH));
    for (int i = 0; i < shape.length; i++) {
      sides.message(
          1,
          shape[i] == FREE
              ? new Protobuf().text(2, name + "_" + (i + 1))
              : new Protobuf().number(1, shape[i]));
    }
    Protobuf tensor = new Protobuf().number(1, element.code).message(2, sides);
    return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
  }
}
