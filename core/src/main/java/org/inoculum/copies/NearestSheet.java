package org.inoculum.copies;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.image.Channels;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;

/**
 * Each generated image beside its nearest training image, laid down as the generated one shows it:
 * what an eye needs to see copies. It shows training images, so it belongs beside the run and not
 * into a data set that is passed on.
 */
public final class NearestSheet {
  /** Pairs in a sheet that a command makes. */
  public static final int PAIRS = 32;

  private static final int PAIRS_IN_A_ROW = 4;

  private NearestSheet() {}

  /**
   * The sheet: four pairs in a row, the generated image left.
   *
   * @param generated at least one; squares of the training images' size
   * @param nearest one for each generated image
   * @param trainingImages all of them, in the order of {@link TrainingImages}
   */
  public static Image of(List<Image> generated, List<Match> nearest, List<Image> trainingImages) {
    if (generated.size() != nearest.size()) {
      throw new IllegalArgumentException(
          generated.size() + " images and " + nearest.size() + " matches");
    }
    List<Image> tiles = new ArrayList<>();
    for (int i = 0; i < generated.size(); i++) {
      Match match = nearest.get(i);
      tiles.add(Channels.toRgb(generated.get(i)));
      tiles.add(Channels.toRgb(match.lay(trainingImages.get(match.training()))));
    }
    return ContactSheet.of(tiles, 2 * PAIRS_IN_A_ROW, 2, 255);
  }
}
