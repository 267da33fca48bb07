package org.inoculum.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.Sha256;
import org.inoculum.image.Channels;
import org.inoculum.image.DecodedImage;
import org.inoculum.image.DecodingNote;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.SampleHistogram;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data set: a folder of PNG, JPEG and TIFF files (one class), a folder of such folders (one
 * class each), or a folder with the idx files of MNIST. What a class is, and which files are not
 * looked at, is told at {@link ImageFolder}. Every image becomes a square of 8 bits, which is what
 * the networks are fed: files of more bits by one window for the whole data set, never each by its
 * own.
 */
public final class DataSetReader {
  private DataSetReader() {}

  /**
   * Reads everything, in the order of class and file name.
   *
   * @throws UserException of kind BAD_DATA, naming the file or folder, at the first thing that
   *     cannot be used
   */
  public static DataSet read(Path dataFolder, ReadOptions options) {
    return read(dataFolder, options, FileProgress.NONE);
  }

  /** The same, telling how far it is. */
  public static DataSet read(Path dataFolder, ReadOptions options, FileProgress progress) {
    ImageFolder folder = ImageFolder.scan(dataFolder);
    Optional<IdxFolder> idx = IdxFolder.find(dataFolder);
    if (idx.isEmpty()) {
      folder.check();
      return readImages(folder, options, progress);
    }
    if (!folder.byClass().isEmpty()) {
      Path image = folder.byClass().values().iterator().next().get(0);
      throw UserException.badData(
          dataFolder
              + (" has both idx files (" + idx.get().images().getFileName() + ") and images (")
              + (folder.relative(image) + "); keep them in separate folders"));
    }
    return readIdx(folder, idx.get(), options);
  }

  /**
   * The reading with its window as two values, so that several folders are read alike: the window
   * that one of them was made with, else that of the high-bit-depth files in the first that has
   * any. Where values were asked for, or no file has more than 8 bits, it stays as it is.
   */
  public static Reading settled(Reading reading, List<Path> folders) {
    return settled(reading, folders, FileProgress.NONE);
  }

  static Reading settled(Reading reading, List<Path> folders, FileProgress progress) {
    if (!reading.window().percent()) {
      return reading;
    }
    for (Path folder : folders) {
      Window made = FolderOrigin.of(folder).window();
      if (made != null) {
        return reading.settledOn(made);
      }
    }
    for (Path folder : folders) {
      SampleHistogram highBitDepth = new SampleHistogram();
      List<Path> files = ImageFolder.scan(folder).all();
      for (int i = 0; i < files.size(); i++) {
        countHighBitDepth(files.get(i), reading, highBitDepth);
        progress.at("measuring", i + 1, files.size());
      }
      if (highBitDepth.count() > 0) {
        return reading.settledOn(reading.window().of(highBitDepth));
      }
    }
    return reading;
  }

  private static void countHighBitDepth(Path file, Reading reading, SampleHistogram highBitDepth) {
    try {
      if (!ImageFiles.header(file, reading.limits()).isEightBit()) {
        highBitDepth.add(decode(ImageFiles.content(file, reading.limits()), file, reading));
      }
    } catch (UserException e) {
      // Whoever reads the file says so.
    }
  }

  private static DataSet readImages(
      ImageFolder folder, ReadOptions options, FileProgress progress) {
    int size = options.size().orElse(ReadOptions.FOLDER_SIZE);
    int channels = options.channels().orElse(3);
    FolderOrigin origin = FolderOrigin.of(folder.root());
    Reading reading = origin.reading(options.reading());
    List<String> classes = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    BadFiles bad = new BadFiles(folder.root(), reading.skipBad());
    SampleHistogram highBitDepth = new SampleHistogram();
    ReadingNotes notes = new ReadingNotes();
    int files = folder.all().size();
    int[] looked = new int[1];
    for (Map.Entry<String, List<Path>> named : folder.byClass().entrySet()) {
      int before = found.size();
      for (Path file : named.getValue()) {
        bad.guard(
            () -> {
              byte[] content = ImageFiles.content(file, reading.limits());
              String name = folder.relative(file);
              DecodedImage decoded = decode(content, file, reading, note -> notes.add(name, note));
              Image square = null;
              if (decoded instanceof Image image && decoded.isEightBit()) {
                notes.addShape(name, image, options.fit(), size);
                square = shaped(image, size, channels, options);
              } else {
                highBitDepth.add(decoded);
              }
              SourceFile source = new SourceFile(name, Sha256.of(content), classes.size());
              found.add(new Found(file, source, square, decoded.channels() == 1));
            });
        progress.at("reading", ++looked[0], files);
      }
      if (found.size() > before) {
        classes.add(named.getKey());
      }
    }
    bad.check(found.size());
    // Deep images are decoded a second time rather than kept: a field may have 100 million
    // pixels.
    Window window = reading.window().of(highBitDepth);
    Map<String, String> groups = origin.groups();
    List<Sample> samples = new ArrayList<>();
    for (Found one : found) {
      Image square = one.square;
      if (square == null) {
        byte[] content = ImageFiles.content(one.file, reading.limits());
        Image image = window.apply(decode(content, one.file, reading));
        notes.addShape(one.source.source(), image, options.fit(), size);
        square = shaped(image, size, channels, options);
      }
      String source = one.source.source();
      samples.add(
          new Sample(
              source,
              one.source.label(),
              square,
              one.source.sha256(),
              groups.getOrDefault(source, source)));
      progress.at("scaling", samples.size(), found.size());
    }
    HighBitDepthFiles highBitDepthFiles = null;
    if (found.stream().anyMatch(one -> one.square == null)) {
      boolean whole = origin.whole() == null ? highBitDepth.isWhole() : origin.whole();
      highBitDepthFiles = new HighBitDepthFiles(whole, found.stream().allMatch(Found::grey));
    }
    return new DataSet(
        folder.name(),
        classes,
        size,
        channels,
        samples,
        origin.augmentation(),
        found.stream().map(Found::source).toList(),
        options.reading(),
        origin.window() != null ? origin.window() : highBitDepthFiles == null ? null : window,
        highBitDepthFiles,
        bad.skipped(),
        Stream.concat(notes.sentences(found.size()).stream(), folder.notes().stream()).toList());
  }

  /** A file that can be read; its image, or null where a window is needed first. */
  private record Found(Path file, SourceFile source, @Nullable Image square, boolean grey) {}

  static DecodedImage decode(byte[] content, Path file, Reading reading) {
    return decode(content, file, reading, note -> {});
  }

  /** The same, telling what was done to the image. */
  static DecodedImage decode(
      byte[] content, Path file, Reading reading, Consumer<DecodingNote> notes) {
    return ImageFiles.decode(content, file.toString(), reading.limits(), reading.plane(), notes);
  }

  private static DataSet readIdx(ImageFolder folder, IdxFolder idx, ReadOptions options) {
    IdxFolder.Content content = idx.read(options.limits());
    IdxFile idxImages = content.idxImages;
    int side = Math.min(idxImages.dimension(1), idxImages.dimension(2));
    int size = options.size().orElse(side);
    int channels = options.channels().orElse(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < content.labels.length; i++) {
      Image square = shaped(content.image(i), size, channels, options);
      samples.add(new Sample("idx#" + i, content.labels[i], square, Sha256.of(content.stored(i))));
    }
    List<String> classes =
        content.labelled
            ? IntStream.rangeClosed(0, 9).mapToObj(String::valueOf).toList()
            : List.of(folder.name());
    return new DataSet(
        folder.name(), classes, size, channels, samples, OfflineAugmentation.NONE, content.files);
  }

  private static Image shaped(Image image, int size, int channels, ReadOptions options) {
    Image coloured = channels == 3 ? image : Channels.toGrey(image);
    Image square = Channels.toEightBit(options.fit().apply(coloured, size));
    return channels == 3 ? Channels.toRgb(square) : square;
  }
}
