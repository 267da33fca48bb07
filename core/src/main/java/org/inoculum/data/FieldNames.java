package org.inoculum.data;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inoculum.UserException;

/**
 * Finds the file that an annotation means. Tools write names with folders that are elsewhere now,
 * with another extension or without one: tried are, in this order, the path below the folder of
 * images, the path without extension, ever shorter ends of the path, the file name, and that
 * without extension. No file is looked for anywhere else than among those that were found in the
 * folder.
 */
final class FieldNames {
  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "tif", "tiff", "btf", "bmp", "gif", "webp", "czi", "nd2", "svs");

  private static final int MOST_PARTS = 64;

  private final Map<String, List<String>> byPath = new HashMap<>();
  private final Map<String, List<String>> byPathStem = new HashMap<>();
  private final Map<String, List<String>> byName = new HashMap<>();
  private final Map<String, List<String>> byNameStem = new HashMap<>();

  /** Of files, relative to the folder of images with '/' between names. */
  FieldNames(List<String> sources) {
    for (String source : sources) {
      put(byPath, source, source);
      put(byPathStem, stem(source), source);
      put(byName, last(source), source);
      put(byNameStem, stem(last(source)), source);
    }
  }

  /**
   * The file that is meant, if it is there.
   *
   * @throws UserException of kind BAD_DATA if it could be one of several
   */
  Optional<String> find(String name) {
    Optional<String> found = find(name, tried(name));
    if (found.isEmpty() && name.indexOf('%') >= 0) {
      // Label Studio and other servers write names as they stand in addresses.
      found = find(name, tried(decoded(name)));
    }
    return found;
  }

  private List<List<String>> tried(String name) {
    String bare = stem(name);
    List<List<String>> tried = new ArrayList<>();
    int start = 0;
    for (int parts = 0; parts < MOST_PARTS && start < bare.length(); parts++) {
      tried.add(of(byPath, name.substring(start)));
      tried.add(of(byPathStem, name.substring(start)));
      tried.add(of(byPathStem, bare.substring(start)));
      start = name.indexOf('/', start) + 1;
      if (start == 0 || name.indexOf('/', start) < 0) {
        break; // the file name alone may be that of several
      }
    }
    tried.add(of(byName, last(name)));
    tried.add(of(byNameStem, last(name)));
    tried.add(of(byNameStem, last(bare)));
    return tried;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name; // a percent sign of its own
    }
  }

  private static Optional<String> find(String name, List<List<String>> tried) {
    for (List<String> found : tried) {
      if (found.size() > 1) {
        throw UserException.badData(
            "the boxes of '%s' could belong to %s; name the image with its folder and extension"
                .formatted(name, String.join(" or ", found)));
      }
      if (found.size() == 1) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  private static void put(Map<String, List<String>> map, String key, String source) {
    map.computeIfAbsent(key, first -> new ArrayList<>()).add(source);
  }

  private static List<String> of(Map<String, List<String>> map, String key) {
    return map.getOrDefault(key, List.of());
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Without an extension that images have. */
  private static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return EXTENSIONS.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT)) && dot > 0
        ? path.substring(0, dot)
        : path;
  }
}
