package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Golden values: Pillow 9.4.0 (Debian 12), {@code Image.resize((w, h), BICUBIC)} of the same
 * formulas; 16 bits in its mode I, on values that do not reach black or white.
 */
class ResizeTest {
  @Test
  void shrinksGreyLikePillow() {
    assertLikePillow(
        Resize.to(TestImages.waves(20, 17, 1), 7, 5),
        "1b628e877972977b84737a8c707c84738c71837f90787e6f757b848b7a7f7575788496");
    assertLikePillow(
        Resize.to(TestImages.waves(300, 200, 1), 8, 6),
        "8081817e81827d8080817d7c7f7f7e807f827f808080807f80807f7e7f81818183817f7f7f818082807f7f80"
            + "7f837e81");
  }

  @Test
  void shrinksColourLikePillow() {
    assertLikePillow(
        Resize.to(TestImages.waves(9, 11, 3), 6, 4),
        "0827461b3a5d4264847488a68bac7ba3847f5170917896958c8fab9563795e8087826682a570907378"
            + "76656a888a8773808a8983a06699797173918f7d63876d86a98559709d637e");
  }

  @Test
  void growsLikePillow() {
    assertLikePillow(
        Resize.to(TestImages.waves(5, 4, 1), 11, 9),
        "00000003050a1017212b2f00010205090e141c2731350103050a0f161d26333f4405070b1118202a354350"
            + "560a0d121a232c374353626811151c252f3a465466757c1d212a35414d5b6a7e8f97282d3744515f6e"
            + "7e94a7af2d323d4a586777879eb1ba");
  }

  @Test
  void shrinksAndGrowsSixteenBitsLikePillow() {
    assertLikePillow(
        Resize.to(smooth(20, 17), 7, 5),
        "4f1151ea57475ef468f375ee862753e05931612f6b5a7924889b83495dc065ae7096805188f06ad763eb6c"
            + "ba77f68679844868266aff82347fef8951771e60e1746583286ba0");
    assertLikePillow(
        Resize.to(smooth(5, 4), 9, 7),
        "4e194e204e344e614ea54eff4f735016506a4e254e354e584e924ee34f4c4fce507f50db4e454e644ea54e"
            + "fa4f654fe75084515351bf4e8b4eb84f124f7e50005099514d523752af4ef54f2f4fa4502750c0"
            + "5170523a533e53c44fa04fe9507b511951cc5295537a549d55314ffe504d50ef519b525b53325426"
            + "555755f3");
  }

  @Test
  void oneColourStaysAndSamplesStayInRange() {
    Image white =
        new Image(
            5, 3, 1, 16, new short[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    Image grown = Resize.to(white, 13, 2);
    for (int i = 0; i < 26; i++) {
      assertThat(grown.sample(i % 13, i / 13, 0)).isEqualTo(65535);
    }
    short[] edge = {0, 0, 0, 255, 255, 255};
    Image sharp = Resize.to(new Image(6, 1, 1, 8, edge), 24, 1);
    for (int x = 0; x < 24; x++) {
      assertThat(sharp.sample(x, 0, 0)).isBetween(0, 255);
    }
  }

  @Test
  void sameSizeIsTheSameImage() {
    Image image = TestImages.waves(4, 5, 3);
    assertThat(Resize.to(image, 4, 5)).isSameAs(image);
  }

  /** 20000 + (37 x^2 + 53 y^2 + 71 x y) mod 20000. */
  private static Image smooth(int width, int height) {
    short[] samples = new short[width * height];
    for (int i = 0; i < samples.length; i++) {
      int x = i % width;
      int y = i / width;
      samples[i] = (short) (20000 + (37 * x * x + 53 * y * y + 71 * x * y) % 20000);
    }
    return new Image(width, height, 1, 16, samples);
  }

  private static void assertLikePillow(Image image, String hex) {
    byte[] golden = HexFormat.of().parseHex(hex);
    short[] samples = image.samples();
    int bytes = image.bitDepth() / 8;
    assertThat(golden).hasSize(samples.length * bytes);
    for (int i = 0; i < samples.length; i++) {
      int wanted = golden[i * bytes] & 0xFF;
      wanted = bytes == 2 ? wanted << 8 | (golden[2 * i + 1] & 0xFF) : wanted;
      assertThat(Math.abs((samples[i] & 0xFFFF) - wanted))
          .as("sample %d", i)
          .isLessThanOrEqualTo(1);
    }
  }
}
