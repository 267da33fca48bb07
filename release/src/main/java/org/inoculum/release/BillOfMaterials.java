package org.inoculum.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CycloneDX's list of what is inside, cut down to one system. */
final class BillOfMaterials {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final ObjectNode document;

  private BillOfMaterials(ObjectNode document) {
    this.document = document;
  }

  /** Reads the list of all systems; a runtime of the release is added. */
  static BillOfMaterials read(Path all, Platform platform, Path stage, String version)
      throws IOException {
    ObjectNode document = (ObjectNode) JSON.readTree(Files.readAllBytes(all));
    keep((ArrayNode) document.get("components"), "purl", platform);
    ArrayNode dependencies = (ArrayNode) document.get("dependencies");
    keep(dependencies, "ref", platform);
    for (JsonNode dependency : dependencies) {
      if (dependency.get("dependsOn") instanceof ArrayNode on) {
        on.removeIf(name -> !platform.takes(name.asString()));
      }
    }
    ObjectNode subject = (ObjectNode) document.get("metadata").get("component");
    subject.put("name", "inoculum-" + version + "-" + platform.classifier());
    if (platform.hasRuntime()) {
      addRuntime(document, stage.resolve("runtime/release"));
    }
    return new BillOfMaterials(document);
  }

  private static void keep(ArrayNode nodes, String key, Platform platform) {
    nodes.removeIf(node -> !platform.takes(node.get(key).asString()));
  }

  private static void addRuntime(ObjectNode document, Path release) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(release)) {
      properties.load(in);
    }
    ObjectNode runtime = ((ArrayNode) document.get("components")).addObject();
    runtime.put("type", "platform");
    runtime.put("name", "OpenJDK runtime");
    runtime.put("version", property(properties, "JAVA_VERSION"));
    runtime.put("description", "modules " + property(properties, "MODULES"));
    runtime
        .putArray("licenses")
        .addObject()
        .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
  }

  private static String property(Properties properties, String name) {
    return properties.getProperty(name, "unknown").replace("\"", "");
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
  }

  /** A line for each component: group and name, version, licences. */
  String table() {
    TreeSet<String> lines = new TreeSet<>();
    for (JsonNode component : document.get("components")) {
      String name = component.path("group").asString("") + ":" + component.get("name").asString();
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-62s%-18s%s%n",
              name.startsWith(":") ? name.substring(1) : name,
              component.get("version").asString(),
              licences(component)));
    }
    return "Software of others in this release, and its licences\n\n" + String.join("", lines);
  }

  private static String licences(JsonNode component) {
    List<String> names = new ArrayList<>();
    for (JsonNode entry : component.path("licenses")) {
      JsonNode licence = entry.path("license");
      names.add(
          entry.has("expression")
              ? entry.get("expression").asString()
              : licence.path("id").asString(licence.path("name").asString("not named")));
    }
    return names.isEmpty() ? "see below" : String.join(" or ", names);
  }
}
