package org.inoculum.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.SystemFolders;

/**
 * The content of a data folder, by names alone: no image is opened.
 *
 * <p>Images directly in the folder are one class, named after the folder. Images in sub-folders are
 * one class for each sub-folder; one without images is no class. Files and folders whose name
 * starts with a dot are not looked at, nor are folders of the system ({@link SystemFolders}) and
 * files that are not named like an image. A linked sub-folder counts as a class; deeper links are
 * not followed, so that a circle of links ends.
 *
 * @param root the folder as the user named it
 * @param name the folder's own name
 * @param direct images in the folder itself, sorted by name
 * @param classes sub-folder to its images, both sorted by name
 * @param emptyFolders sub-folders without an image
 * @param tooDeep images below the sub-folders
 * @param otherExtensions extension to number of files that are not looked at
 * @param passedOver hidden folders and folders of the system, to how often they are there
 */
record ImageFolder(
    Path root,
    String name,
    List<Path> direct,
    Map<String, List<Path>> classes,
    List<Path> emptyFolders,
    List<Path> tooDeep,
    Map<String, Integer> otherExtensions,
    Map<String, Integer> passedOver) {
  /** Images that other programs read. */
  private static final Set<String> OTHER_IMAGES =
      Set.of(
          "bmp", "czi", "dcm", "gif", "heic", "heif", "ims", "jp2", "lif", "lsm", "mrxs", "nd2",
          "ndpi", "oib", "oif", "oir", "scn", "stk", "svs", "vsi", "webp", "zvi");

  /** Looks into a folder; an error if there is none or it cannot be listed. */
  static ImageFolder scan(Path root) {
    if (!Files.exists(root)) {
      throw UserException.badData(root + ": no such folder");
    }
    if (!Files.isDirectory(root)) {
      throw UserException.badData(root + " is a file; a folder of images was expected");
    }
    Path last = root.toAbsolutePath().normalize().getFileName();
    ImageFolder found =
        new ImageFolder(
            root,
            last == null ? "data" : last.toString(),
            new ArrayList<>(),
            new TreeMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new TreeMap<>(),
            new TreeMap<>());
    for (Path entry : found.list(root)) {
      if (Files.isDirectory(entry)) {
        found.scanClass(entry);
      } else if (!isSheetOfGenerated(entry)) {
        found.sortIn(entry, found.direct);
      }
    }
    return found;
  }

  /** The overview that {@code generate} puts beside its images is none of them. */
  private static boolean isSheetOfGenerated(Path file) {
    return file.endsWith("contact-sheet.png")
        && Files.exists(file.resolveSibling("generation.json"));
  }

  /** Says no to every arrangement that leaves open what a class is. */
  void check() {
    checkClasses();
    checkFields();
    int images = direct.size() + classes.values().stream().mapToInt(List::size).sum();
    if (images == 1) {
      Path only = direct.isEmpty() ? classes.values().iterator().next().get(0) : direct.get(0);
      throw UserException.badData(
          root + " holds only one image (" + relative(only) + "); at least 2 are needed");
    }
  }

  /** Says no to images beside folders of images: are those classes? */
  void checkClasses() {
    if (Files.isRegularFile(root.resolve(SplitRecord.FILE))) {
      throw UserException.badData(
          "%s is a data set in two; name %s or %s in it"
              .formatted(root, SplitRecord.TRAINING, SplitRecord.HELD_OUT));
    }
    if (!direct.isEmpty() && !classes.isEmpty()) {
      Path nested = classes.values().iterator().next().get(0);
      throw UserException.badData(
          root
              + " has images both directly ("
              + direct.get(0).getFileName()
              + ") and in sub-folders ("
              + relative(nested)
              + "); put all of them into sub-folders, one for each class");
    }
  }

  /** Says no to images that lie too deep, and to none at all. */
  void checkFields() {
    if (!tooDeep.isEmpty()) {
      throw UserException.badData(
          tooDeep.get(0)
              + " lies too deep: images belong into "
              + root
              + " or its sub-folders, one for each class"
              + andMore(tooDeep));
    }
    if (direct.isEmpty() && classes.isEmpty()) {
      throw UserException.badData(
          root
              + " holds no PNG, JPEG or TIFF image"
              + (otherExtensions.isEmpty() ? "" : " (found: " + others() + ")"));
    }
  }

  /** Class name to files: the sub-folders, or the folder itself as the one class. */
  Map<String, List<Path>> byClass() {
    Map<String, List<Path>> all = new TreeMap<>(classes);
    if (!direct.isEmpty()) {
      all.merge(
          name, direct, (nested, own) -> Stream.concat(own.stream(), nested.stream()).toList());
    }
    return all;
  }

  /** Every image, class by class. */
  List<Path> all() {
    return byClass().values().stream().flatMap(List::stream).toList();
  }

  /** A file's place below the root, with '/' on every system. */
  String relative(Path file) {
    StringBuilder text = new StringBuilder();
    for (Path part : root.relativize(file)) {
      text.append(text.isEmpty() ? "" : "/").append(part);
    }
    return text.toString();
  }

  private void scanClass(Path folder) {
    refuseLoop(folder);
    List<Path> images = new ArrayList<>();
    for (Path entry : list(folder)) {
      if (Files.isDirectory(entry)) {
        findTooDeep(entry);
      } else {
        sortIn(entry, images);
      }
    }
    if (images.isEmpty()) {
      emptyFolders.add(folder);
    } else {
      classes.put(String.valueOf(folder.getFileName()), images);
    }
  }

  private void sortIn(Path file, List<Path> images) {
    String extension = extension(file);
    switch (extension) {
      case "png", "jpg", "jpeg", "tif", "tiff", "btf" -> images.add(file);
      default ->
          otherExtensions.merge(
              extension.isEmpty() ? "no extension" : "." + extension, 1, Integer::sum);
    }
  }

  private void findTooDeep(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
              return isPassedOver(inner) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!isHidden(file) && attributes.isRegularFile()) {
                sortIn(file, tooDeep);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw cannotList(folder, e);
    }
    tooDeep.sort(Comparator.comparing(Path::toString));
  }

  private void refuseLoop(Path folder) {
    try {
      if (Files.isSymbolicLink(folder) && root.toRealPath().startsWith(folder.toRealPath())) {
        throw UserException.badData(folder + " is a link to a folder that it lies in; remove it");
      }
    } catch (IOException e) {
      throw cannotList(folder, e);
    }
  }

  private String others() {
    StringBuilder text = new StringBuilder();
    otherExtensions.forEach(
        (extension, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(count).append(" x ").append(extension));
    return text.toString();
  }

  private static String andMore(List<Path> files) {
    return files.size() == 1 ? "" : " (and " + (files.size() - 1) + " more like it)";
  }

  static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether a folder is not looked into; one that is not is counted. */
  private boolean isPassedOver(Path folder) {
    String own = String.valueOf(folder.getFileName());
    if (!SystemFolders.contains(own)) {
      return false;
    }
    passedOver.merge(own, 1, Integer::sum);
    return true;
  }

  private static boolean isHidden(Path entry) {
    return String.valueOf(entry.getFileName()).startsWith(".");
  }

  /** The visible entries, sorted by the characters of their names, whatever the locale. */
  private List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.isDirectory(entry) ? !isPassedOver(entry) : !isHidden(entry))
          .sorted(Comparator.comparing(entry -> String.valueOf(entry.getFileName())))
          .toList();
    } catch (IOException e) {
      throw cannotList(folder, e);
    } catch (java.io.UncheckedIOException e) {
      throw cannotList(folder, new IOException(e.getMessage(), e));
    }
  }

  /** What is in the folder and is not looked at, a sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    otherExtensions.forEach(
        (extension, count) -> {
          if (extension.startsWith(".") && OTHER_IMAGES.contains(extension.substring(1))) {
            notes.add(
                "%d %s %s not read; convert %s to TIFF or PNG (Fiji and Bio-Formats' bfconvert can)"
                    .formatted(
                        count,
                        extension + (count == 1 ? " file" : " files"),
                        count == 1 ? "is" : "are",
                        count == 1 ? "it" : "them"));
          }
        });
    if (!passedOver.isEmpty()) {
      notes.add(
          "hidden folders and folders of the system are passed over: "
              + passedOver.entrySet().stream()
                  .map(one -> one.getKey() + " (" + one.getValue() + ")")
                  .collect(Collectors.joining(", ")));
    }
    return notes;
  }

  private static UserException cannotList(Path folder, IOException failure) {
    String reason =
        failure instanceof AccessDeniedException
            ? "no permission to read it"
            : failure instanceof FileSystemLoopException
                ? "a circle of links"
                : "cannot be listed: " + failure.getMessage();
    return UserException.badData(folder + ": " + reason, failure);
  }
}
