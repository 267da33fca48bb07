package org.inoculum.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.ImageHeader;

/**
 * The sizes of the images of a folder, from their headers alone.
 *
 * @param smallestSide shortest side of any image, in pixels
 * @param largestSide longest side of any image, in pixels
 */
public record FolderSizes(int smallestSide, int largestSide) {

  /**
   * Looks at every header.
   *
   * @throws UserException of kind BAD_DATA at the first file or arrangement that cannot be used
   */
  public static FolderSizes of(Path folder, Reading reading) {
    Optional<IdxFolder> idx = IdxFolder.find(folder);
    if (idx.isPresent()) {
      IdxFile idxImages = idx.get().read(reading.limits()).idxImages;
      int height = idxImages.dimension(1);
      int width = idxImages.dimension(2);
      return new FolderSizes(Math.min(height, width), Math.max(height, width));
    }
    ImageFolder found = ImageFolder.scan(folder);
    found.check();
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    for (List<Path> files : found.byClass().values()) {
      for (Path file : files) {
        try {
          ImageHeader header = ImageFiles.header(file, reading.limits());
          smallest = Math.min(smallest, Math.min(header.width(), header.height()));
          largest = Math.max(largest, Math.max(header.width(), header.height()));
        } catch (UserException e) {
          if (!reading.skipBad()) {
            throw e;
          }
        }
      }
    }
    return new FolderSizes(smallest, largest);
  }
}
