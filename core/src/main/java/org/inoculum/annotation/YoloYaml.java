package org.inoculum.annotation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The class names of a {@code data.yaml}: its {@code names}, a list or a map from numbers. A YAML
 * parser reads it piece by piece; no object is built from what the file says, and texts stay as
 * they are written.
 */
final class YoloYaml {
  private static final int DEEPEST = 32;

  private final Path file;
  private final Map<Integer, String> names = new LinkedHashMap<>();
  private Iterator<Event> events = java.util.Collections.emptyIterator();
  private boolean keypoints;

  private YoloYaml(Path file) {
    this.file = file;
  }

  /** Reads a file; no names where it has no field {@code names}. */
  static YoloYaml read(Path file) {
    YoloYaml yaml = new YoloYaml(file);
    try {
      yaml.events =
          new Parse(
                  LoadSettings.builder()
                      .setLabel("YAML")
                      .setCodePointLimit(BoxLimits.NAMES)
                      .build())
              .parseString(text(file))
              .iterator();
      yaml.readDocument();
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw UserException.badData(file + line + ": not YAML: " + oneLine(e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw UserException.badData(file + ": not YAML: " + oneLine(e.getMessage()), e);
    }
    return yaml;
  }

  /** Names by the numbers of their classes. */
  Map<Integer, String> names() {
    return names;
  }

  /** Whether it describes poses: keypoints follow the box in a line. */
  boolean keypoints() {
    return keypoints;
  }

  private void readDocument() {
    next(); // start of the stream
    if (next().getEventId() != Event.ID.DocumentStart) {
      return; // an empty file
    }
    Event first = next();
    if (first.getEventId() != Event.ID.MappingStart) {
      throw YoloNames.notUnderstood(file.toString(), null);
    }
    boolean found = false;
    for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
      String name = key instanceof ScalarEvent scalar ? scalar.getValue() : "";
      if (!(key instanceof ScalarEvent)) {
        skip(key);
      }
      Event value = next();
      if (name.equals("names")) {
        if (found) {
          throw UserException.badData(place(key) + ": 'names' is there twice");
        }
        found = true;
        readNames(value);
      } else {
        keypoints |= name.equals("kpt_shape");
        skip(value);
      }
    }
  }

  private void readNames(Event start) {
    if (start.getEventId() == Event.ID.SequenceStart) {
      int number = 0;
      for (Event one = next(); one.getEventId() != Event.ID.SequenceEnd; one = next()) {
        put(number++, one);
      }
    } else if (start.getEventId() == Event.ID.MappingStart) {
      for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
        put(number(key), next());
      }
    } else {
      throw YoloNames.notUnderstood(
          place(start), start instanceof ScalarEvent scalar ? scalar.getValue() : null);
    }
  }

  private int number(Event key) {
    String text = key instanceof ScalarEvent scalar ? scalar.getValue().strip() : "";
    if (!text.matches("\\d{1,9}")) {
      throw YoloNames.notUnderstood(place(key), text);
    }
    return Integer.parseInt(text);
  }

  private void put(int number, Event value) {
    String name = value instanceof ScalarEvent scalar ? scalar.getValue().strip() : "";
    if (name.isEmpty() || number >= YoloNames.MOST) {
      throw YoloNames.notUnderstood(place(value), name);
    }
    if (names.put(number, name) != null) {
      throw UserException.badData(place(value) + ": class " + number + " is named twice");
    }
  }

  /** Goes past a value of any kind that starts with this. */
  private void skip(Event start) {
    int depth = 0;
    Event event = start;
    while (true) {
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> depth++;
        case SequenceEnd, MappingEnd -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        throw UserException.badData(place(event) + ": lies more than " + DEEPEST + " deep");
      }
      if (depth == 0) {
        return;
      }
      event = next();
    }
  }

  private Event next() {
    return events.next();
  }

  private String place(Event event) {
    return file + event.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
  }

  private static String text(Path file) {
    StringBuilder text = new StringBuilder();
    try (BufferedReader reader = AnnotationFiles.reader(file, BoxLimits.NAMES)) {
      char[] some = new char[8192];
      for (int count = reader.read(some); count >= 0; count = reader.read(some)) {
        text.append(some, 0, count);
      }
    } catch (IOException e) {
      throw AnnotationFiles.cannotRead(file, e);
    }
    return text.toString();
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "damaged" : Annotations.shortened(text.replaceAll("\\s+", " "));
  }
}
