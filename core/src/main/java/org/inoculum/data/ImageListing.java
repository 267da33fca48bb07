package org.inoculum.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.files.Json;

/**
 * The images of a folder by names alone, for who reads them at their own size.
 *
 * @param root the folder
 * @param entries in the order of class and file name
 */
public record ImageListing(Path root, List<Entry> entries) {
  /**
   * An image.
   *
   * @param file where it is
   * @param source its place below the root, with '/' on every system
   * @param className the sub-folder, or the folder itself
   */
  public record Entry(Path file, String source, String className) {}

  /** Keeps a copy of the list. */
  public ImageListing {
    entries = List.copyOf(entries);
  }

  /**
   * A folder of crops, or of a sub-folder for each class.
   *
   * @throws org.inoculum.UserException of kind BAD_DATA if it leaves open what a class is, or holds
   *     less than two images
   */
  public static ImageListing ofClasses(Path root) {
    ImageFolder folder = ImageFolder.scan(root);
    folder.check();
    return of(folder);
  }

  /**
   * A folder of fields of view, whose sub-folders say nothing.
   *
   * @throws org.inoculum.UserException of kind BAD_DATA if there are none
   */
  public static ImageListing ofFields(Path root) {
    ImageFolder folder = ImageFolder.scan(root);
    folder.checkFields();
    return of(folder);
  }

  private static ImageListing of(ImageFolder folder) {
    List<Entry> entries = new ArrayList<>();
    folder
        .byClass()
        .forEach(
            (name, files) ->
                files.forEach(file -> entries.add(new Entry(file, folder.relative(file), name))));
    return new ImageListing(folder.root(), entries);
  }

  /**
   * The sides of the squares that images were cut out of fields as, in pixels of the fields, by
   * {@link Entry#source}; of images of which {@code prepare} noted it.
   *
   * @throws org.inoculum.UserException of kind BAD_DATA if its notes are damaged
   */
  public Map<String, Integer> cropSides() {
    Map<String, Integer> sides = new LinkedHashMap<>();
    Path notes = root.resolve(ImageOrigin.FILE);
    if (FolderOrigin.of(root).made() && Files.isRegularFile(notes)) {
      Json.forEachLine(
          notes,
          ImageOrigin.class,
          origin -> {
            if (origin.crop() != null && origin.crop().size() == 3) {
              sides.put(origin.file(), origin.crop().get(2));
            }
          });
    }
    return sides;
  }

  /**
   * The boxes of each image, by {@link Entry#source}; images that have none are not in it, nor are
   * boxes of images that are not there.
   */
  public Map<String, List<Box>> boxes(Annotations annotations) {
    FieldNames names = new FieldNames(entries.stream().map(Entry::source).toList());
    Map<String, Optional<String>> meant = new LinkedHashMap<>();
    Map<String, List<Box>> boxes = new LinkedHashMap<>();
    for (Box box : annotations.boxes()) {
      meant
          .computeIfAbsent(box.image(), names::find)
          .ifPresent(source -> boxes.computeIfAbsent(source, first -> new ArrayList<>()).add(box));
    }
    return boxes;
  }
}
